/* The queries that docs/record.md shows run as they stand there, and answer. */
#include "tests/core/record/sample.h"

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

/* Run 1 has a world, run 2 has none. */
static void sample_write_worldly(const char *path) {
    Error error = {0};
    Record *record = record_open(path, &error);
    assert_good(record, error);
    sample_write_world(record, 41);
    sample_write_run(record, 42);
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
    assert_int_equal(queries, 10);
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
        cmocka_unit_test_setup_teardown(the_chain_of_causes_leads_back_to_the_opening, fresh,
                                        clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
