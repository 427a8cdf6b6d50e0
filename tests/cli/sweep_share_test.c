/* What came of the runs of a cell, counted by hand: which row a run falls in, and how cells compare. */
#include "cli/sweep_share.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static Domain two_issues(void) {
    static const char *const places[] = {"mill", "mill_race", "market"};
    static const char *const money[] = {"a", "b"};
    Domain domain = {.issues = 2};
    domain.issue[0] = (Issue){.id = "place", .options = 3, .option = places};
    domain.issue[1] = (Issue){.id = "cost", .options = 2, .option = money};
    return domain;
}

static void a_run_falls_in_one_row(void **state) {
    (void)state;
    Domain domain = two_issues();
    OutcomeRow run = {.kind = VERDICT_AGREEMENT,
                      .agreement = "{\"place\":\"mill_race\",\"cost\":\"b\"}"};
    assert_int_equal(share_code(&domain, 0, &run), 1);
    assert_int_equal(share_code(&domain, 1, &run), 1);
    assert_int_equal(share_code(&domain, NP_NO_OPTION, &run), 0);
    run.agreement = "{\"cost\":\"a\"}"; /* silent on the place */
    assert_int_equal(share_code(&domain, 0, &run), SHARE_OTHER);
    run = (OutcomeRow){.kind = VERDICT_BREAKDOWN, .reason = REASON_DEADLINE};
    assert_int_equal(share_code(&domain, 0, &run), 3);
    assert_int_equal(share_code(&domain, NP_NO_OPTION, &run), SHARE_OTHER);
    run.reason = REASON_AGENT_FAULT;
    assert_int_equal(share_code(&domain, 0, &run), SHARE_MISSING);
}

/* Ten pairs, one of them incomplete on either side: in row 1 both twice, here only five times, there only once. */
static void cells_are_compared_run_by_run(void **state) {
    (void)state;
    Domain domain = two_issues();
    ShareTable table = share_table(&domain, 0, 2);
    uint8_t first[] = {1, 1, 1, 0, 0, 2, 2, 3, SHARE_MISSING, 1};
    uint8_t other[] = {1, 1, 0, 1, 1, 1, 1, 1, 1, SHARE_MISSING};
    ShareCodes there = {first, 10}, here = {other, 10};
    share_reckon(&table, 0, &there, NULL);
    share_reckon(&table, 1, &here, &there);
    share_correct(&table, 2);
    const ShareNumbers *row = &table.number[table.rows + 1];
    assert_int_equal(table.rows, 4);
    assert_int_equal(row->hits, 8);
    assert_int_equal(row->runs, 9);
    assert_true(row->difference.estimate == 0.5); /* 7/8 - 3/8 */
    assert_true(row->p == 14.0 / 64);             /* 2 (1 + 6) / 2^6 */
    assert_true(row->p_holm > row->p);
    assert_int_equal(table.number[1].hits, 4);
    assert_true(table.number[1].p != table.number[1].p);
    share_table_finish(&table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_falls_in_one_row),
        cmocka_unit_test(cells_are_compared_run_by_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
