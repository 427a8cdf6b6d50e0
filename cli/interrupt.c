#include "cli/interrupt.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t seen_signal;

static void note_signal(int number) {
    seen_signal = number;
}

void interrupt_catch(void) {
    /* No SA_RESTART: a wait must end. */
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = note_signal};
    sigset_t caught;
    sigemptyset(&action.sa_mask);
    sigemptyset(&caught);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        sigaction(numbers[i], &action, NULL);
        sigaddset(&caught, numbers[i]);
    }
    /* The launcher holds them back until somebody listens. */
    sigprocmask(SIG_UNBLOCK, &caught, NULL);
}

bool interrupt_asked(void) {
    return seen_signal != 0;
}

int interrupt_exit_code(void) {
    return seen_signal == 0 ? 0 : 128 + (int)seen_signal;
}
