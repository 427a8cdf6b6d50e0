/* Numbers of events, in order. */
#ifndef REPORT_EVENT_LIST_H
#define REPORT_EVENT_LIST_H

#include <stdint.h>

#include "core/base/memory.h"

typedef struct EventList {
    uint64_t *id;
    uint32_t count, capacity;
} EventList;

static inline void event_list_add(EventList *list, uint64_t id) {
    if (list->count == list->capacity) {
        list->capacity = list->capacity == 0 ? 16 : 2 * list->capacity;
        list->id = memory_grow(list->id, list->capacity, sizeof *list->id);
    }
    list->id[list->count++] = id;
}

static inline void event_list_finish(EventList *list) {
    memory_free(list->id);
    *list = (EventList){0};
}

#endif
