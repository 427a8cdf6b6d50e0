/* The queries that docs/record.md shows run as they stand there, and answer. */
#include "tests/core/record/study_sample.h"

#include <stdio.h>
#include <string.h>

static Text read_page(void) {
    Text page = {0};
    char line[1024];
    FILE *file = fopen(NONPAPER_SOURCE_DIR "/docs/record.md", "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) text_add(&page, line);
    fclose(file);
    return page;
}

/* Run 1 has a world, run 2 has none; a study of some repetitions, and a job that failed. */
static void sample_write_worldly(const char *path) {
    Error error = {0};
    Record *record = record_open(path, &error);
    assert_good(record, error);
    sample_write_world(record, 41);
    sample_write_run(record, 42);
    study_begin(record);
    for (uint64_t job = 0; job < 4 * STUDY_CELLS; job++)
        study_record(record, 1, job % STUDY_CELLS, job / STUDY_CELLS);
    assert_good(record_failure(record, 1, 0, 4, "it hangs", &error), error);
    record_close(record);
}

static void every_query_of_the_page_answers(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    sample_write_worldly(path);
    Text page = read_page();
    int queries = 0;
    for (char *at = page.bytes; (at = strstr(at, "```sql\n")); queries++) {
        char *end = strstr(at += 7, "```");
        assert_non_null(end);
        *end = '\0';
        const char *said = sample_query(path, at);
        if (said[0] == '\0' || strncmp(said, "error", 5) == 0) fail_msg("%s%s", at, said);
        at = end + 3;
    }
    text_finish(&page);
    assert_int_equal(queries, 15);
}

static void the_page_names_every_column(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    sample_write(path, 1);
    Text page = read_page(), columns = {0};
    text_add(&columns,
             sample_query(path, "SELECT DISTINCT c.name FROM pragma_table_list t"
                                " JOIN pragma_table_info(t.name) c"
                                " WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite%'"));
    int count = 0;
    for (char *name = strtok(columns.bytes, "\n"); name; name = strtok(NULL, "\n"), count++)
        if (!strstr(page.bytes, name)) fail_msg("column %s is not documented", name);
    text_finish(&page);
    text_finish(&columns);
    assert_true(count > 60);
}

static void the_chain_of_causes_leads_back_to_the_opening(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    sample_write(path, 1);
    Text page = read_page();
    char *query = strstr(page.bytes, "-- 6.");
    *strstr(query, "```") = '\0';
    const char *said = sample_query(path, query);
    assert_true(strncmp(said, "11|2025-03-02T00:00:00|agreement|", 33) == 0);
    assert_non_null(strstr(said, "\n1|2025-02-24T00:00:00|opening|"));
    text_finish(&page);
}

/* The shares and means that a reader would reckon by hand: job j breaks down where j mod 3 is 1, which is cell 1. */
static void what_the_page_asks_of_a_study_is_answered_rightly(void **state) {
    (void)state;
    const char *path = sample_path("a.record");
    sample_write_worldly(path);
    Text page = read_page();
    char *share = strstr(page.bytes, "-- 13."), *mean = strstr(page.bytes, "-- 14.");
    *strstr(share, "```") = '\0';
    *strstr(mean, "```") = '\0';
    assert_string_equal(sample_query(path, share), "0|[\"time.deadline=30d\"]|4|1.0|6.0\n"
                                                   "1|[\"time.deadline=60d\"]|4|0.0|6.0\n"
                                                   "2|[\"time.deadline=90d\"]|4|1.0|6.0\n");
    /* Ukraine's utility is 0.5 + job/1e9: jobs 0, 3, 6, 9 in cell 0. */
    assert_non_null(strstr(sample_query(path, mean), "0|ukraine|0.5000000045|0.1500000045|0.15\n"));
    text_finish(&page);
}

static int fresh(void **state) {
    (void)state;
    sample_directory();
    return 0;
}

static int clean(void **state) {
    (void)state;
    sample_remove_directory();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_query_of_the_page_answers, fresh, clean),
        cmocka_unit_test_setup_teardown(the_page_names_every_column, fresh, clean),
        cmocka_unit_test_setup_teardown(what_the_page_asks_of_a_study_is_answered_rightly, fresh,
                                        clean),
        cmocka_unit_test_setup_teardown(the_chain_of_causes_leads_back_to_the_opening, fresh,
                                        clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
