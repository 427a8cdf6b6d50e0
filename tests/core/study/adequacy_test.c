#include "core/study/adequacy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/study/proportion.h"

static bool says(const Adequacy *adequacy, const char *word) {
    for (uint32_t i = 0; i < adequacy->count; i++)
        if (strcmp(adequacy->warning[i].word, word) == 0) return true;
    return false;
}

static const char *sentence(const Adequacy *adequacy, const char *word) {
    for (uint32_t i = 0; i < adequacy->count; i++)
        if (strcmp(adequacy->warning[i].word, word) == 0) return adequacy->warning[i].sentence;
    return "";
}

static void runs_without_a_result_are_told(void **state) {
    (void)state;
    Adequacy adequacy = {0};
    adequacy_of_runs(&adequacy, 100, 100);
    assert_int_equal(adequacy.count, 0);
    adequacy_of_runs(&adequacy, 97, 100);
    assert_string_equal(sentence(&adequacy, "incomplete"),
                        "3 of 100 runs have no result; what is said is said of the other 97, which "
                        "may be the easier ones.");
    adequacy_of_runs(&adequacy, 0, 100);
    assert_true(says(&adequacy, "no_runs"));
}

/* Hanley and Lippman-Hand 1983: 0 of 14: at most 0.193 (there 19.3 %); 0 of 100: 0.030. */
static void nothing_happened_yet(void **state) {
    (void)state;
    Adequacy fourteen = {0}, hundred = {0}, all = {0}, some = {0};
    adequacy_of_proportion(&fourteen, 0, 14, STUDY_Z95, 0.3);
    assert_string_equal(
        sentence(&fourteen, "rule_of_three"),
        "It did not happen in 14 runs; that does not mean never: its share may be as high as "
        "0.193 (95 %, one-sided).");
    adequacy_of_proportion(&hundred, 0, 100, STUDY_Z95, 0.3);
    assert_non_null(strstr(sentence(&hundred, "rule_of_three"), "0.030"));
    adequacy_of_proportion(&all, 100, 100, STUDY_Z95, 0.3);
    assert_non_null(strstr(sentence(&all, "rule_of_three"), "as low as 0.970"));
    adequacy_of_proportion(&some, 1, 14, STUDY_Z95, 0.3);
    assert_false(says(&some, "rule_of_three"));
}

/* What the sentence asks for is enough, and one run less is not. */
static void how_many_runs_a_width_takes(void **state) {
    (void)state;
    Adequacy few = {0}, enough = {0}, one_less = {0};
    adequacy_of_proportion(&few, 20, 40, STUDY_Z95, 0.05);
    assert_non_null(strstr(sentence(&few, "wide_proportion"), "within 0.148 only"));
    assert_non_null(strstr(sentence(&few, "wide_proportion"), "381 runs"));
    Interval wilson = proportion_wilson(190, 380, STUDY_Z95);
    assert_true((wilson.most - wilson.least) / 2 > 0.05);
    adequacy_of_proportion(&one_less, 190, 380, STUDY_Z95, 0.05);
    assert_true(says(&one_less, "wide_proportion"));
    adequacy_of_proportion(&enough, 190, 381, STUDY_Z95, 0.05);
    assert_int_equal(enough.count, 0);
}

static void a_bootstrap_needs_replicates_that_reach_out(void **state) {
    (void)state;
    Adequacy enough = {0}, few = {0}, more = {0};
    adequacy_of_bootstrap(&enough, 1000, &(Bootstrap){39, 0.95, {{0, 0}}});
    assert_int_equal(enough.count, 0);
    adequacy_of_bootstrap(&few, 1000, &(Bootstrap){38, 0.95, {{0, 0}}});
    assert_string_equal(sentence(&few, "few_replicates"),
                        "38 bootstrap replicates do not reach out to 95 %; at least 39 do.");
    adequacy_of_bootstrap(&more, 1000, &(Bootstrap){100, 0.995, {{0, 0}}});
    assert_non_null(strstr(sentence(&more, "few_replicates"), "99.5 %; at least 399"));
}

/* 2^(1-5) = 0.0625 > 0.05 >= 2^(1-6). */
static void five_values_hold_no_median_with_95_percent(void **state) {
    (void)state;
    Adequacy five = {0}, six = {0}, none = {0};
    adequacy_of_bootstrap(&five, 5, &(Bootstrap){999, 0.95, {{0, 0}}});
    assert_true(says(&five, "no_bootstrap") && !says(&five, "narrow_bootstrap"));
    assert_non_null(strstr(sentence(&five, "no_bootstrap"), "at least 6 "));
    adequacy_of_bootstrap(&six, 6, &(Bootstrap){999, 0.95, {{0, 0}}});
    assert_true(!says(&six, "no_bootstrap") && says(&six, "narrow_bootstrap"));
    adequacy_of_bootstrap(&none, 0, &(Bootstrap){999, 0.95, {{0, 0}}});
    assert_int_equal(none.count, 0);
}

/* Student's t at 0.975: 2.262 with 9 degrees of freedom, 2.571 with 5: sqrt(9/10) 1.960/2.262 = 0.822,
 * sqrt(5/6) 1.960/2.571 = 0.696; with 34, 2.032: sqrt(34/35) 1.960/2.032 = 0.951, and with 33, 2.035:
 * sqrt(33/34) 1.960/2.035 = 0.949. */
static void how_much_too_narrow(void **state) {
    (void)state;
    Adequacy ten = {0}, six = {0}, before = {0}, after = {0};
    Bootstrap bootstrap = {999, 0.95, {{0, 0}}};
    adequacy_of_bootstrap(&ten, 10, &bootstrap);
    assert_non_null(strstr(sentence(&ten, "narrow_bootstrap"), "by about 17.8 %"));
    adequacy_of_bootstrap(&six, 6, &bootstrap);
    assert_non_null(strstr(sentence(&six, "narrow_bootstrap"), "by about 30.4 %"));
    adequacy_of_bootstrap(&before, 34, &bootstrap);
    assert_true(says(&before, "narrow_bootstrap"));
    adequacy_of_bootstrap(&after, 35, &bootstrap);
    assert_int_equal(after.count, 0);
}

/* 1,000 samples of `count` normal values: how many of their intervals for the mean hold 0. */
static int held_of_1000(uint32_t count) {
    int held = 0;
    for (uint64_t study = 0; study < 1000; study++) {
        double sample[60];
        Rng rng = rng_stream(rng_key(study, "coverage/mean"));
        for (uint32_t i = 0; i < count; i++) sample[i] = rng_normal(&rng);
        Interval interval =
            mean_bootstrap(sample, count, &(Bootstrap){199, 0.95, rng_key(study, "bootstrap")});
        held += interval.least <= 0 && 0 <= interval.most;
    }
    return held;
}

/* By the rule above 10 values hold with 2.262 * 0.822 = 1.859 standard errors: 0.904 of Student's distribution.
 * Binomial standard deviations: 9.3 and 6.9. */
static void the_warning_is_warranted_and_its_absence_too(void **state) {
    (void)state;
    assert_in_range(held_of_1000(10), 904 - 28, 904 + 28);
    assert_in_range(held_of_1000(60), 945 - 21, 945 + 21);
}

static void pairs(void **state) {
    (void)state;
    Adequacy fine = {0}, gaps = {0}, none = {0}, few = {0};
    adequacy_of_pairs(&fine, 100, 100, 6, 0.95);
    assert_int_equal(fine.count, 0);
    adequacy_of_pairs(&gaps, 98, 100, 50, 0.95);
    assert_true(says(&gaps, "incomplete_pairs") && gaps.count == 1);
    adequacy_of_pairs(&few, 100, 100, 5, 0.95);
    assert_non_null(strstr(sentence(&few, "few_pairs"), "Only 5 of 100 pairs differ"));
    assert_non_null(strstr(sentence(&few, "few_pairs"), "(6 are needed)"));
    adequacy_of_pairs(&none, 0, 100, 0, 0.95);
    assert_true(says(&none, "no_pairs") && none.count == 1);
}

static void regressions_and_indices(void **state) {
    (void)state;
    Adequacy none = {0}, few = {0}, fine = {0}, wide = {0}, unknown = {0};
    adequacy_of_regression(&none, 6, 5);
    assert_true(says(&none, "no_regression"));
    adequacy_of_regression(&few, 49, 5);
    assert_true(says(&few, "few_rows") && few.count == 1);
    Adequacy two = {0}, three = {0};
    adequacy_of_words(&two, 2);
    adequacy_of_words(&three, 3);
    assert_true(says(&three, "no_order") && two.count == 0);
    adequacy_of_regression(&fine, 50, 5);
    adequacy_of_indices(&fine, 1024, 0.05, 0.05);
    assert_int_equal(fine.count, 0);
    adequacy_of_indices(&wide, 128, 0.2, 0.05);
    assert_non_null(strstr(sentence(&wide, "wide_indices"), "2048 rows"));
    adequacy_of_indices(&unknown, 128, __builtin_nan(""), 0.05);
    assert_true(says(&unknown, "no_indices"));
}

/* With the greatest numbers that a study may have. */
static void no_sentence_is_cut_short(void **state) {
    (void)state;
    Adequacy adequacy = {0};
    uint64_t many = UINT64_C(1000000000000);
    adequacy_of_runs(&adequacy, many - 1, many);
    adequacy_of_proportion(&adequacy, 0, many, 1e6, 0.1);
    adequacy_of_proportion(&adequacy, many, many, STUDY_Z95, 0.1);
    adequacy_of_bootstrap(&adequacy, 30, &(Bootstrap){3, 0.999, {{0, 0}}});
    adequacy_of_bootstrap(&adequacy, 5, &(Bootstrap){UINT32_MAX, 0.995, {{0, 0}}});
    adequacy_of_pairs(&adequacy, many - 1, many, 3, 0.995);
    adequacy_of_regression(&adequacy, many, 2 * many);
    adequacy_of_regression(&adequacy, many, many / 2);
    adequacy_of_indices(&adequacy, many, 0.5, 0.1);
    assert_true(adequacy.count == 12 && adequacy.dropped == 0);
    for (uint32_t i = 0; i < adequacy.count; i++) {
        size_t length = strlen(adequacy.warning[i].sentence);
        assert_int_equal(adequacy.warning[i].sentence[length - 1], '.');
    }
}

static void what_has_no_room_is_counted(void **state) {
    (void)state;
    Adequacy adequacy = {0};
    for (int i = 0; i < ADEQUACY_WARNINGS + 3; i++) adequacy_of_runs(&adequacy, 0, 1);
    assert_int_equal(adequacy.count, ADEQUACY_WARNINGS);
    assert_int_equal(adequacy.dropped, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_without_a_result_are_told),
        cmocka_unit_test(nothing_happened_yet),
        cmocka_unit_test(how_many_runs_a_width_takes),
        cmocka_unit_test(a_bootstrap_needs_replicates_that_reach_out),
        cmocka_unit_test(five_values_hold_no_median_with_95_percent),
        cmocka_unit_test(how_much_too_narrow),
        cmocka_unit_test(the_warning_is_warranted_and_its_absence_too),
        cmocka_unit_test(pairs),
        cmocka_unit_test(regressions_and_indices),
        cmocka_unit_test(no_sentence_is_cut_short),
        cmocka_unit_test(what_has_no_room_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
