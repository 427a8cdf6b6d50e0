/* Plug-ins: older and newer ones load, broken ones are refused with a sentence that says what is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "agents/repertoire.h"

static char *path_of(char path[512], const char *name) {
    snprintf(path, 512, NONPAPER_BINARY_DIR "/tests/plugins/%s.so", name);
    return path;
}

static Repertoire *load(const char *name, bool *loaded, Error *error) {
    char path[512];
    Repertoire *repertoire = repertoire_create(TRUST_CODE);
    *loaded = repertoire_load(repertoire, path_of(path, name), error);
    return repertoire;
}

static void a_good_one_plays_under_its_path(void **state) {
    (void)state;
    char path[512];
    bool loaded;
    Error error = {0};
    const Strategy *strategy;
    Argument arguments[NP_MAX_PARAMETERS];
    Repertoire *repertoire = load("patient", &loaded, &error);
    assert_true(loaded);
    char spec[600];
    snprintf(spec, sizeof spec, "%s(every=3)", path_of(path, "patient"));
    assert_true(repertoire_parse(repertoire, spec, &strategy, arguments, &error));
    assert_string_equal(strategy->name, "patient");
    assert_true(arguments[0].number == 1 && arguments[1].number == 3);
    snprintf(spec, sizeof spec, "%s(every=400)", path);
    assert_false(repertoire_parse(repertoire, spec, &strategy, arguments, &error));
    assert_non_null(strstr(error.text, "every=400 is out of range: 1 to 365"));
    repertoire_destroy(repertoire);
}

static void an_older_one_lacks_what_came_later(void **state) {
    (void)state;
    bool loaded;
    Error error = {0};
    Repertoire *repertoire = load("older", &loaded, &error);
    assert_true(loaded);
    const Strategy *strategy = repertoire_loaded(repertoire, 0);
    assert_non_null(strategy->act);
    assert_true(strategy->close == NULL);
    repertoire_destroy(repertoire);
}

static void a_newer_one_brings_more_than_is_asked_for(void **state) {
    (void)state;
    bool loaded;
    Error error = {0};
    Repertoire *repertoire = load("newer", &loaded, &error);
    assert_true(loaded);
    const Strategy *strategy = repertoire_loaded(repertoire, 0);
    assert_string_equal(strategy->name, "plain");
    assert_int_equal(strategy->size, sizeof *strategy);
    repertoire_destroy(repertoire);
}

static void broken_ones_are_refused_in_a_sentence(void **state) {
    (void)state;
    static const struct {
        const char *name, *words;
    } broken[] = {
        {"other_abi", "was built for contract 2 and this is contract 1"},
        {"no_symbol", "it has no function nonpaper_strategy_table"},
        {"no_table", "gives no table"},
        {"tiny", "its size 16 is not that of a table"},
        {"no_open", "it has no function open"},
        {"no_act", "it has no function act"},
        {"no_name", "its name is no word"},
        {"odd_name", "its name is no word"},
        {"much_state", "its state is larger than"},
        {"many_parameters", "more than 8 parameters"},
        {"bad_range", "parameter 1 begins outside its own range"},
        {"no_number", "parameter 1 has no range"},
        {"twice", "parameter 2 stands in the list twice"},
        {"not-there", "cannot open the strategy"},
    };
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        bool loaded;
        Error error = {0};
        Repertoire *repertoire = load(broken[i].name, &loaded, &error);
        if (loaded || strstr(error.text, broken[i].words) == NULL)
            fail_msg("%s: %s", broken[i].name, loaded ? "loaded" : error.text);
        repertoire_destroy(repertoire);
    }
}

static void what_is_no_shared_object_is_refused(void **state) {
    (void)state;
    Error error = {0};
    Repertoire *repertoire = repertoire_create(TRUST_CODE);
    FILE *file = fopen("garbage.so", "w");
    assert_non_null(file);
    fputs("this is no machine code", file);
    fclose(file);
    assert_false(repertoire_load(repertoire, "garbage.so", &error));
    assert_non_null(strstr(error.text, "cannot load garbage.so"));
    remove("garbage.so");
    repertoire_destroy(repertoire);
}

static void code_needs_trust_and_a_hash_must_fit(void **state) {
    (void)state;
    char path[512], word[600];
    Error untrusted = {0}, changed = {0};
    Repertoire *repertoire = repertoire_create(TRUST_SCRIPTS);
    assert_false(repertoire_load(repertoire, path_of(path, "good"), &untrusted));
    assert_int_equal(untrusted.kind, ERROR_USAGE);
    assert_non_null(strstr(untrusted.text, "--lane processes"));
    repertoire_destroy(repertoire);
    repertoire = repertoire_create(TRUST_CODE);
    snprintf(word, sizeof word, "%s#0123456789abcdef", path);
    assert_false(repertoire_load(repertoire, word, &changed));
    assert_int_equal(changed.kind, ERROR_CANT_TELL);
    assert_non_null(strstr(changed.text, "has changed"));
    repertoire_destroy(repertoire);
}

static void put(const char *name, const char *as) {
    char path[512], block[4096];
    FILE *from = fopen(path_of(path, name), "rb"), *to = fopen(as, "wb");
    assert_true(from != NULL && to != NULL);
    for (size_t length; (length = fread(block, 1, sizeof block, from)) > 0;)
        assert_int_equal(fwrite(block, 1, length, to), length);
    fclose(from);
    fclose(to);
}

static void overwrite(void) {
    put("patient", "moving.so");
}

static void replace(void) {
    put("patient", "moved.so");
    assert_int_equal(rename("moved.so", "moving.so"), 0);
}

static void what_runs_is_what_was_hashed(void **state) {
    (void)state;
    void (*const change[])(void) = {overwrite, replace};
    for (size_t i = 0; i < sizeof change / sizeof change[0]; i++) {
        Error error = {0};
        put("good", "moving.so");
        Repertoire *repertoire = repertoire_create(TRUST_CODE);
        assert_true(repertoire_admit(repertoire, "moving.so", &error));
        change[i]();
        assert_true(repertoire_load(repertoire, "moving.so", &error));
        assert_string_equal(repertoire_loaded(repertoire, 0)->name, "plain");
        repertoire_destroy(repertoire);
    }
    remove("moving.so");
}

/* What is lent to the linker in the sandbox. */
static void what_is_lent_can_change_no_more(void **state) {
    (void)state;
    Error error = {0};
    SandboxLoan loan[SANDBOX_MAX_LOANS];
    char first[4096], later[4096];
    put("good", "moving.so");
    Repertoire *repertoire = repertoire_create(TRUST_CODE);
    assert_true(repertoire_admit(repertoire, "moving.so", &error));
    assert_int_equal(repertoire_loans(repertoire, loan, SANDBOX_MAX_LOANS), 1);
    assert_int_equal(pread(loan[0].descriptor, first, sizeof first, 0), sizeof first);
    overwrite();
    assert_int_equal(pread(loan[0].descriptor, later, sizeof later, 0), sizeof later);
    assert_memory_equal(first, later, sizeof first);
    assert_true(pwrite(loan[0].descriptor, "other", 5, 0) < 0);
    assert_true(ftruncate(loan[0].descriptor, 0) < 0);
    close(loan[0].descriptor);
    repertoire_destroy(repertoire);
    remove("moving.so");
}

static void a_word_that_is_not_known_gets_the_nearest(void **state) {
    (void)state;
    Error error = {0};
    assert_string_equal(repertoire_find(NULL, "linear", &error)->name, "linear");
    assert_null(repertoire_find(NULL, "liner", &error));
    assert_non_null(strstr(error.text, "did you mean linear?"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_one_plays_under_its_path),
        cmocka_unit_test(an_older_one_lacks_what_came_later),
        cmocka_unit_test(a_newer_one_brings_more_than_is_asked_for),
        cmocka_unit_test(broken_ones_are_refused_in_a_sentence),
        cmocka_unit_test(what_is_no_shared_object_is_refused),
        cmocka_unit_test(code_needs_trust_and_a_hash_must_fit),
        cmocka_unit_test(what_runs_is_what_was_hashed),
        cmocka_unit_test(what_is_lent_can_change_no_more),
        cmocka_unit_test(a_word_that_is_not_known_gets_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
