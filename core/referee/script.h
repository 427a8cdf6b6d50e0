/* A script: the events of a recorded run, in order, as their canonical bytes. What is fed from it and
 * what is held against it is the caller's choice. */
#ifndef CORE_REFEREE_SCRIPT_H
#define CORE_REFEREE_SCRIPT_H

#include "core/referee/event.h"

typedef struct Script {
    uint8_t *bytes;
    size_t length, byte_capacity;
    size_t *offset; /* [count + 1] */
    uint64_t count, capacity;
} Script;

void script_init(Script *script);
void script_add(Script *script, const uint8_t *bytes, size_t length);
void script_clear(Script *script); /* keeps the memory */
void script_finish(Script *script);

/* The bytes of event `index` (its id is index + 1); NULL past the end. */
const uint8_t *script_bytes(const Script *script, uint64_t index, size_t *length);
/* The same, decoded; false past the end and for bytes that are no event. */
bool script_event(const Script *script, uint64_t index, Event *event);
/* Is event `index` the same, byte for byte? */
bool script_agrees(const Script *script, uint64_t index, const uint8_t *bytes, size_t length);

#endif
