/* What a strategy's host knows: it follows the appraisals, the world, the status quo, commitments and
 * beliefs, and costs nothing where there is none of it. */
#include <string.h>

#include "agents/host.h"
#include "core/base/memory.h"
#include "core/base/real.h"
#include "scene.h"

/* The security scene with a world, a lever, types and enforcement around it; the seat is UKR. */
typedef struct Stage {
    Scene scene;
    Durability durability;
    Variable variable[2];
    Lever lever[1];
    SeatType type[2];
    const SeatType *library[NP_MAX_SEATS];
    Brief brief;
    InverseCache cache;
    SeatHost own;
} Stage;

enum { HAWK, DOVE };

static void add_types(Stage *stage) {
    for (int type = HAWK; type <= DOVE; type++) {
        stage->type[type].prior = 0.5;
        stage->type[type].profile = stage->scene.profile;
        stage->type[type].profile.red_lines = 0;
    }
    memset(stage->type[HAWK].profile.value, 0, sizeof stage->type[HAWK].profile.value);
    for (uint8_t option = 0; option < 4; option++)
        stage->type[HAWK].profile.value[0][option] = option * UTILITY_ONE / 3;
    stage->library[RUS] = stage->type;
    stage->scene.terms.seat[RUS].types = 2;
    stage->brief.library = stage->library;
}

/* Norway holds for sure, nearly; neutrality does not at all. */
static void add_durability(Stage *stage) {
    stage->durability = (Durability){.base = 0.05, .shape = 0.8, .discount = 0.95, .horizon = 10};
    for (uint8_t option = 0; option < 4; option++)
        stage->durability.effect[0][option] = (2 * option - 3) * UTILITY_ONE;
    durability_settle(&stage->durability);
    stage->scene.terms.durability = &stage->durability;
    stage->scene.profile.durability = &stage->durability;
}

static void add_world(Stage *stage) {
    stage->variable[0] = (Variable){"supply", "", "", 0.75, seat_bit(UKR)};
    stage->variable[1] = (Variable){"reserves", "", "", 0.5, seat_bit(RUS)};
    stage->lever[0] = (Lever){.id = "aid", .seat = USA, .start = 1, .most = 1};
    Terms *terms = &stage->scene.terms;
    terms->variables = 2;
    terms->variable = stage->variable;
    terms->levers = 1;
    terms->lever = stage->lever;
    terms->audience_base = utility_from(0.02);
    terms->audience_step = utility_from(0.01);
}

static void set_up(Stage *stage) {
    memset(stage, 0, sizeof *stage);
    scene_security(&stage->scene, 3);
    stage->scene.terms.levers = 0;
    stage->brief = (Brief){.run = 1,
                           .seat = UKR,
                           .terms = &stage->scene.terms,
                           .profile = &stage->scene.profile,
                           .luck = rng_key(1, "strategy/ukraine")};
}

static const Host *open_host(Stage *stage) {
    host_open(&stage->own, &stage->brief, &stage->cache);
    return &stage->own.host;
}

static void strike(Stage *stage) {
    host_close(&stage->own);
    inverse_cache_finish(&stage->cache);
    scene_close(&stage->scene);
}

static void hear(Stage *stage, Observation seen) {
    host_observe(&stage->own, &seen);
}

static void appraise(Stage *stage, Aspect aspect, double amount) {
    hear(stage,
         (Observation){
             .kind = NP_EVENT_APPRAISAL, .seat = UKR, .word = (uint8_t)aspect, .amount = amount});
}

static bool near(double a, double b) {
    return a - b < 2e-9 && b - a < 2e-9;
}

/* --- nothing to know --- */

static void without_a_world_there_is_nothing_to_know(void **state) {
    (void)state;
    static Stage stage;
    set_up(&stage);
    const Host *host = open_host(&stage);
    Outcome package = deal(0, 0);
    assert_null(stage.own.notebook);
    assert_int_equal(host->tables, 1);
    assert_int_equal(host->levers + host->variables, 0);
    assert_int_equal(host->mediator, NP_NO_SEAT);
    assert_true(host->durability(host, &package) == 1);
    assert_true(host->audience_cost(host, &package) == 0);
    assert_int_equal(host->types(host, RUS), 1);
    assert_true(host->belief(host, RUS, 0) == 1 && host->belief(host, RUS, 1) == 0);
    assert_true(host->seen(host, 0) != host->seen(host, 0));
    assert_true(host->level(host, 0) != host->level(host, 0));
    double unknown = host->type_utility(host, RUS, 0, &package);
    assert_true(unknown != unknown);
    hear(&stage, (Observation){.kind = NP_EVENT_RULE_OUT, .seat = UKR, .issue = 0, .option = 1});
    assert_null(stage.own.notebook);
    strike(&stage);
}

static void the_table_is_shown_as_it_is(void **state) {
    (void)state;
    static Stage stage;
    set_up(&stage);
    add_world(&stage);
    Mechanism mediated = mechanism_open_table;
    mediated.mediated = true;
    stage.scene.terms.mechanism = &mediated;
    stage.scene.terms.mediator = USA;
    stage.scene.terms.closed_tables = 1;
    stage.scene.terms.table[1].id = "riyadh";
    const Host *host = open_host(&stage);
    assert_int_equal(host->mediator, USA);
    assert_int_equal(host->tables, 2);
    assert_string_equal(host->table[1].id, "riyadh");
    assert_string_equal(host->lever[0].id, "aid");
    assert_string_equal(host->variable[1].id, "reserves");
    strike(&stage);
}

/* --- own numbers --- */

static void the_reservation_is_followed_at_no_cost(void **state) {
    (void)state;
    static Stage stage;
    set_up(&stage);
    const Host *host = open_host(&stage);
    appraise(&stage, NP_ASPECT_RESERVATION, 0.123456789);
    assert_true(host->reservation(host) == 0.123456789);
    assert_false(stage.own.stale);
    assert_true(stage.scene.profile.reservation ==
                utility_from(0.3)); /* the lender's is untouched */
    strike(&stage);
}

static void a_deal_is_worth_less_where_its_peace_may_break(void **state) {
    (void)state;
    static Stage stage;
    set_up(&stage);
    add_durability(&stage);
    const Host *host = open_host(&stage);
    Outcome package = deal(2, 0), partial = deal(2, NP_NO_OPTION);
    double share = durability_share(&stage.durability, UTILITY_ONE);
    assert_true(host->durability(host, &package) == share);
    assert_true(near(host->utility(host, &package), 0.7 * share));
    assert_true(near(host->utility(host, &partial), 0.3));
    appraise(&stage, NP_ASPECT_AFTERMATH, 0.2);
    assert_true(near(host->utility(host, &package), 0.2 + 0.5 * share));
    appraise(&stage, NP_ASPECT_HAZARD, -1);
    share = durability_share(&stage.durability, 0);
    assert_true(host->durability(host, &package) == share);
    assert_true(near(host->utility(host, &package), 0.2 + 0.5 * share));
    strike(&stage);
}

/* What the least deal above a target is depends on the hazard, and on what is left if the peace breaks. */
static void the_search_follows_the_appraisals(void **state) {
    (void)state;
    static Stage stage;
    set_up(&stage);
    add_durability(&stage);
    const Host *host = open_host(&stage);
    for (int step = -4; step <= 4; step++) {
        appraise(&stage, NP_ASPECT_HAZARD, step * 0.5);
        appraise(&stage, NP_ASPECT_AFTERMATH, step * 0.1);
        for (Utility tenth = 1; tenth < 10; tenth++) {
            double target = utility_real(tenth * UTILITY_ONE / 10);
            Outcome found;
            double least = 2;
            for (uint8_t security = 0; security < 3; security++)
                for (uint8_t line = 0; line < 3; line++) {
                    Outcome package = deal(security, line);
                    double worth = host->utility(host, &package);
                    if (worth >= target && worth < least) least = worth;
                }
            assert_int_equal(host->at_least(host, target, &found), least < 2);
            if (least < 2) assert_true(host->utility(host, &found) == least);
        }
    }
    strike(&stage);
}

static void a_worn_red_line_weighs_less(void **state) {
    (void)state;
    static Stage stage;
    set_up(&stage);
    stage.scene.profile.red_line[0] =
        (RedLine){.when = {.terms = 1, .issue = {1}, .options = {1}}, .penalty = utility_from(0.3)};
    const Host *host = open_host(&stage);
    Outcome hold = deal(0, 0), swap = deal(0, 1), best;
    assert_true(near(host->utility(host, &hold), 0.7));
    assert_true(host->best(host, &best) && !memcmp(&best, &swap, sizeof best));
    appraise(&stage, NP_ASPECT_EROSION, 0.5);
    assert_true(near(host->utility(host, &hold), 0.85));
    assert_true(host->best(host, &best) && !memcmp(&best, &hold, sizeof best));
    strike(&stage);
}

static void equal_appraisals_share_a_ranking_and_few_are_kept(void **state) {
    (void)state;
    static Stage stage;
    set_up(&stage);
    add_durability(&stage);
    const Host *host = open_host(&stage);
    Outcome best;
    for (int step = 0; step < 200; step++) {
        appraise(&stage, NP_ASPECT_HAZARD, step * 0.02);
        assert_true(host->best(host, &best));
        assert_true(stage.cache.count <= INVERSE_CACHE_IDLE + 1);
    }
    uint64_t before = memory_allocations();
    for (int step = 0; step < 200; step++) {
        appraise(&stage, NP_ASPECT_HAZARD, 3.96 + 0.02 * (step % 2));
        assert_true(host->best(host, &best));
    }
    for (int step = 0; step < 200; step++) appraise(&stage, NP_ASPECT_HAZARD, step * 0.01);
    assert_int_equal(memory_allocations(), before); /* who does not ask does not pay */
    strike(&stage);
}

/* --- the world --- */

static void a_seat_sees_what_it_is_told(void **state) {
    (void)state;
    static Stage stage;
    set_up(&stage);
    add_world(&stage);
    const Host *host = open_host(&stage);
    assert_null(stage.own.notebook);
    assert_true(host->seen(host, 0) == 0.75);
    assert_true(host->seen(host, 1) != host->seen(host, 1));
    assert_true(host->level(host, 0) == 1);
    hear(&stage, (Observation){.kind = NP_EVENT_WORLD, .seat = NP_NO_SEAT, .amount = 0.7});
    assert_true(host->seen(host, 0) == 0.7);
    assert_true(host->level(host, 0) == 1);
    hear(&stage, (Observation){.kind = NP_EVENT_LEVER, .seat = USA, .amount = 0.25});
    assert_true(host->level(host, 0) == 0.25);
    hear(&stage, (Observation){.kind = NP_EVENT_LEVER, .seat = USA, .subject = 31, .amount = 9});
    hear(&stage, (Observation){.kind = NP_EVENT_WORLD, .subject = 63, .amount = 9});
    assert_true(host->seen(host, 0) == 0.7 && host->level(host, 0) == 0.25);
    strike(&stage);
}

static void the_status_quo_may_move_and_move_again(void **state) {
    (void)state;
    static Stage stage;
    set_up(&stage);
    const Host *host = open_host(&stage);
    for (uint8_t option = 0; option < 3; option++) {
        hear(&stage,
             (Observation){.kind = NP_EVENT_STATUS_QUO, .seat = USA, .issue = 1, .option = option});
        Outcome best, expected = deal(0, option), other = deal(1, (uint8_t)((option + 1) % 3));
        assert_true(host->best(host, &best));
        assert_memory_equal(&best, &expected, sizeof best);
        assert_false(host->acceptable(host, &other));
        Outcome partial = deal(0, NP_NO_OPTION);
        assert_true(near(host->utility(host, &partial), host->utility(host, &expected)));
    }
    hear(&stage, (Observation){.kind = NP_EVENT_STATUS_QUO, .issue = 31, .option = 0});
    hear(&stage, (Observation){.kind = NP_EVENT_STATUS_QUO, .issue = 0, .option = 31});
    strike(&stage);
}

/* --- commitments --- */

static void rule_out(Stage *stage, SeatId seat, uint8_t issue, uint8_t option) {
    hear(stage,
         (Observation){.kind = NP_EVENT_RULE_OUT, .seat = seat, .issue = issue, .option = option});
}

static void say(Stage *stage, uint8_t kind, uint8_t table, uint8_t packages, const Outcome *menu) {
    Observation seen = {.kind = kind, .seat = UKR, .table = table, .packages = packages};
    memcpy(seen.menu, menu, packages * sizeof *menu);
    hear(stage, seen);
}

static void charge(Stage *stage, SeatId seat, double amount) {
    hear(stage, (Observation){.kind = NP_EVENT_AUDIENCE_COST, .seat = seat, .amount = amount});
}

static void a_broken_word_costs_once(void **state) {
    (void)state;
    static Stage stage;
    set_up(&stage);
    add_world(&stage);
    const Host *host = open_host(&stage);
    Outcome israel = deal(1, 0), cede = deal(1, 2), clean = deal(0, 0);
    rule_out(&stage, RUS, 0, 0);
    assert_true(host->audience_cost(host, &clean) == 0);
    rule_out(&stage, UKR, 0, 1);
    assert_true(near(host->audience_cost(host, &israel), 0.02 + 0.01));
    rule_out(&stage, UKR, 1, 2);
    assert_true(near(host->audience_cost(host, &israel), 0.02 + 2 * 0.01));
    assert_true(near(host->audience_cost(host, &cede), 2 * (0.02 + 2 * 0.01)));
    hear(&stage, (Observation){.kind = NP_EVENT_OFFER, .seat = RUS, .packages = 1, .menu = {cede}});
    assert_true(near(host->audience_cost(host, &cede), 2 * (0.02 + 2 * 0.01)));
    say(&stage, NP_EVENT_ACCEPTANCE, 0, 1, &israel);
    assert_true(near(host->audience_cost(host, &israel), 0.04));
    charge(&stage, UKR, 0.04);
    assert_true(host->audience_cost(host, &israel) == 0);
    assert_true(near(host->audience_cost(host, &cede), 0.02 + 2 * 0.01));
    say(&stage, NP_EVENT_OFFER, 0, 2, (const Outcome[]){clean, cede});
    charge(&stage, UKR, 0.04);
    assert_true(host->audience_cost(host, &cede) == 0);
    strike(&stage);
}

/* Behind closed doors it is kept, and as dear at the public table as before, until it comes out. */
static void what_is_broken_behind_closed_doors_costs_when_it_comes_out(void **state) {
    (void)state;
    static Stage stage;
    set_up(&stage);
    add_world(&stage);
    const Host *host = open_host(&stage);
    Outcome israel = deal(1, 0), cede = deal(0, 2), both = deal(1, 2);
    rule_out(&stage, UKR, 0, 1);
    rule_out(&stage, UKR, 1, 2);
    say(&stage, NP_EVENT_OFFER, 1, 1, &both);
    assert_true(near(host->audience_cost(host, &both), 0.08));
    charge(&stage, RUS, 0.08);
    assert_true(near(host->audience_cost(host, &both), 0.08));
    /* Another's words, and what it concludes: the one package of the two that is known to all. */
    say(&stage, NP_EVENT_OFFER, 1, 2, (const Outcome[]){israel, cede});
    charge(&stage, UKR, 0.04);
    assert_true(near(host->audience_cost(host, &both), 0.08));
    hear(&stage, (Observation){.kind = NP_EVENT_ACCORD,
                               .seat = NP_NO_SEAT,
                               .seats = 7,
                               .packages = 1,
                               .menu = {cede}});
    assert_true(host->audience_cost(host, &cede) == 0);
    assert_true(near(host->audience_cost(host, &israel), 0.04));
    /* A leak is told to the others alone; the charge follows the words at once. */
    say(&stage, NP_EVENT_ACCEPTANCE, 1, 1, &israel);
    assert_true(near(host->audience_cost(host, &israel), 0.04));
    charge(&stage, UKR, 0.04);
    assert_true(host->audience_cost(host, &both) == 0);
    strike(&stage);
}

/* --- beliefs --- */

static void offers_move_beliefs_and_own_types_are_known(void **state) {
    (void)state;
    static Stage stage;
    set_up(&stage);
    add_types(&stage);
    stage.library[UKR] = stage.type;
    stage.scene.terms.seat[UKR].types = 2;
    const Host *host = open_host(&stage);
    assert_int_equal(host->types(host, RUS), 2);
    assert_int_equal(host->types(host, USA), 1);
    assert_true(host->belief(host, RUS, HAWK) == 0.5);
    Outcome neutrality = deal(3, 0), norway = deal(0, 0);
    assert_true(near(host->type_utility(host, RUS, HAWK, &neutrality), 1));
    assert_true(near(host->type_utility(host, RUS, DOVE, &norway), 1));
    Observation seen = {.kind = NP_EVENT_OFFER, .seat = RUS, .packages = 1, .menu = {neutrality}};
    hear(&stage, seen);
    double hawk = host->belief(host, RUS, HAWK);
    assert_true(hawk > 0.5);
    assert_true(near(hawk + host->belief(host, RUS, DOVE), 1));
    seen.kind = NP_EVENT_LEAK;
    seen.refused = NP_EVENT_STATEMENT;
    hear(&stage, seen);
    assert_true(host->belief(host, RUS, HAWK) == hawk);
    seen.refused = NP_EVENT_OFFER; /* a leaked offer is an offer */
    hear(&stage, seen);
    assert_true(host->belief(host, RUS, HAWK) > hawk);
    seen = (Observation){.kind = NP_EVENT_OFFER, .seat = UKR, .packages = 1, .menu = {neutrality}};
    hear(&stage, seen); /* its own offers tell a seat nothing */
    assert_true(host->belief(host, UKR, HAWK) == 0.5);
    appraise(&stage, NP_ASPECT_TYPE, 1);
    assert_true(host->belief(host, UKR, DOVE) == 1 && host->belief(host, UKR, HAWK) == 0);
    strike(&stage);
}

/* Two seats' beliefs, in whatever run, come from the same reference set. */
static void the_same_offers_give_the_same_beliefs(void **state) {
    (void)state;
    static Stage stage[2];
    for (int i = 0; i < 2; i++) {
        set_up(&stage[i]);
        add_types(&stage[i]);
        stage[i].brief.luck = rng_key((uint64_t)i, "strategy/whoever");
        stage[i].brief.seat = i == 0 ? UKR : USA;
        open_host(&stage[i]);
        for (uint8_t line = 0; line < 3; line++)
            hear(&stage[i],
                 (Observation){
                     .kind = NP_EVENT_OFFER, .seat = RUS, .packages = 1, .menu = {deal(2, line)}});
    }
    const Host *a = &stage[0].own.host, *b = &stage[1].own.host;
    assert_true(a->belief(a, RUS, HAWK) == b->belief(b, RUS, HAWK));
    strike(&stage[0]);
    strike(&stage[1]);
}

/* norway-hold 1, norway-swap 0.8, norway-cede 0.6, ... neutrality is never acceptable. */
static void the_packages_are_walked_and_listed_from_the_best_down(void **state) {
    (void)state;
    static const double worths[] = {1, 0.85, 0.8, 0.7, 0.65, 0.6, 0.5, 0.45, 0.3};
    Stage stage;
    set_up(&stage);
    const Host *host = open_host(&stage);
    Outcome at, band[4];
    for (int i = 0; i < 9; i++) {
        assert_true(host->next_best(host, i ? &at : NULL, &at));
        assert_true(host->utility(host, &at) == worths[i]);
    }
    assert_false(host->next_best(host, &at, &at));
    at.option[0] = 200;
    assert_false(host->next_best(host, &at, &at));
    assert_int_equal(host->between(host, 0.6, 0.8, band, 4), 4);
    assert_true(host->utility(host, &band[0]) == 0.8 && host->utility(host, &band[3]) == 0.6);
    assert_int_equal(host->between(host, 0.6, 0.8, band, 2), 2);
    assert_int_equal(host->between(host, 0.9, 0.95, band, 4), 0);
    strike(&stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_world_there_is_nothing_to_know),
        cmocka_unit_test(the_table_is_shown_as_it_is),
        cmocka_unit_test(the_reservation_is_followed_at_no_cost),
        cmocka_unit_test(a_deal_is_worth_less_where_its_peace_may_break),
        cmocka_unit_test(the_search_follows_the_appraisals),
        cmocka_unit_test(a_worn_red_line_weighs_less),
        cmocka_unit_test(equal_appraisals_share_a_ranking_and_few_are_kept),
        cmocka_unit_test(a_seat_sees_what_it_is_told),
        cmocka_unit_test(the_status_quo_may_move_and_move_again),
        cmocka_unit_test(a_broken_word_costs_once),
        cmocka_unit_test(what_is_broken_behind_closed_doors_costs_when_it_comes_out),
        cmocka_unit_test(offers_move_beliefs_and_own_types_are_known),
        cmocka_unit_test(the_same_offers_give_the_same_beliefs),
        cmocka_unit_test(the_packages_are_walked_and_listed_from_the_best_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
