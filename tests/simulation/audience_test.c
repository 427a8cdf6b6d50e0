/* What a seat reckons that its words would cost at the public table is what the referee charges for them there,
 * whatever it has said behind closed doors before, leaked or not: in whole runs of seats that say anything. */
#include "tests/simulation/theatre.h"

#include <string.h>

#include "agents/host.h"
#include "core/base/memory.h"
#include "core/base/rng.h"

enum { RUNS = 400, MOST = 4096, MOST_REPLIES = 64 };

/* What public words of one package cost, one after the other. */
typedef struct Ledger {
    uint32_t entries;
    Utility cost[MOST];
    uint64_t event[MOST];
} Ledger;

typedef struct Seat {
    Brief brief;
    InverseCache cache;
    SeatHost own;
    bool open;
    Ledger expected, charged;
} Seat;

typedef struct House {
    Rng luck;
    uint32_t behind_doors; /* broken there and kept */
    Seat seat[NP_MAX_SEATS];
} House;

static bool is_public_word(uint8_t kind, uint8_t table, uint8_t packages) {
    bool word = kind == NP_EVENT_OFFER || kind == NP_EVENT_ACCEPTANCE;
    return word && table == 0 && packages == 1;
}

/* --- the referee's books --- */

static void happened(void *context, uint64_t run, const Event *event) {
    House *house = context;
    (void)run;
    if (event->seat >= NP_MAX_SEATS) return;
    Ledger *book = &house->seat[event->seat].charged;
    bool breaks = (event->flags & EVENT_BREAKS_COMMITMENT) != 0;
    house->behind_doors += breaks && event->table != 0;
    if (is_public_word((uint8_t)event->kind, event->table, event->packages)) {
        assert_true(book->entries < MOST);
        book->event[book->entries++] = event->id;
    }
    if (event->kind != NP_EVENT_AUDIENCE_COST || book->entries == 0) return;
    if (book->event[book->entries - 1] == event->cause)
        book->cost[book->entries - 1] += event->amount;
}

/* --- the seat's own --- */

static void briefed(void *context, const Brief *brief) {
    Seat *seat = &((House *)context)->seat[brief->seat];
    seat->brief = *brief;
    host_open(&seat->own, &seat->brief, &seat->cache);
    seat->open = true;
}

static void hear(Seat *seat, const Observation *seen) {
    const Host *host = &seat->own.host;
    Ledger *book = &seat->expected;
    if (seen->seat == host->seat && is_public_word(seen->kind, seen->table, seen->packages))
        book->cost[book->entries++] = utility_from(host->audience_cost(host, &seen->menu[0]));
    host_observe(&seat->own, seen);
}

static void asked(void *context, const Grant *grant) {
    House *house = context;
    for (uint32_t i = 0; i < grant->observations; i++)
        hear(&house->seat[grant->seat], grant->observation[i]);
}

/* --- seats that say anything --- */

static Action any_move(House *house, const Host *host) {
    Rng *luck = &house->luck;
    Action move = {.kind = NP_OFFER, .packages = 1};
    uint32_t kind = rng_below(luck, 6);
    move.table = (uint8_t)rng_below(luck, host->tables);
    move.issue = (uint8_t)rng_below(luck, host->issues);
    move.option = (uint8_t)rng_below(luck, host->issue[move.issue].options);
    move.offer = 1 + rng_below(luck, 30);
    if (kind == 0) move.kind = NP_RULE_OUT;
    if (kind == 1) move.kind = NP_ACCEPT;
    if (host->menu_limit > 1) move.packages = (uint8_t)(1 + rng_below(luck, 2));
    for (uint8_t k = 0; k < move.packages; k++)
        for (uint8_t issue = 0; issue < NP_MAX_ISSUES; issue++)
            move.menu[k].option[issue] = issue < host->issues
                                             ? (uint8_t)rng_below(luck, host->issue[issue].options)
                                             : NP_NO_OPTION;
    if (move.kind == NP_ACCEPT) move.packages = move.package = 0;
    return move;
}

static bool answered(void *context, const Grant *grant, Answer *answer, Error *error) {
    static Reply reply[MOST_REPLIES];
    House *house = context;
    (void)error;
    if (answer->replies > MOST_REPLIES) return true;
    memcpy(reply, answer->reply, answer->replies * sizeof *reply);
    for (uint32_t i = 0; i < answer->replies; i++) {
        reply[i].moves = rng_below(&house->luck, 3);
        for (uint32_t k = 0; k < reply[i].moves; k++)
            reply[i].move[k] = any_move(house, &house->seat[grant->seat].own.host);
    }
    answer->reply = reply;
    return true;
}

/* --- the runs --- */

static uint32_t compare(const Seat *seat, uint64_t seed) {
    uint32_t costly = 0;
    /* What it was never told of, it never reckoned with. */
    assert_true(seat->expected.entries <= seat->charged.entries);
    for (uint32_t i = 0; i < seat->expected.entries; i++) {
        if (seat->expected.cost[i] != seat->charged.cost[i])
            fail_msg("seed %llu, event %llu: expected %lld, charged %lld", (unsigned long long)seed,
                     (unsigned long long)seat->charged.event[i], (long long)seat->expected.cost[i],
                     (long long)seat->charged.cost[i]);
        costly += seat->charged.cost[i] != 0;
    }
    return costly;
}

static void a_seat_reckons_with_what_the_referee_charges(void **state) {
    (void)state;
    House *house = memory_new(1, sizeof *house);
    uint32_t costly = 0, behind_doors = 0;
    for (uint64_t seed = 0; seed < RUNS; seed++) {
        Generated generated = theatre_generate_world(seed);
        Verdict verdict;
        memset(house, 0, sizeof *house);
        house->luck = rng_stream(rng_key(seed, "audience"));
        Watcher watcher = {house, happened, briefed, asked, answered, NULL};
        BrokerRun run = {.run = 1,
                         .negotiation = generated.negotiation,
                         .seed = seed,
                         .strategy = generated.strategy};
        theatre_play(&run, 1, 1, &watcher, &verdict);
        for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) {
            Seat *it = &house->seat[seat];
            costly += compare(it, seed);
            if (it->open) host_close(&it->own);
            inverse_cache_finish(&it->cache);
        }
        behind_doors += house->behind_doors;
        theatre_discard(&generated);
    }
    assert_true(costly > 100);
    assert_true(behind_doors > 100);
    memory_free(house);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seat_reckons_with_what_the_referee_charges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
