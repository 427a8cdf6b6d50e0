/* What a lever or a shock does, once its time has come: to the world, and to the table. */
#include "core/referee/run_state.h"

static void move_status_quo(Referee *referee, const Consequences *all, const Consequence *move,
                            SimTime at, uint64_t cause) {
    Session *session = &referee->session;
    if (referee->aftermath.on || session->status_quo.option[move->issue] == move->option) return;
    session_move_status_quo(session, move->issue, move->option);
    Event *event = event_begin(referee, NP_EVENT_STATUS_QUO, at, cause);
    event->seat = all->seat;
    event->issue = move->issue;
    event->option = move->option;
    uint64_t id = event_tell(referee, event);
    world_events_moved(referee, at, id);
    /* What is signed stands as it was signed. */
    if (session->closed) return;
    conclusion_lapse(referee, at, id);
    conclusion_settle(referee, id);
}

static void give_authority(Referee *referee, SeatId seat, SimTime at, uint64_t cause) {
    if (referee->aftermath.on || !session_authorise(&referee->session, seat)) return;
    Event *event = event_begin(referee, NP_EVENT_AUTHORITY, at, cause);
    event->seat = seat;
    uint64_t id = event_tell(referee, event);
    conclusion_settle(referee, id);
}

static void break_off(Referee *referee, SimTime at, uint64_t cause) {
    if (referee->signature != 0 || referee->aftermath.on) return;
    referee->now = at;
    conclusion_end(referee, VERDICT_BREAKDOWN, REASON_DEADLINE, NP_NO_SEAT, cause);
}

static void follow(Referee *referee, const Consequences *all, const Consequence *one, SimTime at,
                   uint64_t cause) {
    switch (one->kind) {
    case CONSEQUENCE_ADD:
    case CONSEQUENCE_DRIFT: world_apply(&referee->world, one, all->scale, cause); return;
    case CONSEQUENCE_OPTION:
        if (all->scale > 0) move_status_quo(referee, all, one, at, cause);
        return;
    case CONSEQUENCE_AUTHORITY:
        if (all->scale > 0) give_authority(referee, one->seat, at, cause);
        return;
    case CONSEQUENCE_END:
        if (all->scale > 0) break_off(referee, at, cause);
        return;
    default: return;
    }
}

/* The world first, and what it does to the seats; then the table, where the talks may end. */
void consequences_follow(Referee *referee, const Consequences *all, SimTime at, uint64_t cause) {
    for (uint8_t i = 0; i < all->count; i++)
        if (all->consequence[i].kind <= CONSEQUENCE_DRIFT)
            follow(referee, all, &all->consequence[i], at, cause);
    world_events_moved(referee, at, cause);
    for (uint8_t i = 0; i < all->count && !referee->over; i++)
        if (all->consequence[i].kind > CONSEQUENCE_DRIFT)
            follow(referee, all, &all->consequence[i], at, cause);
}
