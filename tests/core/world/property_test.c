/* Over worlds that nobody would write: values stay finite, within bounds and whole; the same seed gives the
 * same bits; a copy goes on as the original would. And one world's bits, for every compiler. */
#include <float.h>

#include "tests/core/world/small_world.h"

enum { WORLDS = 400, STEPS = 60 };

static SmallWorld small;
static char ids[NP_MAX_VARIABLES][4];

static double odd_number(Rng *rng) {
    static const double odd[] = {0, 1, -1, 1e-9, 9e9, -9e9, 1e300, -1e300, DBL_MAX, 0.3};
    if (rng_below(rng, 4) == 0) return odd[rng_below(rng, sizeof odd / sizeof *odd)];
    return 20 * rng_unit(rng) - 10;
}

static Form odd_form(Rng *rng, uint32_t readable) {
    Form form = {.kind = (uint8_t)rng_below(rng, FORM_LOTTERY + 1)};
    form.terms = (uint8_t)(readable == 0 ? 0 : rng_below(rng, FORM_MAX_TERMS + 1));
    for (uint8_t i = 0; i < form.terms; i++) {
        form.variable[i] = (uint8_t)rng_below(rng, readable);
        form.coefficient[i] = odd_number(rng);
    }
    form.constant = odd_number(rng);
    form.least = odd_number(rng);
    form.most = odd_number(rng);
    form.midpoint = odd_number(rng);
    form.slope = odd_number(rng);
    return form;
}

static void odd_variable(Rng *rng, uint8_t v, uint32_t variables) {
    VariableModel *model = &small.model.dynamics[v];
    ids[v][0] = (char)('a' + v / 26);
    ids[v][1] = (char)('a' + v % 26);
    small.variable[v] = (Variable){.id = ids[v], .title = ids[v], .unit = ""};
    small.variable[v].start = odd_number(rng);
    model->kind = (uint8_t)rng_below(rng, 3);
    model->least = odd_number(rng);
    model->most = odd_number(rng);
    model->drift = odd_form(rng, variables);
    model->form = odd_form(rng, v);
    model->noise = rng_below(rng, 2) ? odd_number(rng) : 0;
    model->error = odd_number(rng);
    model->notice = odd_number(rng);
    for (int i = 0; i < 4; i++) model->input[i] = odd_number(rng);
}

static void odd_world(Rng *rng) {
    small_begin(&small);
    small.model.tick = 1 + rng_below(rng, 10 * SIM_DAY);
    uint32_t variables = 1 + rng_below(rng, NP_MAX_VARIABLES);
    small.model.variables = (uint8_t)variables;
    for (uint8_t v = 0; v < variables; v++) odd_variable(rng, v, variables);
}

static void odd_push(Rng *rng) {
    Consequence consequence = {.kind = (uint8_t)rng_below(rng, 2),
                               .variable = (uint8_t)rng_below(rng, small.model.variables)};
    consequence.amount = odd_number(rng);
    consequence.lasting = rng_below(rng, 3) ? 1 + rng_below(rng, 100 * SIM_DAY) : 0;
    double scale = odd_number(rng);
    world_apply(&small.world, &consequence, scale, 2 + rng_below(rng, 1000));
    small.in_force.option[0] = (uint8_t)rng_below(rng, 4);
    world_refresh(&small.world, &small.in_force, 2 + rng_below(rng, 1000));
}

static void assert_sound(const World *world) {
    for (uint8_t v = 0; v < small.model.variables; v++) {
        const VariableModel *model = &small.model.dynamics[v];
        double value = world->value[v];
        assert_true(value >= -9e9 && value <= 9e9);
        if (model->least < model->most) {
            double slack = value < 1e6 && value > -1e6 ? 1e-9 : 1e-6;
            assert_true(value >= model->least - slack || value == 9e9);
            assert_true(value <= model->most + slack || value == -9e9);
        }
        if (value < 0x1p21 && value > -0x1p21) assert_same(value, world_round(value, 1e-9));
        assert_true(world->cause[v] >= OPENING && world->cause[v] < 1002);
        double seen = world_sight(world, 1, v, 0, "a", value);
        assert_true(seen >= -9e9 && seen <= 9e9);
    }
}

static void assert_equal_worlds(const World *a, const World *b) {
    assert_true(a->now == b->now);
    assert_int_equal(a->drifts, b->drifts);
    for (uint8_t v = 0; v < small.model.variables; v++) {
        assert_memory_equal(&a->value[v], &b->value[v], sizeof(double));
        assert_memory_equal(&a->told[v], &b->told[v], sizeof(double));
        assert_true(a->cause[v] == b->cause[v]);
    }
}

static void play(Rng *rng, int steps) {
    for (int i = 0; i < steps; i++) {
        if (rng_below(rng, 3) == 0) odd_push(rng);
        world_tick(&small.world, &small.in_force);
        world_notices(&small.world);
        assert_sound(&small.world);
    }
}

static void every_world_stays_sound_and_repeats_itself(void **state) {
    (void)state;
    static World half_way, once;
    for (uint64_t seed = 0; seed < WORLDS; seed++) {
        Rng rng = rng_stream(rng_key(seed, "worlds"));
        odd_world(&rng);
        small_open(&small, seed);
        assert_sound(&small.world);
        Rng from_the_start = rng;
        play(&rng, STEPS / 2);
        half_way = small.world;
        Rng from_half_way = rng;
        Outcome in_force = small.in_force;
        play(&rng, STEPS / 2);
        once = small.world;

        small.world = half_way; /* the copy goes on */
        small.in_force = in_force;
        play(&from_half_way, STEPS / 2);
        assert_equal_worlds(&small.world, &once);

        small.in_force = (Outcome){{0}};
        small_open(&small, seed); /* and all again */
        play(&from_the_start, STEPS);
        assert_equal_worlds(&small.world, &once);
    }
}

static void golden_model(void) {
    small_begin(&small);
    uint8_t front = small_state(&small, "front", 0.5, 0.001);
    uint8_t losses = small_noisy(&small, "losses", 700, 0.5);
    uint8_t supply = small_noisy(&small, "supply", 1, 0.02);
    uint8_t aid = small_input(&small, "aid", 0, 0.4);
    uint8_t balance = small_derived(&small, "balance",
                                    (Form){.kind = FORM_LINEAR,
                                           .terms = 3,
                                           .variable = {front, supply, aid},
                                           .coefficient = {1.5, -0.7, -1},
                                           .constant = 0.1});
    uint8_t chance = small_derived(&small, "chance",
                                   (Form){.kind = FORM_LOGISTIC,
                                          .terms = 1,
                                          .variable = {balance},
                                          .coefficient = {1},
                                          .least = 0.2,
                                          .most = 0.8,
                                          .slope = 3});
    uint8_t pain = small_derived(&small, "pain",
                                 (Form){.kind = FORM_SATURATING,
                                        .terms = 1,
                                        .variable = {losses},
                                        .coefficient = {1},
                                        .most = 0.5,
                                        .midpoint = 900});
    uint8_t stake = small_derived(&small, "stake",
                                  (Form){.kind = FORM_EXPONENTIAL,
                                         .terms = 1,
                                         .variable = {losses},
                                         .coefficient = {0.001},
                                         .least = 0.3,
                                         .most = 1,
                                         .slope = 0.7});
    small_derived(&small, "war",
                  (Form){.kind = FORM_LOTTERY, .terms = 3, .variable = {chance, stake, pain}});
    small.model.dynamics[losses].drift = form_of(chance, 2);
    small.model.dynamics[supply].most = 2;
    small.model.dynamics[losses].error = 20;
}

/* A change here changes every recorded run that has a world. */
static void the_bits_are_the_same_for_ever(void **state) {
    (void)state;
    static const double golden[] = {
        0x1.bae147ae147aep-1, 0x1.04fd2585bc7e3p+10, 0x1.55b70b8d856ccp+0, 0x1.999999999999ap-2,
        0x1.028d4124402edp-4, 0x1.0e800f265bp-1,     0x1.12f5206ccbcap-2,  0x1.462ef69ebe82cp-1,
        0x1.16ce49e946efcp-4, 0x1.02fe4389572c3p+10, 0x1.8ca734p+25};
    golden_model();
    uint8_t shock = small_shock(&small, "pipeline");
    small.model.shock[shock].every = 90 * SIM_DAY;
    small_open(&small, 2025);
    small_ticks(&small, 100);
    small.in_force.option[0] = 1;
    world_refresh(&small.world, &small.in_force, 5);
    world_apply(&small.world,
                &(Consequence){.kind = CONSEQUENCE_DRIFT,
                               .variable = 2,
                               .amount = -0.003,
                               .lasting = 30 * SIM_DAY + 1},
                0.7, 6);
    small_ticks(&small, 265);
    for (uint8_t v = 0; v < small.model.variables; v++)
        assert_same(small.world.value[v], golden[v]);
    assert_same(world_sight(&small.world, 2025, 1, 0, "north", small.world.value[1]), golden[9]);
    assert_same((double)world_next_shock(&small.world, shock, 0), golden[10]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_world_stays_sound_and_repeats_itself),
        cmocka_unit_test(the_bits_are_the_same_for_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
