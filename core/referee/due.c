/* What comes later: a pool, since consequences and sights are many and short-lived. */
#include "core/base/memory.h"
#include "core/referee/run_state.h"

static uint32_t take_place(Referee *referee) {
    uint32_t place = referee->free_due;
    if (place != NO_MOVE) {
        referee->free_due = referee->due[place].next_free;
        return place;
    }
    if (referee->dues == referee->due_capacity) {
        referee->due_capacity = referee->due_capacity ? referee->due_capacity * 2 : 16;
        referee->due = memory_grow(referee->due, referee->due_capacity, sizeof *referee->due);
    }
    return referee->dues++;
}

uint32_t due_add(Referee *referee, uint8_t number, double amount, uint64_t cause) {
    uint32_t place = take_place(referee);
    referee->due[place] = (Due){.number = number, .amount = amount, .cause = cause};
    return place;
}

Due due_take(Referee *referee, uint32_t payload) {
    Due due = referee->due[payload];
    referee->due[payload].next_free = referee->free_due;
    referee->free_due = payload;
    return due;
}

void due_schedule(Referee *referee, Rank rank, SimTime at, uint32_t payload) {
    agenda_add(&referee->agenda, (AgendaEntry){.at = at,
                                               .rank = (uint8_t)rank,
                                               .seat = NP_NO_SEAT,
                                               .sequence = referee->sequence++,
                                               .payload = payload});
}
