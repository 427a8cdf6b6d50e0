#define _GNU_SOURCE
#include "cli/contained.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agents/sandbox.h"
#include "cli/cast.h"
#include "cli/interrupt.h"

enum { LINE = 2048, EXEC_FAILED = 127, MOST_DESCRIPTORS = 1024 };

/* --- outside --- */

static void become(const char *const *words, int channel) {
    if (channel != CONTAINED_FD) dup2(channel, CONTAINED_FD);
    for (int other = CONTAINED_FD + 1; other < MOST_DESCRIPTORS; other++) close(other);
    execv("/proc/self/exe", (char *const *)(void *)words);
    _exit(EXEC_FAILED);
}

/* Lines as far as they are whole; what is longer than a line may be is cut. */
static size_t hand_over(const Contained *contained, pid_t process, char *text, size_t length) {
    char *begin = text, *end;
    while ((end = memchr(begin, '\n', length - (size_t)(begin - text))) != NULL) {
        *end = '\0';
        contained->line(contained->context, process, begin);
        begin = end + 1;
    }
    size_t left = length - (size_t)(begin - text);
    if (left == LINE) left = 0;
    memmove(text, begin, left);
    return left;
}

/* False when it fell silent. */
static bool listen_to(const Contained *contained, pid_t process, int channel) {
    char text[LINE + 1];
    size_t length = 0;
    while (!interrupt_asked()) {
        struct pollfd wait = {.fd = channel, .events = POLLIN};
        int ready = poll(&wait, 1, contained->silence_ms);
        if (ready == 0) return false;
        if (ready < 0) continue; /* a signal: were we asked to stop? */
        ssize_t got = read(channel, text + length, LINE - length);
        if (got <= 0) return true;
        length = hand_over(contained, process, text, length + (size_t)got);
    }
    return true;
}

static void wait_for_end(pid_t process, bool heard, ContainedEnd *end, int *number) {
    int status = 0;
    if (!heard || interrupt_asked()) kill(process, SIGKILL);
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) continue;
    *number = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
    *end = !heard               ? CONTAINED_SILENT
           : !WIFEXITED(status) ? CONTAINED_KILLED
           : *number == 0       ? CONTAINED_DONE
                                : CONTAINED_FAILED;
}

bool contained_run(const Contained *contained, ContainedEnd *end, int *number, Error *error) {
    int channel[2];
    if (pipe2(channel, O_CLOEXEC) != 0)
        return error_set(error, ERROR_IO, "no pipe: %s", strerror(errno));
    pid_t process = fork();
    if (process == 0) become(contained->words, channel[1]);
    close(channel[1]);
    if (process < 0) {
        close(channel[0]);
        return error_set(error, ERROR_IO, "no process: %s", strerror(errno));
    }
    bool heard = listen_to(contained, process, channel[0]);
    close(channel[0]);
    wait_for_end(process, heard, end, number);
    return !interrupt_asked() || error_set(error, ERROR_STOPPED, "stopped");
}

/* --- inside --- */

static bool close_in(Repertoire *repertoire, Error *error) {
    SandboxPlan plan = {0};
    plan.loans = repertoire_loans(repertoire, plan.loan, SANDBOX_MAX_LOANS);
    sandbox_prepare(&plan);
    if (sandbox_enter(&plan) != SANDBOX_NONE || plan.loans == 0) return true;
    return error_set(error, ERROR_CANT_TELL,
                     "this machine cannot contain a shared object (see nonpaper doctor): it is not "
                     "loaded; --trust loads it all the same");
}

Repertoire *contained_open(const char *given, bool trusted, Text *played, Error *error) {
    Repertoire *repertoire = repertoire_create(TRUST_CODE);
    Cast cast;
    bool good = cast_read(&cast, &given, 1, "", error);
    bool file = good && cast.word[0] != NULL;
    if (file)
        good = repertoire_admit(repertoire, cast.word[0], error) &&
               (trusted || close_in(repertoire, error)) &&
               repertoire_load(repertoire, cast.word[0], error);
    if (good) text_add(played, cast.spec[0]);
    cast_finish(&cast);
    if (good) return repertoire;
    repertoire_destroy(repertoire);
    return NULL;
}
