/* import and export of other tools' domains, from outside. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/interchange/json_tree.h"
#include "tests/cli/shell.h"

static int set_up(void **state) {
    (void)state;
    shell_begin();
    setenv("F", NONPAPER_SOURCE_DIR "/tests/cli/foreign", 1);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    shell_end();
    return 0;
}

#define GENIUS    "$N import genius $F/market.xml $F/buyer.xml $F/seller.xml"
#define GENIUSWEB "$N import geniusweb $F/market.json $F/buyer.json $F/seller.json"

static void what_is_imported_passes_check_and_plays_at_once(void **state) {
    TRY({GENIUS " -o g.yaml 2>notes", 0,
         "Wrote g.yaml: 2 seats, 2 issues, 15 packages, 15 of them feasible.\nNext: nonpaper check "
         "g.yaml",
         NULL},
        {"cat notes", 0, "nonpaper: waiting costs buyer part of a deal's utility, but no part of",
         NULL},
        {"head -6 g.yaml", 0, "# Taken over from GENIUS:\n#   market.xml\n#   buyer.xml\n", NULL},
        {"$N check g.yaml", 0, "g.yaml: valid; 15 packages", NULL},
        {"$N run g.yaml --lane memory --json -o r.db 2>/dev/null", 0, "\"verdict\":\"agreement\"",
         NULL},
        {GENIUSWEB " -o w.yaml", 0, "Wrote w.yaml: 2 seats, 2 issues, 15 packages", NULL},
        {"$N check w.yaml", 0, "w.yaml: valid; 15 packages", NULL},
        {"$N run w.yaml --lane memory --json -o r.db 2>/dev/null", 0, "\"verdict\":\"agreement\"",
         NULL},
        {GENIUSWEB " | cmp - w.yaml", 0, NULL, NULL});
}

static void names_strategies_and_time_are_as_told(void **state) {
    TRY({GENIUS
         " --seat 'The Buyer' --seat seller --strategy 'conceder(e=2)' --rounds 10 --deadline "
         "20h 2>/dev/null >g.yaml; $N check g.yaml",
         0, "g.yaml: valid", NULL},
        {"grep -c -e '^  the-buyer:$' -e 'name: \"The Buyer\"' -e 'strategy: conceder(e=2)' -e "
         "'turn: 1h, "
         "rounds: 10' -e 'deadline: 20h' g.yaml",
         0, "6\n", NULL},
        {GENIUS " --steps 3 2>&1 >/dev/null", 0,
         "issue \"Speed\" has 5 numbers from 0 to 4: 3 of them", NULL},
        {GENIUS " --strategy 'boulwar(e=1)'", 65, NULL, "did you mean boulware?"},
        {GENIUS " --deadline soon", 64, NULL, "--deadline takes a duration such as 30d or 12h"},
        {GENIUS " --seat a --seat b --seat c", 64, NULL, "3 names for 2 seats"},
        {GENIUS " --seat ''", 64, NULL, "a seat's name has 1 to 200 bytes"},
        {GENIUS " --steps 1", 64, NULL, "--steps"});
}

static void what_is_wrong_has_its_place_and_code(void **state) {
    TRY({"sed 's/\"10\"/\"-10\"/; s/0.25/x/' $F/buyer.xml >b.xml; $N import genius $F/market.xml "
         "b.xml "
         "$F/seller.xml -o none.yaml",
         65, NULL, "b.xml:5:45: error: -10 is out of range: 0 to 1000000000\n"},
        {"$N import genius $F/market.xml b.xml $F/seller.xml 2>&1 | tail -1", 0,
         "nonpaper: nothing is imported: 2 errors\n", NULL},
        {"ls none.yaml", 2, NULL, "No such file"},
        {"$N import genius none.xml none.xml none.xml", 66, NULL,
         "none.xml: No such file or directory"},
        {"$N import genius $F/market.xml $F/buyer.xml", 64, NULL,
         "import genius needs a domain and 2 to 16 profiles"},
        {"$N import geniusweb $F/market.json $F/buyer.json", 65, NULL,
         "error: a negotiation needs at least two profiles, not 1"},
        {"$N import geniuswep a b c", 64, NULL,
         "unknown format geniuswep; did you mean geniusweb?"},
        {"$N import genius $F/market.xml $F/market.xml $F/seller.xml 2>&1 | grep -c error:", 0,
         "1\n", NULL},
        {"$N import genius $F/market.xml $F/market.xml $F/seller.xml", 65, NULL,
         "this is a domain and no profile"},
        {"$N import genius", 64, NULL, "import"},
        {"head -c 5000000 /dev/zero | tr '\\0' ' ' >huge.xml; $N import genius huge.xml huge.xml "
         "huge.xml",
         65, NULL, "huge.xml: error: larger than 4 MiB"});
}

static void nothing_is_written_over_unless_forced(void **state) {
    TRY({"echo mine >kept.yaml; " GENIUSWEB " -o kept.yaml", 73, NULL,
         "kept.yaml: File exists; --force writes over it"},
        {"cat kept.yaml", 0, "mine\n", NULL},
        {GENIUSWEB " -o kept.yaml --force && $N check kept.yaml", 0, "kept.yaml: valid", NULL},
        {"ls *.part", 2, NULL, "No such file"},
        {"cp $F/*.json .; $N import geniusweb buyer.json seller.json -o seller.json --force", 64,
         NULL, "a file cannot be imported into itself"},
        {"cmp seller.json $F/seller.json", 0, NULL, NULL},
        {GENIUSWEB " -o no/such/place.yaml", 73, NULL, "place.yaml: No such file or directory"},
        {GENIUSWEB " -o /dev/full --force", 74, NULL, "cannot write /dev/full: No space left"},
        {GENIUSWEB " >/dev/full", 74, NULL, "cannot write the results"},
        {"(ulimit -f 0; trap '' XFSZ; " GENIUSWEB " -o cut.yaml)", 74, NULL,
         NULL}, /* complaints neither */
        {"ls cut.yaml", 2, NULL, "No such file"});
}

static void a_reservation_that_is_out_of_reach_is_said(void **state) {
    TRY({"sed 's/value=\"0.3\"/value=\"0.99\"/' $F/buyer.xml >b.xml; $N import genius "
         "$F/market.xml b.xml "
         "$F/seller.xml -o out-of-reach.yaml 2>&1 >/dev/null",
         0, "nonpaper: no package gives b its reservation, 0.99: the best is worth 0.975", NULL},
        {"sed 's/value=\"0.3\"/value=\"0.97\"/' $F/buyer.xml >b.xml; sed "
         "'s/<.utility_space>/<reservation "
         "value=\"0.9\"\\/>&/' $F/seller.xml >s.xml; $N import genius $F/market.xml b.xml s.xml "
         "2>&1 "
         ">/dev/null",
         0, "nothing can be agreed on", NULL});
}

static void out_and_in_again_is_the_same(void **state) {
    TRY({GENIUS " -o o.yaml 2>/dev/null && $N export genius o.yaml -o there", 0,
         "Wrote there/market.domain.xml, there/buyer.xml, there/seller.xml.\n", NULL},
        {"$N import genius there/market.domain.xml there/buyer.xml there/seller.xml -o again.yaml "
         "2>/dev/null && sed -n '/^seats/,$p' o.yaml >a; sed -n '/^seats/,$p' again.yaml >b; cmp a "
         "b",
         1, "differ", NULL}, /* decimals of thirds */
        {"for f in o again; do $N analyse $f.yaml --json | sed 's/.*\"bounds\"/\"bounds\"/' "
         ">$f.json; done; "
         "cmp o.json again.json",
         0, NULL, NULL},
        {GENIUSWEB " -o v.yaml >/dev/null; $N export geniusweb v.yaml -o web", 0,
         "Wrote web/market.domain.json, web/buyer.json, web/seller.json.\n", NULL},
        {"$N import geniusweb web/*.json | sed -n '/^seats/,$p' >b; sed -n '/^seats/,$p' v.yaml | "
         "cmp - b",
         0, NULL, NULL});
}

static void what_a_format_cannot_carry_is_refused(void **state) {
    TRY({"$N export genius $S/configs/01-hello.yaml -o lost", 1, NULL,
         "nonpaper: GENIUS cannot carry:\n  "},
        {"$N export genius $S/configs/01-hello.yaml -o lost 2>&1 | tail -1", 0,
         "nonpaper: nothing is written; with --lossy it is, without these\n", NULL},
        {"ls lost", 2, NULL, "No such file"},
        {"$N export genius $S/configs/01-hello.yaml -o lost --lossy 2>/dev/null; ls lost | wc -l",
         0, "3\n", NULL},
        {"$N export genius $S/configs/01-hello.yaml -o lost --lossy", 73, NULL, "File exists"},
        {"$N export genius $S/configs/01-hello.yaml -o lost --lossy --force 2>/dev/null", 0,
         "Wrote lost", NULL},
        {"$N export genius $S/configs/01-hello.yaml", 64, NULL, "export genius needs -o FOLDER"},
        {"$N export genius none.yaml -o x", 66, NULL, "none.yaml"},
        {"$N export geniu $S/configs/01-hello.yaml -o x", 64, NULL, "did you mean genius?"},
        {"$N export genius", 64, NULL, "export genius needs a SCENARIO"},
        {"$N export genius $S/configs/01-hello.yaml -o x --csv", 64, NULL,
         "a scenario has no rows"},
        {"$N export some.db --jsonl --lossy", 64, NULL, "are for scenarios, not records"});
}

/* --- domains of the ANAC competitions, where somebody has them --- */

typedef struct Domain {
    const char *files; /* below the folder */
    double outcomes, pareto, nash[3], kalai[3];
    uint32_t seats;
} Domain;

/* In the order of the profiles; to four decimals. */
static const Domain domains[] = {
    {"Atlas3/triangularFight.xml Atlas3/triangularFight_util1.xml Atlas3/triangularFight_util2.xml "
     "Atlas3/triangularFight_util3.xml",
     9,
     5,
     {1, .6667, .6667},
     {1, .6667, .6667},
     3},
    {"Laptop/laptop_domain.xml Laptop/laptop_buyer_utility.xml Laptop/laptop_seller_utility.xml",
     27,
     4,
     {1.0001, .8151},
     {.8740, .8740},
     2},
    {"ItexvsCypress/ItexvsCypress_domain.xml ItexvsCypress/ItexvsCypress_Cypress.xml "
     "ItexvsCypress/ItexvsCypress_Itex.xml",
     180,
     18,
     {.6705, .7215},
     {.6705, .7215},
     2},
    {"Grocery/Grocery_domain.xml Grocery/Grocery_domain_mary.xml Grocery/Grocery_domain_sam.xml",
     1600,
     7,
     {.8400, .8950},
     {.8400, .8950},
     2},
};

static void expect_utilities(const JsonNode *point, const Domain *domain, const double *wanted) {
    const JsonNode *utility = json_get(point, "utility");
    assert_non_null(utility);
    assert_int_equal(utility->count, domain->seats);
    const JsonNode *node = utility->first;
    for (uint32_t i = 0; i < domain->seats; i++, node = node->next) {
        double off = node->number - wanted[i];
        if (off > 0.0000501 || off < -0.0000501)
            fail_msg("%s: %s: %.6f, not %.4f", domain->files, node->key, node->number, wanted[i]);
    }
}

static void expect_analysis(const Domain *domain, const char *json) {
    Arena arena;
    const Source source = {"analysis", json, strlen(json), false};
    Complaints complaints = {.source = &source};
    arena_init(&arena);
    const JsonNode *root = json_tree_read(&complaints, 0, &arena);
    assert_non_null(root);
    assert_true(json_get(root, "outcomes")->number == domain->outcomes);
    assert_true(json_get(json_get(root, "pareto"), "size")->number == domain->pareto);
    expect_utilities(json_get(root, "nash"), domain, domain->nash);
    expect_utilities(json_get(root, "kalai"), domain, domain->kalai);
    /* On all four the greatest sum is where Nash's product is greatest. */
    expect_utilities(json_get(root, "welfare"), domain, domain->nash);
    arena_finish(&arena);
}

static void public_domains_have_their_published_values(void **state) {
    (void)state;
    const char *folder = getenv("NONPAPER_DOMAINS");
    char line[2048];
    if (folder == NULL) {
        print_message(
            "NONPAPER_DOMAINS names no folder of GENIUS domains: not compared with theirs\n");
        return;
    }
    for (size_t i = 0; i < sizeof domains / sizeof domains[0]; i++) {
        snprintf(line, sizeof line,
                 "here=$PWD; cd \"$NONPAPER_DOMAINS\" && $N import genius %s -o "
                 "\"$here/d%zu.yaml\" && cd "
                 "\"$here\" && $N analyse d%zu.yaml --json >d.json && cat d.json",
                 domains[i].files, i, i);
        if (shell(line) != 0) fail_msg("%s: %s", domains[i].files, shell_complaints());
        expect_analysis(&domains[i], strchr(shell_output(), '{'));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_imported_passes_check_and_plays_at_once),
        cmocka_unit_test(names_strategies_and_time_are_as_told),
        cmocka_unit_test(what_is_wrong_has_its_place_and_code),
        cmocka_unit_test(nothing_is_written_over_unless_forced),
        cmocka_unit_test(a_reservation_that_is_out_of_reach_is_said),
        cmocka_unit_test(out_and_in_again_is_the_same),
        cmocka_unit_test(what_a_format_cannot_carry_is_refused),
        cmocka_unit_test(public_domains_have_their_published_values),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
