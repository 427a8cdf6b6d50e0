/* Being asked to stop: SIGINT, SIGTERM and SIGHUP set a flag, once, and interrupt whatever waits. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>

void interrupt_catch(void);    /* install the handlers */
bool interrupt_asked(void);    /* was any of them seen? */
int interrupt_exit_code(void); /* 128 + the signal (130, 143, …), 0 when none was seen */

#endif
