#include "cli/interrupt.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t seen_signal;

static void note_signal(int number) {
    seen_signal = number;
}

void interrupt_catch(void) {
    /* No SA_RESTART: a wait must end. */
    struct sigaction action = {.sa_handler = note_signal};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

bool interrupt_asked(void) {
    return seen_signal != 0;
}

int interrupt_exit_code(void) {
    return seen_signal == 0 ? 0 : 128 + (int)seen_signal;
}
