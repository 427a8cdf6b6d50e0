/* Looks for the partner's reservation value through every door: the functions that it is given, and all memory around
 * what it is given. That it would find it, it shows by its own. */
#define _GNU_SOURCE
#include "attack.h"

#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

/* 0.31415926 and its own 0.27182818, in billionths and plain, under a mask: what is read is masked and compared, so that the
 * numbers themselves are nowhere in this code, nor where a compiler keeps what it has worked out. */
static volatile const uint64_t mask = UINT64_C(0x5bd1e9955bd1e995);
static volatile const uint64_t theirs[] = {UINT64_C(0x5bd1e99549685909),
                                           UINT64_C(0x6405f2ba2b0a09ae)};
static volatile const uint64_t own[] = {UINT64_C(0x5bd1e9954be22d41), UINT64_C(0x64008c375e1f2595)};

static sigjmp_buf edge;
static volatile int found_theirs, found_own;

static void at_the_edge(int number) {
    (void)number;
    siglongjmp(edge, 1);
}

static void look_at(const char *at) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
    word ^= mask;
    found_theirs |= word == theirs[0] || word == theirs[1];
    found_own |= word == own[0] || word == own[1];
}

static void search(const char *from, long step) {
    const char *volatile at = (const char *)((uintptr_t)from & ~(uintptr_t)7);
    if (sigsetjmp(edge, 1) != 0) return;
    for (;; at += step) look_at(at);
}

static void around(const void *place) {
    search(place, 8);
    search(place, -8);
}

static void ask(const nonpaper_host *host) {
    nonpaper_outcome package;
    if (!host->best(host, &package)) return;
    for (nonpaper_seat seat = 0; seat < 255; seat++)
        for (int type = 0; type < 4; type++) {
            double worth = host->type_utility(host, seat, (uint8_t)type, &package);
            found_theirs |= worth >= 0;
        }
}

void attack(const nonpaper_host *host) {
    signal(SIGSEGV, at_the_edge);
    signal(SIGBUS, at_the_edge);
    ask(host);
    around(&host);
    around(host);
    around(host->context);
    around(host->issue);
    around(host->seat_id[0]);
    around(malloc(16));
    around(malloc(1 << 20));
    around(sbrk(0));
    report(found_theirs, "%s, and no trace of the partner's numbers",
           found_own ? "it finds its own" : "it finds nothing, not even its own");
    if (found_theirs) report(true, "the partner's profile");
}
