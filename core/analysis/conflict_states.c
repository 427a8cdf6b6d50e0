#include "core/analysis/conflict_states.h"

#include <assert.h>
#include <string.h>

#include "core/analysis/outside_option.h"
#include "core/base/sim_time.h"
#include "core/world/course.h"

/* A move that has been found: where to is set once all states are known. */
typedef struct Found {
    SeatId seat;
    uint32_t from, to;
} Found;

struct ConflictStates {
    const StabilityQuestion *question;
    const Terms *terms;
    const Profile *profile; /* [seats] */
    SeatSet signatories;
    Course *course; /* up to the date; NULL without a world */
    double level[NP_MAX_LEVERS][LEVELS];
    Affairs *state;
    uint32_t *depth; /* of each state: the fewest moves that lead to it */
    uint32_t count, within;
    uint32_t *slot; /* open addressing: state and 1; 0: empty */
    uint32_t slots;
    Found *found;
    size_t moves, capacity;
    bool complete;
    ConflictGraph *graph;
};

/* --- states --- */

static uint32_t hash_of(const Affairs *affairs) {
    uint32_t hash = affairs->broken ? 3 : 5;
    for (uint8_t issue = 0; issue < NP_MAX_ISSUES; issue++)
        hash = (hash ^ affairs->package.option[issue]) * 16777619u;
    for (uint8_t lever = 0; lever < NP_MAX_LEVERS; lever++)
        hash = (hash ^ affairs->level[lever]) * 16777619u;
    return hash ^ hash >> 15;
}

static bool same(const Affairs *a, const Affairs *b) {
    return a->broken == b->broken && outcome_equal(&a->package, &b->package) &&
           memcmp(a->level, b->level, sizeof a->level) == 0;
}

/* The number of that state, a new one if there is room; `count` if there is none. */
static uint32_t find_or_add(ConflictStates *states, const Affairs *affairs) {
    uint32_t slot = hash_of(affairs) % states->slots;
    for (; states->slot[slot] != 0; slot = (slot + 1) % states->slots)
        if (same(&states->state[states->slot[slot] - 1], affairs)) return states->slot[slot] - 1;
    if (states->count == states->question->states) return states->count;
    states->state[states->count] = *affairs;
    states->slot[slot] = ++states->count;
    return states->count - 1;
}

/* --- moves --- */

static void note_move(ConflictStates *states, SeatId seat, uint32_t from, const Affairs *after) {
    uint32_t known = states->count, to = find_or_add(states, after);
    if (to == known && states->count == known) {
        if (states->complete) states->within = states->depth[from];
        states->complete = false;
        return;
    }
    if (to == known) states->depth[to] = states->depth[from] + 1;
    if (states->moves == states->capacity) {
        states->capacity = states->capacity ? 2 * states->capacity : 256;
        states->found = memory_grow(states->found, states->capacity, sizeof *states->found);
    }
    states->found[states->moves++] = (Found){seat, from, to};
}

static void find_leaving(ConflictStates *states, SeatId seat, uint32_t from) {
    Affairs after = states->state[from];
    if (after.broken || !seat_in(states->signatories, seat)) return;
    after.broken = true;
    after.package = outcome_empty();
    note_move(states, seat, from, &after);
}

static bool may_change(const ConflictStates *states, SeatId seat, const Outcome *after,
                       uint8_t issue) {
    const Consent *consent = &states->terms->consent;
    const Profile *profile = &states->profile[seat];
    return consent->needs[issue][after->option[issue]] == seat_bit(seat) &&
           domain_excludes(&states->terms->domain, after) == NULL &&
           profile_crosses(profile, after) == NULL;
}

static void find_changes(ConflictStates *states, SeatId seat, uint32_t from) {
    const Domain *domain = &states->terms->domain;
    if (states->state[from].broken || states->terms->consent.unanimous) return;
    for (uint8_t issue = 0; issue < domain->issues; issue++)
        for (uint8_t option = 0; option < domain->issue[issue].options; option++) {
            Affairs after = states->state[from];
            if (after.package.option[issue] == option) continue;
            after.package.option[issue] = option;
            if (may_change(states, seat, &after.package, issue))
                note_move(states, seat, from, &after);
        }
}

/* Of levels that are the same, the first stands for all. */
static bool is_level(const double level[LEVELS], uint8_t which) {
    for (uint8_t other = 0; other < which; other++)
        if (level[other] == level[which]) return false;
    return true;
}

static void find_pulls(ConflictStates *states, SeatId seat, uint32_t from) {
    for (uint8_t lever = 0; lever < states->terms->levers && states->question->levers; lever++) {
        if (states->terms->lever[lever].seat != seat) continue;
        for (uint8_t which = 0; which < LEVELS; which++) {
            Affairs after = states->state[from];
            if (after.level[lever] == which || !is_level(states->level[lever], which)) continue;
            after.level[lever] = which;
            note_move(states, seat, from, &after);
        }
    }
}

static void explore(ConflictStates *states) {
    for (uint32_t from = 0; from < states->count; from++)
        for (SeatId seat = 0; seat < states->terms->seats; seat++) {
            find_leaving(states, seat, from);
            find_changes(states, seat, from);
            find_pulls(states, seat, from);
        }
}

/* --- payoffs --- */

static Course *live(const ConflictStates *states, const Affairs *affairs) {
    if (states->course == NULL) return NULL;
    Course *course = course_copy(states->course);
    if (!affairs->broken) course_agree(course, &affairs->package);
    for (uint8_t lever = 0; lever < states->terms->levers; lever++)
        if (affairs->level[lever] != LEVEL_AS_IS)
            course_pull(course, lever, states->level[lever][affairs->level[lever]]);
    course_advance(course, states->question->at + states->question->look);
    return course;
}

static Utility lever_costs(const ConflictStates *states, SeatId seat, const Affairs *affairs) {
    double sum = 0, years = (double)states->question->look / SIM_YEAR;
    for (uint8_t lever = 0; lever < states->terms->levers; lever++) {
        const Lever *terms = &states->terms->lever[lever];
        if (terms->seat != seat) continue;
        double was = states->level[lever][LEVEL_AS_IS];
        double now = states->level[lever][affairs->level[lever]];
        sum += terms->cost * (now > was ? now - was : was - now) + terms->upkeep * now * years;
    }
    return utility_bounded(sum);
}

static Utility payoff_of(const ConflictStates *states, SeatId seat, const Affairs *affairs,
                         const Course *course) {
    Profile profile = states->profile[seat];
    if (course != NULL) outlook_appraise(&profile, seat, course_world(course));
    Utility costs = lever_costs(states, seat, affairs);
    if (!affairs->broken)
        return profile_utility(&profile, &states->terms->domain, &affairs->package) - costs;
    return (profile.durability != NULL ? profile.aftermath : profile.reservation) - costs;
}

static void weigh(const ConflictStates *states, const Affairs *affairs,
                  Utility payoff[NP_MAX_SEATS]) {
    Course *course = live(states, affairs);
    for (SeatId seat = 0; seat < states->terms->seats; seat++)
        payoff[seat] = payoff_of(states, seat, affairs, course);
    course_destroy(course);
}

static void build_graph(ConflictStates *states) {
    states->graph = conflict_create(states->terms->seats, states->count);
    for (size_t i = 0; i < states->moves; i++)
        conflict_add_move(states->graph, states->found[i].seat, states->found[i].from,
                          states->found[i].to);
    for (uint32_t number = 0; number < states->count; number++) {
        Utility payoff[NP_MAX_SEATS];
        weigh(states, &states->state[number], payoff);
        for (SeatId seat = 0; seat < states->terms->seats; seat++)
            conflict_set_payoff(states->graph, seat, number, payoff[seat]);
    }
}

/* --- beginning and end --- */

/* Levers stand where the scenario's pulls have put them by that date. */
static void follow_course(ConflictStates *states, Outcome *status_quo) {
    const Negotiation *negotiation = states->question->negotiation;
    if (negotiation->world != NULL) {
        states->course = course_create(negotiation->world, status_quo);
        course_advance(states->course, states->question->at);
        *status_quo = *course_in_force(states->course);
    }
    for (uint8_t i = 0; i < states->terms->levers; i++) {
        const Lever *lever = &states->terms->lever[i];
        double now = states->course ? course_world(states->course)->level[i] : lever->start;
        const double level[LEVELS] = {now, lever->least, lever->most};
        memcpy(states->level[i], level, sizeof level);
    }
}

ConflictStates *conflict_states_create(const StabilityQuestion *question) {
    assert(question->states > 0 && question->states <= CONFLICT_MAX_STATES);
    ConflictStates *states = memory_new(1, sizeof *states);
    states->question = question;
    states->terms = &question->negotiation->terms;
    states->profile = question->profile ? question->profile : question->negotiation->profile;
    states->complete = true;
    states->depth = memory_new(question->states, sizeof *states->depth);
    states->state = memory_new(question->states, sizeof *states->state);
    states->slots = 2 * question->states + 1;
    states->slot = memory_new(states->slots, sizeof *states->slot);
    Outcome status_quo = domain_status_quo(&states->terms->domain);
    follow_course(states, &status_quo);
    states->signatories = consent_needed(&states->terms->consent, &states->terms->domain,
                                         &status_quo, &question->package);
    Affairs in_force = {.package = question->package};
    find_or_add(states, &in_force);
    explore(states);
    if (states->complete) states->within = states->depth[states->count - 1];
    build_graph(states);
    return states;
}

void conflict_states_destroy(ConflictStates *states) {
    if (states == NULL) return;
    course_destroy(states->course);
    conflict_destroy(states->graph);
    memory_free(states->state);
    memory_free(states->slot);
    memory_free(states->depth);
    memory_free(states->found);
    memory_free(states);
}

const ConflictGraph *conflict_states_graph(const ConflictStates *states) {
    return states->graph;
}

uint32_t conflict_states_count(const ConflictStates *states) {
    return states->count;
}

bool conflict_states_complete(const ConflictStates *states) {
    return states->complete;
}

uint32_t conflict_states_within(const ConflictStates *states) {
    return states->within;
}

SeatSet conflict_states_signatories(const ConflictStates *states) {
    return states->signatories;
}

UnilateralMove conflict_states_move(const ConflictStates *states, SeatId seat, uint32_t from,
                                    uint32_t to) {
    const Affairs *before = &states->state[from], *after = &states->state[to];
    UnilateralMove move = {.seat = seat, .kind = MOVE_LEAVE};
    if (after->broken != before->broken) return move;
    for (uint8_t issue = 0; issue < states->terms->domain.issues; issue++)
        if (after->package.option[issue] != before->package.option[issue]) {
            move.kind = MOVE_CHANGE;
            move.issue = issue;
            move.option = after->package.option[issue];
            return move;
        }
    move.kind = MOVE_PULL;
    while (move.lever < states->terms->levers &&
           after->level[move.lever] == before->level[move.lever])
        move.lever++;
    move.level = states->level[move.lever][after->level[move.lever]];
    return move;
}

void conflict_states_broken(const ConflictStates *states, Utility payoff[NP_MAX_SEATS]) {
    Affairs broken = {.broken = true, .package = outcome_empty()};
    weigh(states, &broken, payoff);
}
