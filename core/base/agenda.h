/* The agenda of the simulation: entries in time order; ties by rank, then seat, then sequence.
 * The later keys are what makes a run repeatable: they never depend on the order of arrival. */
#ifndef CORE_BASE_AGENDA_H
#define CORE_BASE_AGENDA_H

#include <stddef.h>

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
static inline void agenda_add(Agenda *agenda, AgendaEntry entry);
static inline const AgendaEntry *agenda_first(const Agenda *agenda); /* NULL when empty */
AgendaEntry agenda_take(Agenda *agenda); /* the agenda must not be empty */
void agenda_clear(Agenda *agenda);       /* keeps the memory */
void agenda_finish(Agenda *agenda);

/* --- inside: here, so that an entry is made where it is kept --- */

/* Rank, seat and sequence fit one word, so that a tie costs one comparison and not three. */
static inline uint64_t agenda_tie_order(const AgendaEntry *entry) {
    return (uint64_t)entry->rank << 40 | (uint64_t)entry->seat << 32 | entry->sequence;
}

static inline bool agenda_is_before(const AgendaEntry *a, const AgendaEntry *b) {
    return a->at != b->at ? a->at < b->at : agenda_tie_order(a) < agenda_tie_order(b);
}

void agenda_make_room(Agenda *agenda);

static inline void agenda_add(Agenda *agenda, AgendaEntry entry) {
    if (agenda->count == agenda->capacity) agenda_make_room(agenda);
    AgendaEntry *heap = agenda->heap;
    uint32_t hole = agenda->count++;
    while (hole > 0 && agenda_is_before(&entry, &heap[(hole - 1) / 2])) {
        heap[hole] = heap[(hole - 1) / 2];
        hole = (hole - 1) / 2;
    }
    heap[hole] = entry;
}

static inline const AgendaEntry *agenda_first(const Agenda *agenda) {
    return agenda->count == 0 ? NULL : &agenda->heap[0];
}

#endif
