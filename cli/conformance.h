/* Does a program keep to PROTOCOL.md? Plays the broker to it, message by message, and says what it finds. */
#ifndef CLI_CONFORMANCE_H
#define CLI_CONFORMANCE_H

/* `specification` is a program, with parameters or without. Prints a line for each thing tried; returns the exit code: 0 when all
 * went well, 1 when something did not, or what kept it from being tried. */
int conformance_run(const char *specification);

#endif
