#include "core/base/agenda.h"

#include <assert.h>

#include "core/base/memory.h"

enum { FIRST_CAPACITY = 64 };

void agenda_init(Agenda *agenda) {
    *agenda = (Agenda){NULL, 0, 0};
}

void agenda_make_room(Agenda *agenda) {
    assert(agenda->capacity <= UINT32_MAX / 2);
    agenda->capacity = agenda->capacity == 0 ? FIRST_CAPACITY : 2 * agenda->capacity;
    agenda->heap = memory_grow(agenda->heap, agenda->capacity, sizeof *agenda->heap);
}

/* Moves the hole at the root down along the earlier children as far as `entry` allows. */
static void sift_down(AgendaEntry *heap, uint32_t count, AgendaEntry entry) {
    size_t hole = 0;
    for (;;) {
        size_t child = 2 * hole + 1;
        if (child >= count) break;
        if (child + 1 < count) child += agenda_is_before(&heap[child + 1], &heap[child]);
        if (!agenda_is_before(&heap[child], &entry)) break;
        heap[hole] = heap[child];
        hole = child;
    }
    heap[hole] = entry;
}

AgendaEntry agenda_take(Agenda *agenda) {
    assert(agenda->count > 0);
    AgendaEntry first = agenda->heap[0];
    agenda->count--;
    if (agenda->count > 0) sift_down(agenda->heap, agenda->count, agenda->heap[agenda->count]);
    return first;
}

void agenda_clear(Agenda *agenda) {
    agenda->count = 0;
}

void agenda_finish(Agenda *agenda) {
    memory_free(agenda->heap);
    agenda_init(agenda);
}
