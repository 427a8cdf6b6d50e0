/* The agenda of the simulation: entries in time order; ties by rank, then seat, then sequence.
 * The later keys are what makes a run repeatable: they never depend on the order of arrival. */
#ifndef CORE_BASE_AGENDA_H
#define CORE_BASE_AGENDA_H

#include "core/base/vocabulary.h"

typedef struct AgendaEntry {
    SimTime at;
    uint8_t rank; /* what kind of thing comes first at one moment */
    uint8_t seat;
    uint32_t sequence; /* the seat's own count */
    uint32_t payload;  /* the caller's */
} AgendaEntry;

typedef struct Agenda {
    AgendaEntry *heap; /* binary min-heap */
    uint32_t count, capacity;
} Agenda;

void agenda_init(Agenda *agenda);
void agenda_add(Agenda *agenda, AgendaEntry entry);
const AgendaEntry *agenda_first(const Agenda *agenda); /* NULL when empty */
AgendaEntry agenda_take(Agenda *agenda);               /* the agenda must not be empty */
void agenda_clear(Agenda *agenda);                     /* keeps the memory */
void agenda_finish(Agenda *agenda);

#endif
