#include "cli/seat_view.h"

#include <string.h>

#include "core/base/memory.h"
#include "core/world/world.h"

void seat_view_begin(SeatView *view, const Negotiation *negotiation, uint64_t seed, SeatId seat) {
    memset(view, 0, sizeof *view);
    view->negotiation = negotiation;
    view->seed = seed;
    view->seat = seat;
    for (uint8_t v = 0; v < negotiation->terms.variables && v < NP_MAX_VARIABLES; v++)
        view->seen[v] = utility_from(negotiation->terms.variable[v].start);
}

void seat_view_go_on(SeatView *view, const Negotiation *negotiation, uint64_t seed) {
    view->negotiation = negotiation;
    view->seed = seed;
}

/* --- news of the world, as it sees them --- */

bool seat_view_late(SeatView *view, SimTime until, Event *news) {
    uint32_t first = 0;
    for (uint32_t i = 1; i < view->lates; i++)
        if (view->late[i].at < view->late[first].at) first = i;
    if (view->lates == 0 || view->late[first].at > until) return false;
    *news = view->late[first];
    view->lates--;
    memmove(&view->late[first], &view->late[first + 1],
            (view->lates - first) * sizeof view->late[0]);
    return true;
}

static void see(SeatView *view, Event *event) {
    const Negotiation *negotiation = view->negotiation;
    uint8_t variable = (uint8_t)(event->subject - 1);
    World *world = memory_new(1, sizeof *world);
    world->model = negotiation->world;
    world->now = event->at;
    double seen = world_sight(world, view->seed, variable, view->seat,
                              negotiation->terms.seat[view->seat].id, utility_real(event->amount));
    memory_free(world);
    event->before = view->seen[variable];
    event->amount = view->seen[variable] = utility_from(seen);
}

static bool knows_news(SeatView *view, Event *event) {
    const Terms *terms = &view->negotiation->terms;
    const WorldModel *world = view->negotiation->world;
    if (world == NULL || event->subject == 0 || event->subject > world->variables) return false;
    if (!seat_in(terms->variable[event->subject - 1].seen_by, view->seat)) return false;
    SimTime lag = world->dynamics[event->subject - 1].lag;
    see(view, event);
    if (lag <= 0) return true;
    if (view->lates == SEAT_VIEW_LATE) return false;
    event->at += lag;
    view->late[view->lates++] = *event;
    return false;
}

static bool saw_shock(const SeatView *view, const Event *event) {
    const WorldModel *world = view->negotiation->world;
    return world != NULL && event->subject != 0 && event->subject <= world->shocks &&
           seat_in(world->shock[event->subject - 1].seen_by, view->seat);
}

/* --- what is said at tables --- */

static bool sits_at(const SeatView *view, uint8_t table) {
    const Terms *terms = &view->negotiation->terms;
    if (table == 0 || table >= NP_MAX_TABLES) return true;
    return seat_in(terms->table[table].members, view->seat);
}

/* A demand is its mover's own, and how far demands are apart nobody at the table knows. */
static void hide_numbers(Event *event, bool own) {
    event->distance = UTILITY_NONE;
    if (!own || event->kind == NP_EVENT_RATIFICATION) event->demand = UTILITY_NONE;
}

bool seat_view_knows(SeatView *view, Event *event) {
    if (view->seat == NP_NO_SEAT) return true;
    if (view->over) return false;
    view->over = event->kind == NP_EVENT_AGREEMENT || event->kind == NP_EVENT_BREAKDOWN;
    if (view->over) view->lates = 0;
    bool own = event->seat == view->seat;
    hide_numbers(event, own);
    switch (event->kind) {
    case NP_EVENT_REFUSAL:
    case NP_EVENT_FAULT:
    case NP_EVENT_APPRAISAL: return own;
    case NP_EVENT_WORLD: return knows_news(view, event);
    case NP_EVENT_SHOCK: return saw_shock(view, event);
    case NP_EVENT_LEAK: return !sits_at(view, event->table);
    default: return sits_at(view, event->table);
    }
}
