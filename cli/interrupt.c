#include "cli/interrupt.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "proto/wall_clock.h"

static volatile sig_atomic_t seen_signal;

static void note_signal(int number) {
    seen_signal = number;
}

/* --- the second one --- */

static struct {
    char words[4096];
    volatile sig_atomic_t length; /* set after the words are complete */
} last;

void interrupt_last_words(const char *words) {
    last.length = 0;
    snprintf(last.words, sizeof last.words, "%s", words);
    last.length = (sig_atomic_t)strlen(last.words);
}

/* Whoever asks may do so twice in one breath: timeout(1) tells the process, then its group. */
enum { ONE_BREATH_NS = 250000000 };

static volatile int64_t
    first_seen_ns; /* written and read by the handler only, which is never nested */

/* It ends by the signal, once this has returned. */
static void note_or_end(int number) {
    int64_t now = wall_monotonic_ns();
    if (seen_signal == 0) {
        seen_signal = number;
        first_seen_ns = now;
        return;
    }
    if (now - first_seen_ns < ONE_BREATH_NS) return;
    ssize_t told = write(STDERR_FILENO, last.words, (size_t)last.length);
    (void)told;
    signal(number, SIG_DFL);
    raise(number);
}

/* --- catching --- */

static void catch_with(void (*handler)(int)) {
    /* No SA_RESTART: a wait must end. */
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = handler};
    sigset_t caught;
    sigemptyset(&caught);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) sigaddset(&caught, numbers[i]);
    action.sa_mask = caught;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        sigaction(numbers[i], &action, NULL);
    /* The launcher holds them back until somebody listens. */
    sigprocmask(SIG_UNBLOCK, &caught, NULL);
}

void interrupt_catch(void) {
    catch_with(note_signal);
}

void interrupt_catch_first(void) {
    catch_with(note_or_end);
}

bool interrupt_asked(void) {
    return seen_signal != 0;
}

int interrupt_exit_code(void) {
    return seen_signal == 0 ? 0 : 128 + (int)seen_signal;
}
