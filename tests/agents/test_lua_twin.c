/* The same strategy in C and in Lua, asked the same: the same moves, byte for byte. */
#include <stdio.h>
#include <string.h>

#include "agents/repertoire.h"
#include "core/referee/referee.h"
#include "tests/fixtures/worlds.h"

#include "scene.h"

#define SCRIPT NONPAPER_SOURCE_DIR "/tests/agents/scripts/time_dependent.lua"

typedef struct Twins {
    Repertoire *repertoire;
    Player *built_in[NP_MAX_SEATS], *script[NP_MAX_SEATS];
    uint64_t offers, acceptances, rejections, withdrawals; /* made in all */
} Twins;

static void twins_open(Twins *twins) {
    Error error = {0};
    memset(twins, 0, sizeof *twins);
    twins->repertoire = repertoire_create(TRUST_SCRIPTS);
    if (!repertoire_load(twins->repertoire, SCRIPT, &error)) fail_msg("%s", error.text);
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) {
        twins->built_in[seat] = player_create(NULL);
        twins->script[seat] = player_create(twins->repertoire);
    }
}

static void twins_close(Twins *twins) {
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) {
        player_destroy(twins->built_in[seat]);
        player_destroy(twins->script[seat]);
    }
    repertoire_destroy(twins->repertoire);
}

static void count(Twins *twins, const Answer *answer) {
    for (uint32_t i = 0; i < answer->replies; i++)
        for (uint32_t k = 0; k < answer->reply[i].moves; k++) {
            uint8_t kind = answer->reply[i].move[k].kind;
            twins->offers += kind == NP_OFFER;
            twins->acceptances += kind == NP_ACCEPT;
            twins->rejections += kind == NP_REJECT;
            twins->withdrawals += kind == NP_WITHDRAW;
        }
}

static void ask_both(Twins *twins, Referee *referee, const Grant *grant) {
    Answer answer, twin;
    Error error = {0};
    assert_true(player_obey(twins->built_in[grant->seat], grant, &answer, NULL));
    if (!player_obey(twins->script[grant->seat], grant, &twin, &error)) fail_msg("%s", error.text);
    assert_int_equal(twin.replies, answer.replies);
    assert_memory_equal(twin.reply, answer.reply, answer.replies * sizeof *answer.reply);
    count(twins, &answer);
    assert_true(referee_answer(referee, &answer, NULL));
}

static void hold(Twins *twins, Negotiation *negotiation, uint64_t seed, const char *arguments) {
    char built_in[64], script[512];
    Referee *referee = referee_create();
    referee_open(referee, negotiation, seed, 1);
    snprintf(built_in, sizeof built_in, "boulware(%s)", arguments);
    snprintf(script, sizeof script, SCRIPT "(%s)", arguments);
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++) {
        Brief brief = referee_brief(referee, seat, built_in);
        Error error = {0};
        assert_true(player_open_run(twins->built_in[seat], &brief, NULL));
        brief.strategy = script;
        if (!player_open_run(twins->script[seat], &brief, &error)) fail_msg("%s", error.text);
    }
    while (referee_advance(referee)) {
        uint32_t grants;
        const Grant *grant = referee_grants(referee, &grants);
        for (uint32_t i = 0; i < grants; i++) ask_both(twins, referee, &grant[i]);
    }
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++) {
        player_close_run(twins->built_in[seat], 1);
        player_close_run(twins->script[seat], 1);
    }
    referee_destroy(referee);
    fixture_finish(negotiation);
}

static void at_any_table_the_twins_move_alike(void **state) {
    (void)state;
    static const char *const arguments[] = {"e=0.2", "e=1, every=3", "e=0.5, k=0.2, every=30"};
    Twins twins;
    twins_open(&twins);
    for (uint64_t seed = 0; seed < 60; seed++) {
        hold(&twins, fixture_random(seed), seed, arguments[seed % 3]);
        for (size_t i = 0; mechanisms[i] != NULL; i++)
            hold(&twins, fixture_anything(mechanisms[i], seed), seed, arguments[seed % 3]);
    }
    assert_true(twins.offers > 1000 && twins.acceptances > 100 && twins.rejections > 100);
    twins_close(&twins);
}

static void in_any_world_the_twins_move_alike(void **state) {
    (void)state;
    Twins twins;
    twins_open(&twins);
    for (uint64_t seed = 0; seed < 400; seed++) hold(&twins, fixture_world(seed), seed, "e=0.7");

    assert_true(twins.offers > 100 && twins.withdrawals > 10);
    twins_close(&twins);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_any_table_the_twins_move_alike),
        cmocka_unit_test(in_any_world_the_twins_move_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
