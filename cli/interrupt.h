/* Being asked to stop: SIGINT, SIGTERM and SIGHUP set a flag, once, and interrupt whatever waits. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>

void interrupt_catch(void); /* install the handlers */
/* For those who execute what others wrote, and may never come back to look at the flag: a second signal, a
 * quarter of a second after the first or later, ends the process at once, after these words on standard error; "" for
 * none. Set when there is something to say. */
void interrupt_catch_first(void);
void interrupt_last_words(const char *words);
bool interrupt_asked(void);    /* was any of them seen? */
int interrupt_exit_code(void); /* 128 + the signal (130, 143, …), 0 when none was seen */

#endif
