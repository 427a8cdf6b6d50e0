/* A broker's end that says what it is told to, well-formed or not, to one agent at a time: for finding out whether a program
 * keeps to PROTOCOL.md. */
#ifndef PROTO_REHEARSAL_H
#define PROTO_REHEARSAL_H

#include "proto/codec.h"

typedef struct Rehearsal Rehearsal;

Rehearsal *rehearsal_bind(const char *address, Error *error);
void rehearsal_close(Rehearsal *rehearsal); /* the connection ends; allowed on NULL */

/* The next frame of the agent that came last, borrowed until the next one. ERROR_UNAVAILABLE when none comes in time,
 * ERROR_PROTOCOL for what is no frame. */
bool rehearsal_hear(Rehearsal *rehearsal, int timeout_ms, Frame *frame, Error *error);
void rehearsal_say(Rehearsal *rehearsal, Bytes bytes);

#endif
