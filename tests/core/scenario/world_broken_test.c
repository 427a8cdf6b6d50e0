/* Broken worlds: each is the world scenario with one change, and brings exactly one complaint, at one
 * place, in one sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/core/scenario/world_scenario.h"

typedef struct Broken {
    const char *from, *to;
    const char *complaint; /* after "s.yaml:" */
} Broken;

/* clang-format off */
static const Broken brokens[] = {
    /* --- time and mechanism --- */
    {"breaks_off: 200d", "breaks_off: 0s", "3:55: error: 0s is too short: at least 1s"},
    {"mechanism: open-table", "mechanism: {kind: open-table, mediator: east}", "4:31: error: \"mediator\" has no meaning here: in this mechanism nobody drafts for the others"},
    {"mechanism: open-table", "mechanism: {kind: open-table, rounds: 5}", "4:31: error: \"rounds\" has no meaning here: this mechanism has no turns"},
    {"mechanism: open-table\n", "mechanism: {kind: single-text, mediator: east}\n", "17:1: error: single-text has no closed tables"},
    /* --- tables --- */
    {"members: [east, west]", "members: [east]", "18:35: error: a table has at least two members"},
    {"members: [east, west]", "members: [east, west, north]", "18:35: error: everybody is a member: that is the public table"},
    {"members: [east, west]", "members: [east, wst]", "18:51: error: unknown seat \"wst\"; did you mean west?"},
    {"members: [east, west]", "members: east", "18:44: error: expected a list of seats: a list, not a single value"},
    {", members: [east, west]", "", "18:3: error: a table lacks \"members\""},
    {"leak: 0.25", "leak: 1.25", "18:64: error: 1.25 is out of range: 0 to 1"},
    {"  harbour:", "  public:", "18:3: error: \"public\" is the table of everybody"},
    {"audience_cost: {base: 0.02", "audience_cost: {base: -1", "19:23: error: -1 is out of range: 0 to 10"},
    {"audience_cost: {base: 0.02", "audience_cost: {bass: 0.02", "19:17: error: unknown key \"bass\"; did you mean base?"},
    /* --- variables --- */
    {"start: 1, least: 0, most: 2}", "least: 0, most: 2}", "23:5: error: variable \"tempo\" needs one of \"start\", \"input\" and \"is\""},
    {"start: 1, least: 0, most: 2}", "start: 3, least: 0, most: 2}", "23:47: error: it starts at 3, outside 0 to 2"},
    {"start: 1, least: 0, most: 2}", "start: 1, least: 2, most: 2}", "23:5: error: its least, 2, must be less than its most, 2"},
    {"{start: 0.8}", "{start: 0.8, is: 0.5}", "29:5: error: variable \"prize\" may have only one of \"start\", \"input\" and \"is\""},
    {"start: 1, least: 0, most: 2}", "start: 1e7, least: 0}", "23:47: error: 1e7 is out of range: -1000000 to 1000000"},
    {"{start: 0.8}", "{input: {issue: funds, values: {given: 1}}, noise: 1}", "29:56: error: \"noise\" has no meaning here: only a variable with a \"start\" moves by itself"},
    {"{start: 0.8}", "{start: 0.8, lag: 3d}", "29:25: error: \"lag\" has no meaning here: nobody is told of it; see \"seen_by\""},
    {"{start: 0.8}", "{start: 0.8, error: 1}", "29:25: error: \"error\" has no meaning here: nobody is told of it; see \"seen_by\""},
    {"seen_by: [east], lag", "seen_by: [esat], lag", "24:94: error: unknown seat \"esat\"; did you mean east?"},
    {"noise: 0.5", "noise: -0.5", "24:79: error: -0.5 is out of range: 0 to 1000000"},
    {"drift: {linear: {of: {tempo: 0.5}}}", "drift: {linear: {of: {tmpo: 0.5}}}", "24:57: error: unknown variable \"tmpo\"; did you mean tempo?"},
    {"drift: {linear: {of: {tempo: 0.5}}}", "drift: {linear: {of: {}}}", "24:52: error: a form names at least one variable"},
    {"drift: {linear: {of: {tempo: 0.5}}}", "drift: {linear: {constant: 1}}", "24:43: error: \"linear\" lacks \"of\""},
    {"drift: {linear: {of: {tempo: 0.5}}}", "drift: {linear: {least: 2, most: 1, of: {tempo: 0.5}}}", "24:43: error: its least, 2, is more than its most, 1"},
    {"drift: {linear: {of: {tempo: 0.5}}}", "drift: {liner: {of: {tempo: 0.5}}}", "24:43: error: unknown key \"liner\"; did you mean linear?"},
    {"drift: {linear: {of: {tempo: 0.5}}}", "drift: {linear: {of: {tempo: 1}}, product: {of: [tempo]}}", "24:35: error: a form is a number or a map with one key, not 2"},
    {"drift: {linear: {of: {tempo: 0.5}}}", "drift: {}", "24:35: error: a form is a number or a map with one key, not 0"},
    {"drift: {linear: {of: {tempo: 0.5}}}", "drift: fast", "24:42: error: expected a number from -1000000 to 1000000, not \"fast\""},
    {"drift: {linear: {of: {tempo: 0.5}}}", "drift: [1]", "24:42: error: expected a number or a form: a map, not a list"},
    {"issue: funds, values", "issue: fund, values", "26:28: error: unknown issue \"fund\"; did you mean funds?"},
    {"values: {given: 1, split: 0.5}", "values: {gven: 1, split: 0.5}", "26:44: error: unknown option of funds \"gven\"; did you mean given?"},
    {"values: {given: 1, split: 0.5}", "values: {}", "26:35: error: it names no option"},
    {"of: {supply: 1, given: 0.5}", "of: {supply: 1, chance: 0.5}", "27:60: error: \"chance\" is not there yet: a derived variable uses those above it"},
    {"of: {supply: 1, given: 0.5}", "of: {supply: 1, balance: 0.5}", "27:60: error: \"balance\" is not there yet: a derived variable uses those above it"},
    {"of: {supply: 1, given: 0.5}", "of: {supply: much}", "27:57: error: expected a number from -1000000 to 1000000, not \"much\""},
    {"half: 30, ", "", "30:17: error: \"saturating\" lacks \"half\""},
    {"half: 30", "half: 0", "30:47: error: 0 is out of range: 1e-09 to 1000000"},
    /* --- levers --- */
    {"seat: west\n      start", "seat: wets\n      start", "34:13: error: unknown seat \"wets\"; did you mean west?"},
    {"      seat: west\n", "", "32:5: error: a lever lacks \"seat\""},
    {"      start: 1\n", "      start: 3\n", "35:14: error: it starts at 3, outside 0 to 2"},
    {"      least: 0\n      most: 2\n      cost", "      least: 2\n      most: 2\n      cost", "32:5: error: its least, 2, must be less than its most, 2"},
    {"upkeep: 0.02", "upkep: 0.02", "39:7: error: unknown key \"upkep\"; did you mean upkeep?"},
    {"cost: 0.01", "cost: -1", "38:13: error: -1 is out of range: 0 to 10"},
    {"{variable: supply, add: 1}", "{variable: suply, add: 1}", "42:22: error: unknown variable \"suply\"; did you mean supply?"},
    {"{variable: supply, add: 1}", "{variable: balance, add: 1}", "42:22: error: \"balance\" follows from others; an effect moves a variable with a \"start\""},
    {"{variable: supply, add: 1}", "{variable: given, add: 1}", "42:22: error: \"given\" follows from others; an effect moves a variable with a \"start\""},
    {"{variable: supply, add: 1}", "{variable: supply}", "42:11: error: an effect on a variable needs \"add\" or \"drift\""},
    {"{variable: supply, add: 1}", "{variable: supply, add: 1, drift: 1}", "42:11: error: an effect on a variable needs either \"add\" or \"drift\", not both"},
    {"{variable: supply, add: 1}", "{variable: supply, add: 1, lasting: 3d}", "42:38: error: \"lasting\" has no meaning here: what is added stays"},
    {"{variable: supply, add: 1}", "{variable: supply, issue: funds, add: 1, option: given}", "42:11: error: an effect names one of \"variable\", \"issue\", \"authority\" and \"end\", not \"variable\" and \"issue\""},
    {"{variable: supply, add: 1}", "{}", "42:11: error: an effect names one of \"variable\", \"issue\", \"authority\" and \"end\""},
    {"{variable: supply, add: 1}", "{end: false}", "42:17: error: leave out an \"end\" that is false"},
    {"{issue: funds, option: given}", "{issue: funds, option: gone}", "44:34: error: unknown option of funds \"gone\"; known: frozen, split, given"},
    {"{issue: funds, option: given}", "{issue: funds}", "44:11: error: an effect on an issue needs an \"option\""},
    {"{issue: funds, option: given}", "{issue: funds, option: given, add: 3}", "44:41: error: \"add\" goes with \"variable\", not with \"issue\""},
    {"{authority: east}", "{authority: esat}", "45:23: error: unknown seat \"esat\"; did you mean east?"},
    {"{at: 60d, level: 0}", "{at: 60d, level: 3}", "47:28: error: the level is 3, outside 0 to 2"},
    {"{at: 60d, level: 0}", "{at: soon, level: 0}", "47:16: error: expected a date such as 2025-12-31 or a duration such as 30d, not \"soon\""},
    {"{at: 60d, level: 0}", "{at: 2024-12-31, level: 0}", "47:16: error: this is before the talks open"},
    {"{at: 60d, level: 0}", "{at: 60d}", "47:11: error: a pull lacks \"level\""},
    /* --- shocks --- */
    {"id: luck, every: 400d, most: 2", "id: luck, most: 2", "52:7: error: a shock needs one of \"at\", \"every\" and \"when\": when it befalls"},
    {"id: luck, every: 400d, most: 2", "id: luck, every: 400d, at: 30d", "52:7: error: a shock befalls \"at\" a time or by chance, \"every\" so often, not both"},
    {"id: luck, every: 400d, most: 2", "id: harvest, every: 400d", "52:12: error: shock \"harvest\" is named twice"},
    {"id: luck, every: 400d, most: 2", "id: luck, every: 0s", "52:25: error: 0s is too short: at least 1s"},
    {"id: luck, every: 400d, most: 2", "every: 400d", "52:7: error: a shock lacks \"id\""},
    {"{variable: supply, below: 0.3}", "{variable: supply}", "53:19: error: \"when\" needs \"below\" or \"above\""},
    {"{variable: supply, below: 0.3}", "{variable: supply, below: 0.3, above: 1}", "53:19: error: \"when\" needs either \"below\" or \"above\", not both"},
    {"{variable: supply, below: 0.3}", "{variable: sply, below: 0.3}", "53:36: error: unknown variable \"sply\"; known: tempo, losses, supply, given, balance, chance, prize, toll"},
    {"at: 2025-06-01, seen_by: [west]", "at: 2025-06-01, seen_by: [vest]", "51:69: error: unknown seat \"vest\"; did you mean west?"},
    {"at: 2025-06-01, seen_by: [west]", "at: 2024-06-01, seen_by: [west]", "51:47: error: this is before the talks open"},
    {"reservation: 0.002", "reservation: 2", "55:24: error: 2 is out of range: 0 to 1"},
    /* --- seats --- */
    {"chance: chance, prize", "chance: chnce, prize", "59:37: error: unknown variable \"chnce\"; did you mean chance?"},
    {"chance: chance, prize", "chance: 0.8, prize", "59:37: error: expected a variable, not the number 0.8: one with {is: 0.8} holds it"},
    {"{at: 60d, level: 0}", "{at: 100001d, level: 0}", "47:16: error: 100001d is too long: at most 100,000 days"},
    {"chance: chance, prize: prize, cost", "chance: chance, cost", "59:19: error: \"lottery\" lacks \"prize\""},
    {"eroded: {exponential", "eroded: 2 # {exponential", "61:13: error: 2 is out of range: 0 to 1"},
    {"loss_aversion: 2", "loss_aversion: 0.5", "62:20: error: 0.5 is out of range: 1 to 10"},
    {"authority: required", "authority: requird", "63:16: error: unknown authority \"requird\"; did you mean required?"},
    {"meanwhile: 0.4", "meanwhile: 11", "64:53: error: 11 is out of range: -10 to 10"},
    {"    reservation: 0.25\n", "", "72:3: error: this seat lacks \"reservation\""},
    {"        prior: 0.5\n        reservation", "        prior: 0.6\n        reservation", "85:5: error: the priors sum to 1.1, not 1"},
    {"        prior: 0.5\n        reservation", "        prior: half\n        reservation", "87:16: error: expected a number from 0 to 1, not \"half\""},
    {"      - id: tired\n", "      - id: proud\n", "95:13: error: type \"proud\" is named twice"},
    {"      - id: tired\n", "      - id: tired\n        discount: 1\n", "96:9: error: unknown key \"discount\"; known: id, prior, reservation, weights, weights_sum, values, linkages, red_lines"},
    {"weights: {land: 0.5, pact: 0.4, funds: 0.1}", "deliberation: 1d", "86:9: error: type \"proud\" lacks \"weights\", and so does its seat"},
    {"    reservation: 0.3\n    weights", "    reservation: {linear: {of: {prize: 0.5}}}\n    weights", "88:9: error: the seat's reservation is a form, which all its types share"},
    {"weights: {land: 0.4, pact: 0.4, funds: 0.2}", "weights: {land: 0.4, pact: 0.4, funds: 0.1}", "97:9: error: the weights sum to 0.9, not 1"},
    /* --- enforcement --- */
    {"hazard: {base: 0.05, shape: 0.8}", "hazard: {shape: 0.8}", "103:3: error: \"hazard\" lacks \"base\""},
    {"hazard: {base: 0.05, shape: 0.8}", "hazard: {base: 0}", "103:18: error: 0 is out of range: 1e-09 to 100"},
    {"  discount: 0.95", "  discount: 1.5", "104:13: error: 1.5 is out of range: 0.01 to 1"},
    {"id: imbalance", "id: guarantee", "108:12: error: covariate \"guarantee\" is named twice"},
    {"effect: 0.4, variable: balance", "effect: 0.4, variable: blance", "108:46: error: unknown variable \"blance\"; did you mean balance?"},
    {"effect: 0.4, variable: balance", "effect: 0.4", "108:7: error: a covariate has either \"issue\" and \"values\", or a \"variable\""},
    {"effect: 0.4, variable: balance", "effect: 0.4, variable: balance, issue: pact", "108:7: error: a covariate has either \"issue\" and \"values\", or a \"variable\""},
    {"effect: 0.4, variable: balance", "effect: 40, variable: balance", "108:31: error: 40 is out of range: -16 to 16"},
    {"values: {pledge: 0.4, alliance: 0.8}", "values: {plege: 0.4, alliance: 0.8}", "107:59: error: unknown option of pact \"plege\"; did you mean pledge?"},
    {"attacker: north", "attacker: noth", "110:15: error: unknown seat \"noth\"; did you mean north?"},
    {"credibility: {pledge: 0.3, alliance: 0.8}", "credibility: {pledge: 0.3, alliance: 1.8}", "114:42: error: 1.8 is out of range: 0 to 1"},
    {"    intervention: 0.4\n", "", "109:3: error: \"deterrence\" lacks \"intervention\""},
    {"probes: 2", "probes: -2", "115:11: error: -2 is out of range: 0 to 365"},
    /* --- later steps --- */
    {"when: {pact: pledge}, to", "when: {pact: alliance}, to", "118:5: error: this step could never be taken: no feasible package that it may follow becomes another feasible one"},
    {"when: {pact: pledge}, to", "when: {land: north, pact: pledge}, to", "118:5: error: this step could never be taken: no feasible package that it may follow becomes another feasible one"},
    {"to: {pact: alliance}", "to: {pact: aliance}", "118:91: error: unknown option of pact \"aliance\"; did you mean alliance?"},
    {"to: {pact: alliance}", "to: {}", "118:80: error: a step changes an issue"},
    {"chance: 0.3}", "chance: 3}", "118:123: error: 3 is out of range: 0 to 1"},
    {"after: 730d, ", "", "118:5: error: a later step lacks \"after\""},
};
/* clang-format on */

/* Is this the only complaint? */
static bool complains(const Broken *broken) {
    Text text = world_with(broken->from, broken->to), complaints = {0};
    Error error = {0};
    char expected[600];
    Scenario *scenario = base_read(text.bytes, text.length, NULL, 0, &complaints, &error);
    snprintf(expected, sizeof expected, "s.yaml:%s\n", broken->complaint);
    bool good = scenario == NULL && error.kind == ERROR_SCENARIO &&
                strstr(error.text, ": 1 error") && !strstr(error.text, "errors") &&
                strncmp(text_get(&complaints), expected, strlen(expected)) == 0;
    if (!good)
        print_error("%s\nexpected\n%sgot\n%s\n", broken->to, expected, text_get(&complaints));
    scenario_destroy(scenario);
    text_finish(&text);
    text_finish(&complaints);
    return good;
}

static void each_break_brings_one_complaint_at_its_place(void **state) {
    (void)state;
    size_t count = sizeof brokens / sizeof brokens[0], good = 0;
    for (size_t i = 0; i < count; i++) good += complains(&brokens[i]);
    assert_true(count >= 100);
    assert_int_equal(good, count);
}

/* --- what is odd, but may be meant --- */

static const Broken odd[] = {
    {"        - {authority: east}\n", "",
     "62:5: warning: no lever and no shock ever gives east authority: it can never sign"},
    {"    authority: required\n", "", "45:23: warning: east has authority from the beginning"},
    {"    eroded: {exponential: {least: 1, most: 0, rate: 0.1, of: {losses: 1}}}\n    loss",
     "    loss", NULL},
};

static void what_may_be_meant_is_a_warning(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        Text text = world_with(odd[i].from, odd[i].to), complaints = {0};
        Error error = {0};
        Scenario *scenario = base_read(text.bytes, text.length, NULL, 0, &complaints, &error);
        assert_non_null(scenario);
        assert_int_equal(scenario->warnings, odd[i].complaint ? 1 : 0);
        if (odd[i].complaint && !strstr(text_get(&complaints), odd[i].complaint))
            assert_string_equal(text_get(&complaints), odd[i].complaint);
        scenario_destroy(scenario);
        text_finish(&text);
        text_finish(&complaints);
    }
}

static void every_complaint_of_a_world_comes_at_once(void **state) {
    (void)state;
    Text text =
        world_with("tempo: {title: Tempo, unit: a day, start: 1", "tempo: {title: Tempo, start: 9");
    static const char *const more[][2] = {{"half: 30", "half: 00"},
                                          {"prize: prize", "prize: prixe"},
                                          {"effect: 0.4", "effect: 444"},
                                          {"id: upgrade", "id: upGrade"}};
    for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
        char *at = strstr(text.bytes, more[i][0]);
        memcpy(at, more[i][1], strlen(more[i][1]));
    }
    Text complaints = {0};
    Error error = {0};
    assert_null(base_read(text.bytes, text.length, NULL, 0, &complaints, &error));
    assert_string_equal(error.text, "s.yaml: 5 errors");
    text_finish(&text);
    text_finish(&complaints);
}

/* --- worlds made to hurt --- */

static void refused(const Text *text, const char *sentence) {
    Text complaints = {0};
    Error error = {0};
    assert_null(base_read(text_get(text), text->length, NULL, 0, &complaints, &error));
    if (!strstr(text_get(&complaints), sentence))
        assert_string_equal(text_get(&complaints), sentence);
    text_finish(&complaints);
}

/* `head`, then `row` with a number in it so many times, then `tail`. */
static void too_many(const char *head, const char *row, int times, const char *tail,
                     const char *sentence) {
    Text text = {0};
    text_add(&text, head);
    for (int i = 0; i < times; i++) {
        const char *at = strchr(row, '#');
        text_add_bytes(&text, row, at ? (size_t)(at - row) : strlen(row));
        if (at) text_addf(&text, "%d%s", i, at + 1);
    }
    text_add(&text, tail);
    refused(&text, sentence);
    text_finish(&text);
}

static void lists_of_the_world_are_bounded(void **state) {
    (void)state;
    too_many("world:\n  variables:\n", "    v#: {start: 0}\n", 65, "",
             "s.yaml:2:3: error: a world has at most 64 variables, not 65");
    too_many("world:\n  levers:\n", "    l#: {seat: a}\n", 33, "",
             "s.yaml:2:3: error: a world has at most 32 levers, not 33");
    too_many("world:\n  shocks:\n", "    - {id: s#, every: 1d}\n", 33, "",
             "s.yaml:35:7: error: at most 32 shocks");
    too_many("world:\n  levers:\n    l:\n      pulls:\n", "        - {at: #d, level: 0}\n", 33, "",
             "s.yaml:37:11: error: at most 32 pulls in one world");
    too_many("world:\n  levers:\n    l:\n      effects:\n", "        - {end: true}\n", 9, "",
             "s.yaml:13:11: error: at most 8 effects");
    too_many("world:\n  variables:\n    a: {start: 0}\n    b: {is: {product: {of: [", "a, ", 9,
             "]}}}\n", "error: a form may name at most 8 variables");
    too_many("name: x\ntables:\n", "  t#: {members: [a, b]}\n", 4, "",
             "s.yaml:2:1: error: at most 3 closed tables, not 4");
    too_many("enforcement:\n  hazard: {base: 1}\n  covariates:\n",
             "    - {id: c#, effect: 1, issue: a, values: {b: 1}}\n", 65, "",
             "s.yaml:68:7: error: at most 64 covariates");
    too_many("later_steps:\n", "  - {id: s#}\n", 9, "",
             "s.yaml:10:5: error: at most 8 later steps");
    too_many("seats:\n  a:\n    types:\n", "      - {id: t#, prior: 0.1}\n", 6, "",
             "s.yaml:3:5: error: a seat has 2 to 5 types, not 6");
}

static void cut_and_damaged_worlds_are_survived(void **state) {
    (void)state;
    size_t length = strlen(world_scenario);
    static const char damage[] = {'\0', '\t', '\n', ':', '[', '{', '"', '-', '\x80', 'x'};
    for (size_t i = 0; i < length; i += 3) {
        Error error = {0};
        scenario_destroy(base_read(world_scenario, i, NULL, 0, NULL, &error));
        Text text = {0};
        text_add(&text, world_scenario);
        text.bytes[i] = damage[i % sizeof damage];
        error = (Error){0};
        scenario_destroy(base_read(text.bytes, length, NULL, 0, NULL, &error));
        text_finish(&text);
    }
}

/* Every key that the file gives, with something that it is not. */
static void every_kind_of_nonsense_is_refused_under_every_key(void **state) {
    (void)state;
    static const char *const nonsense[] = {"[]", "{}", "[[x]]", "{x: {y: z}}", "", "~", "-1e300"};
    for (const char *at = world_scenario; (at = strstr(at, ": ")); at++) {
        for (size_t i = 0; i < sizeof nonsense / sizeof nonsense[0]; i++) {
            Text text = {0};
            Error error = {0};
            text_add_bytes(&text, world_scenario, (size_t)(at + 2 - world_scenario));
            text_add(&text, nonsense[i]);
            text_add(&text, at + 2 + strcspn(at + 2, ",}\n"));
            scenario_destroy(base_read(text.bytes, text.length, NULL, 0, NULL, &error));
            text_finish(&text);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_break_brings_one_complaint_at_its_place),
        cmocka_unit_test(what_may_be_meant_is_a_warning),
        cmocka_unit_test(every_complaint_of_a_world_comes_at_once),
        cmocka_unit_test(lists_of_the_world_are_bounded),
        cmocka_unit_test(cut_and_damaged_worlds_are_survived),
        cmocka_unit_test(every_kind_of_nonsense_is_refused_under_every_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
