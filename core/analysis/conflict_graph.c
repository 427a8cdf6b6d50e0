#include "core/analysis/conflict_graph.h"

#include <assert.h>

#include "core/base/memory.h"

/* Where a seat can go from a state. */
typedef struct Exits {
    uint32_t count, capacity;
    uint32_t *to;
} Exits;

struct ConflictGraph {
    uint8_t seats;
    uint32_t states;
    Utility *payoff; /* [seats][states] */
    Exits *exits;    /* [seats][states] */
};

static size_t place_of(const ConflictGraph *graph, SeatId seat, uint32_t state) {
    assert(seat < graph->seats && state < graph->states);
    return (size_t)seat * graph->states + state;
}

ConflictGraph *conflict_create(uint8_t seats, uint32_t states) {
    assert(seats > 0 && seats <= NP_MAX_SEATS && states > 0 && states <= CONFLICT_MAX_STATES);
    ConflictGraph *graph = memory_new(1, sizeof *graph);
    graph->seats = seats;
    graph->states = states;
    graph->payoff = memory_new((size_t)seats * states, sizeof *graph->payoff);
    graph->exits = memory_new((size_t)seats * states, sizeof *graph->exits);
    return graph;
}

void conflict_destroy(ConflictGraph *graph) {
    if (graph == NULL) return;
    for (size_t i = 0; i < (size_t)graph->seats * graph->states; i++)
        memory_free(graph->exits[i].to);
    memory_free(graph->exits);
    memory_free(graph->payoff);
    memory_free(graph);
}

void conflict_set_payoff(ConflictGraph *graph, SeatId seat, uint32_t state, Utility payoff) {
    graph->payoff[place_of(graph, seat, state)] = payoff;
}

Utility conflict_payoff(const ConflictGraph *graph, SeatId seat, uint32_t state) {
    return graph->payoff[place_of(graph, seat, state)];
}

void conflict_add_move(ConflictGraph *graph, SeatId seat, uint32_t from, uint32_t to) {
    Exits *exits = &graph->exits[place_of(graph, seat, from)];
    assert(from != to && to < graph->states);
    for (uint32_t i = 0; i < exits->count; i++)
        if (exits->to[i] == to) return;
    if (exits->count == exits->capacity) {
        exits->capacity = exits->capacity ? 2 * exits->capacity : 4;
        exits->to = memory_grow(exits->to, exits->capacity, sizeof *exits->to);
    }
    exits->to[exits->count++] = to;
}

uint32_t conflict_moves(const ConflictGraph *graph, SeatId seat, uint32_t from,
                        const uint32_t **to) {
    const Exits *exits = &graph->exits[place_of(graph, seat, from)];
    *to = exits->to;
    return exits->count;
}

/* --- what a coalition reaches --- */

/* Breadth first over states with who moved last: two sequences that agree in both go on alike. So this is the
 * recursive definition with its sets of last movers, and the shortest legal sequences besides. */
typedef struct Spread {
    const ConflictGraph *graph;
    SeatSet coalition;
    bool improvements;
    uint32_t *before; /* [nodes] the node before, and 1; 0: not reached */
    uint32_t *queue;  /* [nodes] */
    uint32_t *steps;  /* [nodes] */
    uint32_t reached;
} Spread;

/* A node: the last mover and the state; the beginning has no mover and is a node of its own. */
static uint32_t node_of(const ConflictGraph *graph, SeatId mover, uint32_t state) {
    return mover * graph->states + state;
}

static uint32_t beginning(const ConflictGraph *graph) {
    return graph->seats * graph->states;
}

static void spread_move(Spread *spread, uint32_t node, uint32_t state, SeatId mover) {
    const ConflictGraph *graph = spread->graph;
    const Exits *exits = &graph->exits[place_of(graph, mover, state)];
    Utility now = conflict_payoff(graph, mover, state);
    for (uint32_t i = 0; i < exits->count; i++) {
        uint32_t next = node_of(graph, mover, exits->to[i]);
        if (spread->before[next] != 0) continue;
        if (spread->improvements && conflict_payoff(graph, mover, exits->to[i]) <= now) continue;
        spread->before[next] = node + 1;
        spread->steps[next] = node == beginning(graph) ? 1 : spread->steps[node] + 1;
        spread->queue[spread->reached++] = next;
    }
}

static void spread_from(Spread *spread, uint32_t from) {
    const ConflictGraph *graph = spread->graph;
    uint32_t node = beginning(graph), state = from, mover = NP_NO_SEAT;
    for (uint32_t done = 0;; done++) {
        for (SeatId seat = 0; seat < graph->seats; seat++)
            if (seat_in(spread->coalition, seat) && seat != mover)
                spread_move(spread, node, state, seat);
        if (done == spread->reached) return;
        node = spread->queue[done];
        state = node % graph->states;
        mover = node / graph->states;
    }
}

static Spread spread_create(const ConflictGraph *graph, SeatSet coalition, bool improvements) {
    size_t nodes = (size_t)graph->seats * graph->states;
    return (Spread){graph,
                    coalition,
                    improvements,
                    memory_new(nodes, sizeof(uint32_t)),
                    memory_new(nodes, sizeof(uint32_t)),
                    memory_new(nodes, sizeof(uint32_t)),
                    0};
}

static void spread_finish(Spread *spread) {
    memory_free(spread->before);
    memory_free(spread->queue);
    memory_free(spread->steps);
}

void conflict_reach(const ConflictGraph *graph, SeatSet coalition, uint32_t from, bool improvements,
                    uint8_t *reached) {
    Spread spread = spread_create(graph, coalition, improvements);
    spread_from(&spread, from);
    for (uint32_t state = 0; state < graph->states; state++) reached[state] = 0;
    for (uint32_t i = 0; i < spread.reached; i++) reached[spread.queue[i] % graph->states] = 1;
    spread_finish(&spread);
}

/* --- stability --- */

/* Is the mover, at s2, still no better off than at s whatever it does next? */
static bool is_caught(const ConflictGraph *graph, SeatId seat, uint32_t state, uint32_t s2) {
    Utility had = conflict_payoff(graph, seat, state);
    const Exits *exits = &graph->exits[place_of(graph, seat, s2)];
    for (uint32_t i = 0; i < exits->count; i++)
        if (conflict_payoff(graph, seat, exits->to[i]) > had) return false;
    return true;
}

static bool deters(const ConflictGraph *graph, SeatId seat, uint32_t state, uint32_t s2,
                   Stability notion) {
    if (conflict_payoff(graph, seat, s2) > conflict_payoff(graph, seat, state)) return false;
    return notion != STABILITY_SMR || is_caught(graph, seat, state, s2);
}

static void note_path(const Spread *spread, uint32_t node, Sanction *sanction) {
    const ConflictGraph *graph = spread->graph;
    sanction->state = node % graph->states;
    sanction->steps = spread->steps[node];
    for (uint32_t step = sanction->steps; step-- > 0;) {
        if (step < SANCTION_PATH) {
            sanction->by[step] = (SeatId)(node / graph->states);
            sanction->to[step] = node % graph->states;
        }
        node = spread->before[node] - 1;
    }
}

/* Nodes come in order of their distance. */
static bool find_sanction(const Spread *spread, SeatId seat, uint32_t state, Stability notion,
                          Sanction *sanction) {
    const ConflictGraph *graph = spread->graph;
    uint32_t best = beginning(graph);
    for (uint32_t i = 0; i < spread->reached; i++) {
        uint32_t node = spread->queue[i], s2 = node % graph->states;
        bool first = best == beginning(graph);
        if (!first && spread->steps[node] > spread->steps[best]) break;
        if (!deters(graph, seat, state, s2, notion)) continue;
        if (first ||
            conflict_payoff(graph, seat, s2) < conflict_payoff(graph, seat, best % graph->states))
            best = node;
    }
    if (best == beginning(graph)) return false;
    note_path(spread, best, sanction);
    return true;
}

Sanction conflict_sanction(const ConflictGraph *graph, SeatId seat, uint32_t state,
                           uint32_t improvement, Stability notion) {
    Sanction sanction = {0};
    if (notion == STABILITY_NASH) return sanction;
    SeatSet others = (SeatSet)((UINT64_C(1) << graph->seats) - 1) & ~seat_bit(seat);
    Spread spread = spread_create(graph, others, notion == STABILITY_SEQ);
    spread_from(&spread, improvement);
    sanction.found = find_sanction(&spread, seat, state, notion, &sanction);
    spread_finish(&spread);
    return sanction;
}

bool conflict_is_stable(const ConflictGraph *graph, SeatId seat, uint32_t state, Stability notion) {
    Utility had = conflict_payoff(graph, seat, state);
    const Exits *exits = &graph->exits[place_of(graph, seat, state)];
    for (uint32_t i = 0; i < exits->count; i++) {
        if (conflict_payoff(graph, seat, exits->to[i]) <= had) continue;
        if (!conflict_sanction(graph, seat, state, exits->to[i], notion).found) return false;
    }
    return true;
}

bool conflict_is_equilibrium(const ConflictGraph *graph, uint32_t state, Stability notion) {
    for (SeatId seat = 0; seat < graph->seats; seat++)
        if (!conflict_is_stable(graph, seat, state, notion)) return false;
    return true;
}
