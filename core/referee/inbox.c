#include <stddef.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/referee/run_state.h"

void inbox_open(Inbox *inbox) {
    inbox->count = inbox->heard = inbox->occasions = inbox->sequence = 0;
    inbox->told = 1;
    inbox->wake = NP_NEVER;
}

static void inbox_make_room(Inbox *inbox) {
    if (inbox->count < inbox->capacity) return;
    inbox->capacity = inbox->capacity ? inbox->capacity * 2 : 16;
    inbox->seen = memory_grow(inbox->seen, inbox->capacity, sizeof *inbox->seen);
    inbox->event = memory_grow(inbox->event, inbox->capacity, sizeof *inbox->event);
    inbox->pointer = memory_grow(inbox->pointer, inbox->capacity, sizeof *inbox->pointer);
}

void inbox_add(Inbox *inbox, const Observation *observation, uint64_t event) {
    inbox_make_room(inbox);
    Observation *seen = &inbox->seen[inbox->count];
    memcpy(seen, observation, offsetof(Observation, menu));
    menu_copy(seen->menu, observation->menu, observation->packages);
    inbox->event[inbox->count++] = event;
}

void inbox_ask(Inbox *inbox, SimTime at, bool woken, uint32_t observations) {
    inbox->heard += observations;
    if (inbox->occasions > 0 && inbox->occasion[inbox->occasions - 1].at == at) {
        inbox->occasion[inbox->occasions - 1].woken |= woken;
        inbox->occasion[inbox->occasions - 1].observations += observations;
        return;
    }
    if (inbox->occasions == inbox->occasion_capacity) {
        inbox->occasion_capacity = inbox->occasion_capacity ? inbox->occasion_capacity * 2 : 16;
        inbox->occasion =
            memory_grow(inbox->occasion, inbox->occasion_capacity, sizeof *inbox->occasion);
    }
    inbox->occasion[inbox->occasions++] = (Occasion){at, woken, observations};
}

void inbox_ask_of_all(Inbox *inbox, SimTime at) {
    inbox_ask(inbox, at, false, inbox->count - inbox->heard);
}

/* What came after the last occasion is heard at the next. */
void inbox_granted(Inbox *inbox) {
    uint32_t left = inbox->count - inbox->heard;
    if (inbox->heard > 0) inbox->told = inbox->event[inbox->heard - 1];
    for (uint32_t i = 0; i < left; i++) {
        inbox->seen[i] = inbox->seen[inbox->heard + i];
        inbox->event[i] = inbox->event[inbox->heard + i];
    }
    inbox->count = left;
    inbox->heard = inbox->occasions = 0;
}

Grant inbox_grant(Inbox *inbox, uint64_t run, SeatId seat) {
    for (uint32_t i = 0; i < inbox->heard; i++) inbox->pointer[i] = &inbox->seen[i];
    return (Grant){.run = run,
                   .seat = seat,
                   .occasions = inbox->occasions,
                   .occasion = inbox->occasion,
                   .observations = inbox->heard,
                   .observation = inbox->pointer};
}

void inbox_finish(Inbox *inbox) {
    memory_free(inbox->seen);
    memory_free(inbox->event);
    memory_free(inbox->pointer);
    memory_free(inbox->occasion);
}
