#include "core/study/design.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/digest.h"
#include "core/base/rng.h"

enum { MOST = DESIGN_MOST_FACTORS };

static Arena arena;

static int open_arena(void **state) {
    (void)state;
    arena_init(&arena);
    return 0;
}

static int close_arena(void **state) {
    (void)state;
    arena_finish(&arena);
    return 0;
}

/* Factors as texts, up to a NULL. */
typedef struct Plan {
    DesignKind kind;
    uint64_t points, seed;
    const char *text[MOST + 1];
} Plan;

static Factor factor[MOST]; /* of the plan that was opened last */

static uint32_t parse(const Plan *plan, Factor *out) {
    uint32_t count = 0;
    Error error = {0};
    for (; plan->text[count] != NULL; count++)
        if (!factor_parse(&out[count], plan->text[count], &arena, &error))
            fail_msg("%s", error.text);
    return count;
}

static Design *opened(const Plan *plan) {
    Error error = {0};
    Factor *own = arena_new(&arena, sizeof factor);
    uint32_t count = parse(plan, own);
    memcpy(factor, own, sizeof factor);
    Design *design = design_create(plan->kind, own, count, plan->points, plan->seed, &error);
    if (design == NULL) fail_msg("%s", error.text);
    return design;
}

static char *settings(const Design *design, uint64_t cell, uint64_t repetition) {
    Text out = {0};
    design_settings(design, cell, repetition, true, &out);
    char *copy = arena_text(&arena, text_get(&out), out.length);
    text_finish(&out);
    return copy;
}

/* What a cell's settings give a path. */
static char *value(const Design *design, uint64_t cell, uint64_t repetition, const char *path) {
    char *all = settings(design, cell, repetition), key[128];
    snprintf(key, sizeof key, "\"%s=", path);
    char *from = strstr(all, key);
    assert_non_null(from);
    from += strlen(key);
    *strchr(from, '"') = '\0';
    return from;
}

/* --- grid --- */

static void a_grid_has_every_combination_the_last_factor_fastest(void **state) {
    (void)state;
    static const char *const expected[] = {"[\"a=1\",\"s.b=x\"]", "[\"a=1\",\"s.b=y\"]",
                                           "[\"a=1\",\"s.b=z\"]", "[\"a=2\",\"s.b=x\"]",
                                           "[\"a=2\",\"s.b=y\"]", "[\"a=2\",\"s.b=z\"]"};
    Design *design = opened(&(Plan){DESIGN_GRID, 0, 1, {"a=1,2", "s.b=x,y,z"}});
    assert_int_equal(design_cells(design), 6);
    for (uint64_t cell = 0; cell < 6; cell++)
        assert_string_equal(settings(design, cell, 3), expected[cell]);
    assert_true(design_number(design, 4, 0) == 2 && design_number(design, 4, 1) == 1);
    design_destroy(design);
}

static void nothing_varied_is_one_cell(void **state) {
    (void)state;
    Design *design = opened(&(Plan){DESIGN_GRID, 0, 1, {NULL}});
    assert_int_equal(design_cells(design), 1);
    assert_string_equal(settings(design, 0, 0), "[]");
    design_destroy(design);
}

static void what_has_no_levels_is_drawn_once_a_repetition(void **state) {
    (void)state;
    Plan plan = {DESIGN_GRID, 0, 1, {"a=1,2,3", "x=0:1", "w=rank(p > q)"}};
    Design *design = opened(&plan);
    assert_int_equal(design_cells(design), 3);
    const char *x = value(design, 0, 0, "x"), *w = value(design, 0, 0, "w");
    assert_string_equal(value(design, 2, 0, "x"), x);
    assert_string_equal(value(design, 2, 0, "w"), w);
    assert_string_not_equal(value(design, 0, 1, "x"), x);
    assert_string_not_equal(value(design, 0, 1, "w"), w);
    assert_true(design_number(design, 0, 1) != design_number(design, 0, 1)); /* NaN */
    Text out = {0};
    design_settings(design, 1, 0, false, &out);
    assert_string_equal(text_get(&out), "[\"a=2\"]");
    text_finish(&out);
    design_destroy(design);
}

/* Levels 0, 1, … of a few factors. Returns how many cells that makes. */
static uint32_t random_levels(Rng *rng, Plan *plan, uint32_t levels[MOST]) {
    uint32_t count = rng_below(rng, 6), cells = 1;
    for (uint32_t f = 0; f < count; f++) {
        char text[64];
        levels[f] = 1 + rng_below(rng, 4);
        cells *= levels[f];
        if (levels[f] == 1)
            snprintf(text, sizeof text, "f%u=0", f);
        else
            snprintf(text, sizeof text, "f%u=0:%u:1", f, levels[f] - 1);
        plan->text[f] = arena_text(&arena, text, strlen(text));
    }
    return cells;
}

/* The combination that a cell is, as one number; numbers and settings must agree on it. */
static uint32_t combination(const Design *design, uint64_t cell, const uint32_t *levels,
                            uint32_t factors) {
    uint32_t place = 0;
    for (uint32_t f = 0; f < factors; f++) {
        char path[16];
        snprintf(path, sizeof path, "f%u", f);
        double number = design_number(design, cell, f);
        assert_true(number >= 0 && number < levels[f]);
        assert_true(strtod(value(design, cell, 0, path), NULL) == number);
        place = place * levels[f] + (uint32_t)number;
    }
    return place;
}

static void grids_of_all_shapes_have_every_combination_once(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(1, "shapes"));
    for (int round = 0; round < 100; round++) {
        Plan plan = {DESIGN_GRID, 0, (uint64_t)round, {NULL}};
        uint32_t levels[MOST], factors = 0;
        uint32_t cells = random_levels(&rng, &plan, levels);
        while (plan.text[factors] != NULL) factors++;
        Design *design = opened(&plan);
        uint8_t *seen = memory_new(cells, 1);
        assert_int_equal(design_cells(design), cells);
        for (uint64_t cell = 0; cell < cells; cell++)
            assert_int_equal(seen[combination(design, cell, levels, factors)]++, 0);
        memory_free(seen);
        design_destroy(design);
    }
}

/* A level is the level with its number, however many there are: no rounding leads to its neighbour. */
static void the_longest_list_of_levels_is_hit_exactly(void **state) {
    (void)state;
    Design *design = opened(&(Plan){DESIGN_GRID, 0, 1, {"a=0:9999:1"}});
    for (uint64_t cell = 0; cell < 10000; cell += 7)
        assert_true(strtod(value(design, cell, 0, "a"), NULL) == (double)cell);
    design_destroy(design);
}

/* --- luck --- */

/* Reckoned apart from this program: BLAKE2b and Philox after their definitions, in another language. */
static void seeds_are_what_the_equation_says(void **state) {
    (void)state;
    assert_true(study_seed(1, 0) == UINT64_C(6467949072149276751));
    assert_true(study_seed(1, 1) == UINT64_C(310119266767326010));
    assert_true(study_seed(1, 999) == UINT64_C(1636327536321677528));
    assert_true(study_seed(2, 0) == UINT64_C(3261312317519987529));
    assert_true(study_seed(INT64_MAX, UINT64_C(1000000000000000000)) ==
                UINT64_C(8450220677531642736));
}

static void draws_are_what_the_streams_say(void **state) {
    (void)state;
    Design *design = opened(&(Plan){DESIGN_GRID, 0, 1, {"a=1,2", "x.y=0:1", "w=rank(p > q)"}});
    assert_true(strtod(value(design, 0, 0, "x.y"), NULL) == 0.44863907302614425);
    assert_true(strtod(value(design, 1, 7, "x.y"), NULL) == 0.1986902700012605);
    const double unit[] = {0.6917636732635951, 0.539134506773912};
    Text expected = {0};
    factor_setting(&factor[2], unit, &expected);
    assert_string_equal(value(design, 1, 7, "w"), text_get(&expected) + strlen("w="));
    text_finish(&expected);
    design_destroy(design);
}

static void points_of_a_hypercube_are_what_the_streams_say(void **state) {
    (void)state;
    static const double expected[] = {0.8097597493284407, 0.7977924051633873, 0.17207247923026137,
                                      0.5384754978167899, 0.3472287214760294};
    Design *design = opened(&(Plan){DESIGN_LHS, 5, 1, {"x.y=0:1"}});
    for (uint64_t cell = 0; cell < 5; cell++)
        assert_true(design_number(design, cell, 0) == expected[cell]);
    design_destroy(design);
}

/* --- the order of factors, other factors, other repetitions --- */

static const char *const three[] = {"x.y=0:1", "w=rank(p > q > r)", "t=30d:90d"};

/* The values of one path in every cell of some repetitions, one after another. */
static char *draws_of(const Plan *plan, const char *path) {
    Design *design = opened(plan);
    Text all = {0};
    for (uint64_t r = 0; r < 3; r++)
        for (uint64_t cell = 0; cell < design_cells(design); cell++)
            text_addf(&all, "%s ", value(design, cell, r, path));
    char *copy = arena_text(&arena, text_get(&all), all.length);
    text_finish(&all);
    design_destroy(design);
    return copy;
}

static void other_factors_and_their_order_change_no_draw(void **state) {
    (void)state;
    static const char *const path[] = {"x.y", "w", "t"};
    static const struct {
        DesignKind kind;
        uint64_t points;
    } kinds[] = {{DESIGN_GRID, 0}, {DESIGN_LHS, 17}};
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < 3; i++) {
            Plan alone = {kinds[k].kind, kinds[k].points, 5, {three[i]}};
            Plan first = {kinds[k].kind, kinds[k].points, 5, {three[i], three[(i + 1) % 3]}};
            Plan last = {kinds[k].kind,
                         kinds[k].points,
                         5,
                         {three[(i + 2) % 3], three[(i + 1) % 3], three[i]}};
            const char *draws = draws_of(&alone, path[i]);
            assert_string_equal(draws_of(&first, path[i]), draws);
            assert_string_equal(draws_of(&last, path[i]), draws);
        }
}

static void cells_asked_in_any_order_say_the_same(void **state) {
    (void)state;
    for (DesignKind kind = DESIGN_GRID; kind <= DESIGN_SOBOL; kind++) {
        Plan plan = {kind, kind == DESIGN_GRID ? 0 : 8, 3, {"a=1,2,3", three[0], three[1]}};
        Design *forward = opened(&plan), *backward = opened(&plan);
        uint64_t cells = design_cells(forward);
        char *said[64];
        for (uint64_t cell = 0; cell < cells; cell++) said[cell] = settings(forward, cell, 4);
        for (uint64_t cell = cells; cell-- > 0;)
            assert_string_equal(settings(backward, cell, 4), said[cell]);
        design_destroy(forward);
        design_destroy(backward);
    }
}

static void repetitions_of_a_point_differ_in_their_seed_alone(void **state) {
    (void)state;
    for (DesignKind kind = DESIGN_LHS; kind <= DESIGN_SOBOL; kind++) {
        Design *design = opened(&(Plan){kind, 8, 3, {three[0], three[1]}});
        for (uint64_t cell = 0; cell < design_cells(design); cell++)
            assert_string_equal(settings(design, cell, 0), settings(design, cell, 1));
        design_destroy(design);
    }
    assert_true(study_seed(3, 0) != study_seed(3, 1));
}

/* --- Latin hypercubes --- */

/* Of every dimension, each of n equal strata has one point. */
static void a_hypercube_has_every_stratum_once(void **state) {
    (void)state;
    enum { POINTS = 1000 };
    Design *design = opened(&(Plan){DESIGN_LHS, POINTS, 9, {"x=0:1", "y=-1:1", "z=0:1000"}});
    static const double least[] = {0, -1, 0}, width[] = {1, 2, 1000};
    assert_int_equal(design_cells(design), POINTS);
    for (uint32_t f = 0; f < 3; f++) {
        uint8_t seen[POINTS] = {0};
        for (uint64_t cell = 0; cell < POINTS; cell++) {
            double unit = (design_number(design, cell, f) - least[f]) / width[f];
            assert_int_equal(seen[(int)(unit * POINTS + 1e-9)]++, 0);
        }
    }
    design_destroy(design);
}

/* Where they are paired is chance: the correlation of two dimensions is small, and so is that within strata. */
static void dimensions_of_a_hypercube_are_paired_by_chance(void **state) {
    (void)state;
    enum { POINTS = 10000 };
    Design *design = opened(&(Plan){DESIGN_LHS, POINTS, 11, {"x=0:1", "y=0:1"}});
    double across = 0, within = 0;
    for (uint64_t cell = 0; cell < POINTS; cell++) {
        double x = design_number(design, cell, 0), y = design_number(design, cell, 1);
        double u = x * POINTS - (int)(x * POINTS), v = y * POINTS - (int)(y * POINTS);
        across += 12 * (x - 0.5) * (y - 0.5) / POINTS;
        within += 12 * (u - 0.5) * (v - 0.5) / POINTS;
    }
    assert_true(across < 0.04 && across > -0.04); /* four standard deviations */
    assert_true(within < 0.04 && within > -0.04);
    design_destroy(design);
}

static void levels_of_a_hypercube_are_as_often_as_can_be(void **state) {
    (void)state;
    Design *design = opened(&(Plan){DESIGN_LHS, 12, 9, {"s=p,q,r", "x=0:1"}});
    int often[3] = {0};
    for (uint64_t cell = 0; cell < 12; cell++) often[(int)design_number(design, cell, 0)]++;
    assert_true(often[0] == 4 && often[1] == 4 && often[2] == 4);
    design_destroy(design);
}

/* --- Sobol' designs in Saltelli's arrangement --- */

static void a_factor_of_ab_comes_from_b_and_the_others_from_a(void **state) {
    (void)state;
    static const char *const path[] = {"x.y", "s", "w"};
    Design *design =
        opened(&(Plan){DESIGN_SOBOL, 16, 1, {"x.y=0:1", "s=a,b,c", "w=rank(p > q = r > s)"}});
    assert_int_equal(design_cells(design), 16 * 5);
    for (uint64_t row = 0; row < 16; row++)
        for (uint64_t i = 0; i < 3; i++)
            for (uint64_t f = 0; f < 3; f++) {
                uint64_t from = row * 5 + (i == f ? 1 : 0);
                assert_string_equal(value(design, row * 5 + 2 + i, 0, path[f]),
                                    value(design, from, 0, path[f]));
                assert_true(design_number(design, row * 5 + 2 + i, (uint32_t)f) ==
                            design_number(design, from, (uint32_t)f));
            }
    assert_string_not_equal(value(design, 0, 0, "x.y"), value(design, 1, 0, "x.y"));
    design_destroy(design);
}

/* Reckoned apart from this program, from the recurrence of the directions and the definition of the streams. */
static void points_of_a_sobol_design_are_the_shifted_sequence(void **state) {
    (void)state;
    Design *design = opened(&(Plan){DESIGN_SOBOL, 8, 1, {"x.y=0:1", "z=0:1"}});
    static const double expected[2][4] = {
        {0.9053561884576494, 0.9367775764131848, 0.994332344257248, 0.3575209211594538},
        {0.030356188457649425, 0.06177757641318482, 0.869332344257248, 0.23252092115945378}};
    for (int i = 0; i < 2; i++)
        for (uint32_t f = 0; f < 2; f++) {
            uint64_t row = i == 0 ? 0 : 5;
            assert_true(design_number(design, row * 4, f) == expected[i][f]);
            assert_true(design_number(design, row * 4 + 1, f) == expected[i][2 + f]);
        }
    design_destroy(design);
}

/* The shift keeps the strata: of A and of B alike. */
static void shifted_points_still_fill_their_strata(void **state) {
    (void)state;
    enum { ROWS = 256 };
    Design *design = opened(&(Plan){DESIGN_SOBOL, ROWS, 21, {"x=0:1", "y=0:1", "z=0:1"}});
    for (uint32_t f = 0; f < 3; f++)
        for (uint64_t half = 0; half < 2; half++) {
            uint8_t seen[ROWS] = {0};
            for (uint64_t row = 0; row < ROWS; row++)
                assert_int_equal(seen[(int)(design_number(design, row * 5 + half, f) * ROWS)]++, 0);
        }
    design_destroy(design);
}

/* --- shards --- */

static void shards_part_the_jobs_and_each_sees_every_cell(void **state) {
    (void)state;
    enum { CELLS = 7, REPETITIONS = 12 };
    for (uint32_t shards = 1; shards <= 6; shards++) {
        for (uint32_t s = 0; s < shards; s++)
            for (uint64_t cell = 0; cell < CELLS; cell++) {
                uint32_t plays = 0;
                for (uint64_t r = 0; r < REPETITIONS; r++)
                    plays += shard_plays((Shard){s, shards}, cell, r);
                assert_true(plays >= REPETITIONS / shards);
            }
        for (uint64_t cell = 0; cell < CELLS; cell++)
            for (uint64_t r = 0; r < REPETITIONS; r++) {
                uint32_t players = 0;
                for (uint32_t s = 0; s < shards; s++)
                    players += shard_plays((Shard){s, shards}, cell, r);
                assert_int_equal(players, 1);
            }
    }
    assert_true(shard_plays((Shard){2, 3}, UINT64_MAX, 2)); /* 2^64 - 1 is a multiple of 3 */
}

/* --- the plan --- */

static char *plan_of(const Plan *plan, const char *hash, const char *base) {
    Design *design = opened(plan);
    Text out = {0};
    design_plan(design, hash, base, &out);
    char *copy = arena_text(&arena, text_get(&out), out.length);
    text_finish(&out);
    design_destroy(design);
    return copy;
}

static const char golden[] =
    "{\"schema\":\"nonpaper.plan/"
    "1\",\"scenario\":\"00ff\",\"design\":\"grid\",\"points\":0,\"seed\":1,"
    "\"factors\":[{\"path\":\"a\",\"levels\":[\"0\",\"0.5\",\"1\"]},"
    "{\"path\":\"x.y\",\"least\":0,\"most\":1},"
    "{\"path\":\"t\",\"least\":2592000,\"most\":7776000,\"unit\":\"s\"},"
    "{\"path\":\"w\",\"rank\":\"p > q = r > s, t\"}],\"settings\":[\"time.deadline=9d\"]}";

static void the_plan_is_written_as_it_always_was(void **state) {
    (void)state;
    Plan plan = {
        DESIGN_GRID, 0, 1, {"a=0:1:0.5", "x.y=0:1", "t=30d:90d", "w=rank(p > q = r > s, t)"}};
    const char *said = plan_of(&plan, "00ff", "[\"time.deadline=9d\"]");
    char hex[DIGEST_HEX];
    Digest digest = digest_of(said, strlen(said));
    assert_string_equal(said, golden);
    assert_string_equal(digest_hex(hex, &digest),
                        "57da352933fd3765b46f41b887b8f78ba639ccacab5771cd26bc79145e9b99ba");
}

static void the_plan_holds_values_and_not_their_spelling(void **state) {
    (void)state;
    Plan steps = {DESIGN_GRID, 0, 1, {"a=0:1:0.5", "x.y=0:1", "t=30d:90d", "w=rank(p>q=r>s,t)"}};
    Plan list = {DESIGN_GRID,
                 0,
                 1,
                 {"a= 0, 0.5,1", "x.y=0.0:1e0", "t=30d:90d", "w=rank( p > q = r > s , t )"}};
    assert_string_equal(plan_of(&list, "0", "[]"), plan_of(&steps, "0", "[]"));
}

static void whatever_changes_results_changes_the_plan(void **state) {
    (void)state;
    Plan base = {DESIGN_LHS, 4, 1, {"a=1,2", "b=0:1"}};
    Plan other[] = {
        {DESIGN_LHS, 4, 2, {"a=1,2", "b=0:1"}},   {DESIGN_LHS, 5, 1, {"a=1,2", "b=0:1"}},
        {DESIGN_SOBOL, 4, 1, {"a=1,2", "b=0:1"}}, {DESIGN_LHS, 4, 1, {"a=2,1", "b=0:1"}},
        {DESIGN_LHS, 4, 1, {"b=0:1", "a=1,2"}},   {DESIGN_LHS, 4, 1, {"a=1,2", "b=0,1"}},
        {DESIGN_LHS, 4, 1, {"a=1,2", "c=0:1"}},   {DESIGN_LHS, 4, 1, {"a=1,2"}},
        {DESIGN_LHS, 4, 1, {"a=1,2", "b=0s:1s"}}};
    Plan equal = {DESIGN_GRID, 0, 1, {"w=rank(p = q)"}},
         silent = {DESIGN_GRID, 0, 1, {"w=rank(p, q)"}};
    assert_string_not_equal(plan_of(&equal, "0", "[]"), plan_of(&silent, "0", "[]"));
    const char *said = plan_of(&base, "0", "[]");
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
        assert_string_not_equal(plan_of(&other[i], "0", "[]"), said);
    assert_string_not_equal(plan_of(&base, "1", "[]"), said);
    assert_string_not_equal(plan_of(&base, "0", "[\"c=1\"]"), said);
}

/* --- what is refused --- */

static const struct {
    Plan plan;
    const char *complaint;
} wrong[] = {
    {{DESIGN_GRID, 0, 1, {"a=1,2", "a=3"}}, "a is varied twice"},
    {{DESIGN_GRID, 0, 1, {"s.w.x=1,2", "s.w={x: 1}"}},
     "s.w.x and s.w are both varied, and one lies within the other"},
    {{DESIGN_GRID, 5, 1, {"a=1,2"}},
     "a grid has as many points as its levels make; none can be asked for"},
    {{DESIGN_LHS, 0, 1, {"a=0:1"}}, "design lhs: how many points?"},
    {{DESIGN_SOBOL, 0, 1, {"a=0:1"}}, "design sobol: how many points?"},
    {{DESIGN_SOBOL, 8, 1, {NULL}}, "design sobol: there is nothing to vary"},
    {{DESIGN_GRID, 0, 1, {"a=1:5000:1", "b=1:5000:1"}}, "these are more than 16777216 cells"},
    {{DESIGN_LHS, 1 << 25, 1, {"a=0:1"}}, "these are more than 16777216 cells"},
    {{DESIGN_SOBOL, UINT64_MAX, 1, {"a=0:1"}}, "these are more than 16777216 cells"},
    {{DESIGN_LHS, 1 << 24, 1, {"a=0:1", "b=0:1", "c=0:1", "d=0:1", "e=0:1"}},
     "design lhs: 16777216 points in 5 dimensions; at most 67108864 in all"},
};

static void what_cannot_be_is_refused(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const Plan *plan = &wrong[i].plan;
        Error error = {0};
        uint32_t count = parse(plan, factor);
        assert_null(design_create(plan->kind, factor, count, plan->points, 1, &error));
        assert_int_equal(error.kind, ERROR_USAGE);
        assert_string_equal(error.text, wrong[i].complaint);
    }
    design_destroy(NULL);
}

static void paths_that_only_look_alike_are_two(void **state) {
    (void)state;
    Design *design = opened(&(Plan){DESIGN_GRID, 0, 1, {"s.us=1,2", "s.usa=1,2"}});
    assert_int_equal(design_cells(design), 4);
    design_destroy(design);
}

/* Thirty-two rankings of five: 160 dimensions, of which two times as many are not in the table. */
static void dimensions_of_the_sequence_are_counted(void **state) {
    (void)state;
    Error error = {0};
    Factor many[MOST + 1];
    for (int i = 0; i <= MOST; i++) {
        char text[64];
        int length = snprintf(text, sizeof text, "s%d=rank(a > b > c > d > e)", i);
        assert_true(
            factor_parse(&many[i], arena_text(&arena, text, (size_t)length), &arena, &error));
    }
    assert_null(design_create(DESIGN_SOBOL, many, 26, 4, 1, &error));
    assert_non_null(strstr(error.text, "130 dimensions, of which the sequence has 128"));
    Error none = {0};
    Design *design = design_create(DESIGN_SOBOL, many, 25, 4, 1, &none);
    assert_non_null(design);
    design_destroy(design);
    assert_null(design_create(DESIGN_GRID, many, MOST + 1, 0, 1, &none));
    assert_string_equal(none.text, "at most 32 values can be varied");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_grid_has_every_combination_the_last_factor_fastest),
        cmocka_unit_test(nothing_varied_is_one_cell),
        cmocka_unit_test(what_has_no_levels_is_drawn_once_a_repetition),
        cmocka_unit_test(grids_of_all_shapes_have_every_combination_once),
        cmocka_unit_test(the_longest_list_of_levels_is_hit_exactly),
        cmocka_unit_test(seeds_are_what_the_equation_says),
        cmocka_unit_test(draws_are_what_the_streams_say),
        cmocka_unit_test(points_of_a_hypercube_are_what_the_streams_say),
        cmocka_unit_test(other_factors_and_their_order_change_no_draw),
        cmocka_unit_test(cells_asked_in_any_order_say_the_same),
        cmocka_unit_test(repetitions_of_a_point_differ_in_their_seed_alone),
        cmocka_unit_test(a_hypercube_has_every_stratum_once),
        cmocka_unit_test(dimensions_of_a_hypercube_are_paired_by_chance),
        cmocka_unit_test(levels_of_a_hypercube_are_as_often_as_can_be),
        cmocka_unit_test(a_factor_of_ab_comes_from_b_and_the_others_from_a),
        cmocka_unit_test(points_of_a_sobol_design_are_the_shifted_sequence),
        cmocka_unit_test(shifted_points_still_fill_their_strata),
        cmocka_unit_test(shards_part_the_jobs_and_each_sees_every_cell),
        cmocka_unit_test(the_plan_is_written_as_it_always_was),
        cmocka_unit_test(the_plan_holds_values_and_not_their_spelling),
        cmocka_unit_test(whatever_changes_results_changes_the_plan),
        cmocka_unit_test(what_cannot_be_is_refused),
        cmocka_unit_test(paths_that_only_look_alike_are_two),
        cmocka_unit_test(dimensions_of_the_sequence_are_counted),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
