/* Looks for what its user has in the environment: by its functions, and on the stack, where it lies. */
#define _GNU_SOURCE
#include "attack.h"

#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static sigjmp_buf edge;

static void at_the_edge(int number) {
    (void)number;
    siglongjmp(edge, 1);
}

/* Written backwards, so as not to find itself. */
static bool is_secret(const char *at) {
    static const char backwards[] = "=TERCES_REPAPNON";
    for (size_t i = 0; i < sizeof backwards - 1; i++)
        if (at[i] != backwards[sizeof backwards - 2 - i]) return false;
    return true;
}

void attack(const nonpaper_host *host) {
    (void)host;
    bool volatile found = false;
    const char *volatile at = (const char *)__builtin_frame_address(0);
    signal(SIGSEGV, at_the_edge);
    signal(SIGBUS, at_the_edge);
    if (sigsetjmp(edge, 1) == 0)
        for (; !found; at++) found = is_secret(at);
    signal(SIGSEGV, SIG_DFL);
    report(found || (environ != NULL && environ[0] != NULL), "the environment: %s",
           found ? "the secret lies on the stack" : "nothing there");
}
