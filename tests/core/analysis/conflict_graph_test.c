/* Stable states of published conflicts, and of random ones by the recursive definition in the books. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/analysis/conflict_graph.h"
#include "core/base/memory.h"
#include "core/base/rng.h"

enum { MOST = 6 };

/* Equilibria as a bit a state, state 1 of the literature lowest. */
static uint32_t equilibria(const ConflictGraph *graph, uint32_t states, Stability notion) {
    uint32_t found = 0;
    for (uint32_t state = 0; state < states; state++)
        if (conflict_is_equilibrium(graph, state, notion)) found |= 1u << state;
    return found;
}

/* --- two by two --- */

enum { CC, CD, DC, DD };

static ConflictGraph *two_by_two(const int row[4], const int column[4]) {
    ConflictGraph *graph = conflict_create(2, 4);
    static const uint32_t flipped[2][4] = {{DC, DD, CC, CD}, {CD, CC, DD, DC}};
    for (uint32_t state = 0; state < 4; state++) {
        conflict_set_payoff(graph, 0, state, row[state]);
        conflict_set_payoff(graph, 1, state, column[state]);
        for (SeatId seat = 0; seat < 2; seat++)
            conflict_add_move(graph, seat, state, flipped[seat][state]);
    }
    return graph;
}

#define BIT(state) (1u << (state))

/* Fang, Hipel and Kilgour (1993): cooperation is stable for who foresees an answer. Recalled, and worked by hand. */
static void in_the_prisoners_dilemma_foresight_makes_cooperation_stable(void **state) {
    (void)state;
    ConflictGraph *graph = two_by_two((const int[]){3, 1, 4, 2}, (const int[]){3, 4, 1, 2});
    assert_int_equal(equilibria(graph, 4, STABILITY_NASH), BIT(DD));
    assert_int_equal(equilibria(graph, 4, STABILITY_GMR), BIT(CC) | BIT(DD));
    assert_int_equal(equilibria(graph, 4, STABILITY_SMR), BIT(CC) | BIT(DD));
    assert_int_equal(equilibria(graph, 4, STABILITY_SEQ), BIT(CC) | BIT(DD));
    conflict_destroy(graph);
}

/* In Chicken only an answer that hurts its author holds anybody back. Recalled, and worked by hand. */
static void in_chicken_only_an_incredible_threat_holds_the_middle(void **state) {
    (void)state;
    ConflictGraph *graph = two_by_two((const int[]){3, 2, 4, 1}, (const int[]){3, 4, 2, 1});
    assert_int_equal(equilibria(graph, 4, STABILITY_NASH), BIT(CD) | BIT(DC));
    assert_int_equal(equilibria(graph, 4, STABILITY_GMR), BIT(CC) | BIT(CD) | BIT(DC));
    assert_int_equal(equilibria(graph, 4, STABILITY_SMR), BIT(CC) | BIT(CD) | BIT(DC));
    assert_int_equal(equilibria(graph, 4, STABILITY_SEQ), BIT(CD) | BIT(DC));
    Sanction threat = conflict_sanction(graph, 0, CC, DC, STABILITY_GMR);
    assert_true(threat.found && threat.state == DD && threat.steps == 1 && threat.by[0] == 1);
    assert_false(conflict_sanction(graph, 0, CC, DC, STABILITY_SEQ).found);
    conflict_destroy(graph);
}

/* --- Elmira --- */

/* The groundwater of Elmira, Ontario, 1991 (Hipel, Fang, Kilgour and Haight 1993; Hipel, Kilgour, Fang and Peng
 * 1997). States 1 to 9; the ministry may modify its order, for good; Uniroyal delays, accepts, or
 * abandons, for good; the local government insists or does not. Moves, rankings and equilibria recalled; the
 * equilibria worked by hand too. */
enum { MINISTRY, UNIROYAL, LOCAL };

static const uint32_t ministry_move[][2] = {{1, 2}, {3, 4}, {5, 6}, {7, 8}};
static const uint32_t uniroyal_move[][2] = {{1, 3}, {1, 9}, {2, 4}, {2, 9}, {3, 9}, {4, 9},
                                            {5, 7}, {5, 9}, {6, 8}, {6, 9}, {7, 9}, {8, 9}};
static const uint32_t local_move[][2] = {{1, 5}, {5, 1}, {2, 6}, {6, 2},
                                         {3, 7}, {7, 3}, {4, 8}, {8, 4}};
static const uint32_t ranking[3][9] = {
    {7, 3, 4, 8, 5, 1, 2, 6, 9}, {1, 4, 8, 5, 9, 3, 7, 2, 6}, {7, 3, 5, 1, 8, 6, 4, 2, 9}};

static void add_moves(ConflictGraph *graph, SeatId seat, const uint32_t move[][2], size_t count) {
    for (size_t i = 0; i < count; i++)
        conflict_add_move(graph, seat, move[i][0] - 1, move[i][1] - 1);
}

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static ConflictGraph *elmira(void) {
    ConflictGraph *graph = conflict_create(3, 9);
    add_moves(graph, MINISTRY, ministry_move, COUNT(ministry_move));
    add_moves(graph, UNIROYAL, uniroyal_move, COUNT(uniroyal_move));
    add_moves(graph, LOCAL, local_move, COUNT(local_move));
    for (SeatId seat = 0; seat < 3; seat++)
        for (int place = 0; place < 9; place++)
            conflict_set_payoff(graph, seat, ranking[seat][place] - 1, 9 - place);
    return graph;
}

static void the_equilibria_of_elmira_are_those_of_the_literature(void **state) {
    (void)state;
    ConflictGraph *graph = elmira();
    uint32_t strong = BIT(5 - 1) | BIT(8 - 1) | BIT(9 - 1);
    assert_int_equal(equilibria(graph, 9, STABILITY_NASH), strong);
    assert_int_equal(equilibria(graph, 9, STABILITY_SEQ), strong);
    assert_int_equal(equilibria(graph, 9, STABILITY_GMR), strong | BIT(1 - 1) | BIT(4 - 1));
    assert_int_equal(equilibria(graph, 9, STABILITY_SMR), strong | BIT(1 - 1) | BIT(4 - 1));
    conflict_destroy(graph);
}

/* From the status quo, 1, the local government may insist, 5; the ministry could answer by modifying, 6, which it would
 * rather not, and Uniroyal, by accepting, make 8 of that: together they can reach what neither can alone. */
static void a_coalition_reaches_what_nobody_can_alone(void **state) {
    (void)state;
    ConflictGraph *graph = elmira();
    uint8_t reached[9];
    conflict_reach(graph, seat_bit(MINISTRY) | seat_bit(UNIROYAL), 5 - 1, false, reached);
    static const uint8_t both[9] = {0, 0, 0, 0, 0, 1, 1, 1, 1},
                         alone[9] = {0, 0, 0, 0, 0, 0, 1, 0, 1};
    assert_memory_equal(reached, both, sizeof both);
    conflict_reach(graph, seat_bit(UNIROYAL), 5 - 1, false, reached);
    assert_memory_equal(reached, alone, sizeof alone); /* not 7 and then 9: nobody moves twice */
    conflict_reach(graph, seat_bit(MINISTRY) | seat_bit(UNIROYAL), 5 - 1, true, reached);
    static const uint8_t nothing[9] = {0};
    assert_memory_equal(reached, nothing, sizeof nothing);
    Sanction sanction = conflict_sanction(graph, LOCAL, 1 - 1, 5 - 1, STABILITY_GMR);
    assert_true(sanction.found && sanction.steps == 1);
    assert_int_equal(sanction.state, 9 - 1);
    assert_int_equal(sanction.by[0], UNIROYAL);
    conflict_destroy(graph);
}

/* --- by the book --- */

typedef struct Book {
    uint8_t seats;
    uint32_t states;
    int payoff[3][MOST];
    bool move[3][MOST][MOST];
} Book;

static Book any_book(uint64_t seed) {
    Rng rng = rng_stream(rng_key(seed, "conflict"));
    Book book = {.seats = (uint8_t)(1 + rng_below(&rng, 3)),
                 .states = 2 + rng_below(&rng, MOST - 1)};
    for (SeatId seat = 0; seat < book.seats; seat++)
        for (uint32_t from = 0; from < book.states; from++) {
            book.payoff[seat][from] = (int)rng_below(&rng, book.states);
            for (uint32_t to = 0; to < book.states; to++)
                book.move[seat][from][to] = from != to && rng_below(&rng, 3) == 0;
        }
    return book;
}

static bool may(const Book *book, SeatId seat, uint32_t from, uint32_t to, bool improving) {
    return book->move[seat][from][to] &&
           (!improving || book->payoff[seat][to] > book->payoff[seat][from]);
}

/* Omega_H(s, s1): who can have moved last; empty where s1 is not reached. Applied until nothing changes. */
static void book_reach(const Book *book, SeatSet coalition, uint32_t from, bool improving,
                       SeatSet last[MOST]) {
    memset(last, 0, MOST * sizeof *last);
    for (bool changed = true; changed;) {
        changed = false;
        for (SeatId seat = 0; seat < book->seats; seat++) {
            if (!seat_in(coalition, seat)) continue;
            for (uint32_t via = 0; via < book->states; via++)
                for (uint32_t to = 0; to < book->states; to++) {
                    bool here = via == from || (last[via] & ~seat_bit(seat)) != 0;
                    if (!here || !may(book, seat, via, to, improving)) continue;
                    changed = changed || !seat_in(last[to], seat);
                    last[to] |= seat_bit(seat);
                }
        }
    }
}

static bool book_caught(const Book *book, SeatId seat, uint32_t state, uint32_t s2) {
    for (uint32_t s3 = 0; s3 < book->states; s3++)
        if (book->move[seat][s2][s3] && book->payoff[seat][s3] > book->payoff[seat][state])
            return false;
    return true;
}

static bool book_stable(const Book *book, SeatId seat, uint32_t state, Stability notion) {
    SeatSet others = (1u << book->seats) - 1 - seat_bit(seat);
    for (uint32_t s1 = 0; s1 < book->states; s1++) {
        if (!may(book, seat, state, s1, true)) continue;
        SeatSet last[MOST];
        bool deterred = false;
        book_reach(book, others, s1, notion == STABILITY_SEQ, last);
        for (uint32_t s2 = 0; s2 < book->states && notion != STABILITY_NASH; s2++)
            deterred =
                deterred || (last[s2] != 0 && book->payoff[seat][s2] <= book->payoff[seat][state] &&
                             (notion != STABILITY_SMR || book_caught(book, seat, state, s2)));
        if (!deterred) return false;
    }
    return true;
}

static ConflictGraph *graph_of(const Book *book) {
    ConflictGraph *graph = conflict_create(book->seats, book->states);
    for (SeatId seat = 0; seat < book->seats; seat++)
        for (uint32_t from = 0; from < book->states; from++) {
            conflict_set_payoff(graph, seat, from, book->payoff[seat][from]);
            for (uint32_t to = 0; to < book->states; to++)
                if (book->move[seat][from][to]) conflict_add_move(graph, seat, from, to);
        }
    return graph;
}

/* Every move of it is its mover's, nobody moves twice in a row, and it ends where it deters. */
static void check_path(const Book *book, SeatId seat, uint32_t s1, const Sanction *sanction) {
    uint32_t at = s1;
    for (uint32_t step = 0; step < sanction->steps && step < SANCTION_PATH; step++) {
        assert_true(sanction->by[step] != seat);
        assert_true(step == 0 || sanction->by[step] != sanction->by[step - 1]);
        assert_true(book->move[sanction->by[step]][at][sanction->to[step]]);
        at = sanction->to[step];
    }
    if (sanction->steps <= SANCTION_PATH) assert_int_equal(at, sanction->state);
}

static void thousands_of_random_conflicts_are_as_the_definitions_say(void **unused) {
    (void)unused;
    for (uint64_t seed = 0; seed < 5000; seed++) {
        Book book = any_book(seed);
        ConflictGraph *graph = graph_of(&book);
        for (SeatId seat = 0; seat < book.seats; seat++)
            for (uint32_t state = 0; state < book.states; state++) {
                bool stable[STABILITIES];
                for (int notion = 0; notion < STABILITIES; notion++) {
                    stable[notion] = conflict_is_stable(graph, seat, state, (Stability)notion);
                    assert_int_equal(stable[notion],
                                     book_stable(&book, seat, state, (Stability)notion));
                }
                assert_true(!stable[STABILITY_NASH] ||
                            (stable[STABILITY_SMR] && stable[STABILITY_SEQ]));
                assert_true(stable[STABILITY_GMR] ||
                            (!stable[STABILITY_SMR] && !stable[STABILITY_SEQ]));
                for (uint32_t s1 = 0; s1 < book.states; s1++) {
                    if (!may(&book, seat, state, s1, true)) continue;
                    Sanction sanction = conflict_sanction(graph, seat, state, s1, STABILITY_SEQ);
                    if (sanction.found) check_path(&book, seat, s1, &sanction);
                }
            }
        conflict_destroy(graph);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_the_prisoners_dilemma_foresight_makes_cooperation_stable),
        cmocka_unit_test(in_chicken_only_an_incredible_threat_holds_the_middle),
        cmocka_unit_test(the_equilibria_of_elmira_are_those_of_the_literature),
        cmocka_unit_test(a_coalition_reaches_what_nobody_can_alone),
        cmocka_unit_test(thousands_of_random_conflicts_are_as_the_definitions_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
