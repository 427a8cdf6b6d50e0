/* The format about itself: the schema takes what the program takes and names every key; every key has a
 * page with an example that holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glob.h>
#include <regex.h>

#include "core/base/scalar.h"
#include "core/scenario/manual.h"
#include "core/scenario/yaml_tree.h"
#include "tests/core/scenario/world_scenario.h"

/* JSON is YAML, so one reader reads both. */
static struct {
    Text text;
    Arena arena;
    const Node *root;
} schema;

static const Node *tree_of(const char *bytes, size_t length, Arena *arena) {
    static Complaints complaints;
    Source source = {"s.yaml", bytes, length, false};
    complaints = (Complaints){.source = &source};
    const Node *root = yaml_tree_read(&complaints, 0, arena);
    return complaints.errors == 0 ? root : NULL;
}

static int set_up(void **state) {
    (void)state;
    scenario_schema(&schema.text);
    arena_init(&schema.arena);
    schema.root = tree_of(schema.text.bytes, schema.text.length, &schema.arena);
    return schema.root ? 0 : 1;
}

static int tear_down(void **state) {
    (void)state;
    arena_finish(&schema.arena);
    text_finish(&schema.text);
    return 0;
}

/* --- a small validator: of the words that the schema uses, over the tree of the file --- */

static bool fits(const Node *node, const Node *shape);

static bool is(const Node *node, const char *word) {
    return node && node->kind == NODE_WORD && strcmp(node->text, word) == 0;
}

static bool within(double number, const Node *shape, const char *least, const char *most) {
    const Node *low = node_get(shape, least), *high = node_get(shape, most);
    double bound;
    if (low && scalar_number(low->text, &bound) && number < bound) return false;
    return !high || !scalar_number(high->text, &bound) || number <= bound;
}

static bool matches(const char *text, const Node *shape) {
    const Node *pattern = node_get(shape, "pattern");
    regex_t regex;
    if (!pattern) return true;
    assert_int_equal(regcomp(&regex, pattern->text, REG_EXTENDED | REG_NOSUB), 0);
    bool good = regexec(&regex, text, 0, NULL, 0) == 0;
    regfree(&regex);
    return good;
}

static bool word_fits(const char *text, const Node *shape) {
    const Node *words = node_get(shape, "enum"), *type = node_get(shape, "type");
    double number;
    for (const Node *word = words ? words->first : NULL; word; word = word->next)
        if (strcmp(word->text, text) == 0) return true;
    if (words || !type) return false;
    if (type->kind == NODE_LIST)
        return matches(text, shape) && within((double)strlen(text), shape, "", "maxLength");
    if (!is(type, "number") && !is(type, "integer")) return false;
    return scalar_number(text, &number) && within(number, shape, "minimum", "maximum");
}

static bool list_fits(const Node *node, const Node *shape) {
    if (!is(node_get(shape, "type"), "array")) return false;
    if (!within(node->count, shape, "minItems", "maxItems")) return false;
    for (const Node *child = node->first; child; child = child->next)
        if (!fits(child, node_get(shape, "items"))) return false;
    return true;
}

static bool has_required(const Node *node, const Node *shape) {
    const Node *required = node_get(shape, "required");
    for (const Node *key = required ? required->first : NULL; key; key = key->next)
        if (!node_get(node, key->text)) return false;
    return true;
}

static bool child_fits(const Node *child, const Node *shape) {
    const Node *properties = node_get(shape, "properties");
    const Node *own = properties ? node_get(properties, child->key->text) : NULL;
    const Node *other = node_get(shape, "additionalProperties");
    if (own) return fits(child, own);
    if (!other) return true; /* as the standard has it */
    return other->kind == NODE_MAP && fits(child, other) &&
           matches(child->key->text, node_get(shape, "propertyNames"));
}

static bool map_fits(const Node *node, const Node *shape) {
    const Node *type = node_get(shape, "type");
    if (type && !is(type, "object")) return false;
    if (!within(node->count, shape, "minProperties", "maxProperties")) return false;
    for (const Node *child = node->first; type && child; child = child->next)
        if (!child_fits(child, shape)) return false;
    return has_required(node, shape);
}

static bool any_fits(const Node *node, const Node *shapes) {
    for (const Node *shape = shapes->first; shape; shape = shape->next)
        if (fits(node, shape)) return true;
    return false;
}

static bool fits(const Node *node, const Node *shape) {
    const Node *any = node_get(shape, "anyOf");
    if (any && !any_fits(node, any)) return false;
    if (any && !node_get(shape, "type")) return true;
    if (node->kind == NODE_WORD) return word_fits(node->text, shape);
    return node->kind == NODE_LIST ? list_fits(node, shape) : map_fits(node, shape);
}

static bool text_fits(const char *bytes, size_t length, const Node *shape) {
    Arena arena;
    arena_init(&arena);
    const Node *root = tree_of(bytes, length, &arena);
    bool good = root && fits(root, shape);
    arena_finish(&arena);
    return good;
}

/* --- the schema --- */

static bool file_fits(const char *path) {
    static char bytes[SCENARIO_MAX_BYTES];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    return text_fits(bytes, length, schema.root);
}

static void the_schema_takes_the_scenarios_of_the_house(void **state) {
    (void)state;
    static const char *const patterns[] = {"configs/*.yaml", "configs/*/*.yaml",
                                           "tests/scenarios/*.yaml", "cli/templates/*.yaml"};
    glob_t found = {0};
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        char pattern[512];
        snprintf(pattern, sizeof pattern, "%s/%s", NONPAPER_SOURCE_DIR, patterns[i]);
        assert_int_equal(glob(pattern, i > 0 ? GLOB_APPEND : 0, NULL, &found), 0);
    }
    assert_true(found.gl_pathc >= 20);
    for (size_t i = 0; i < found.gl_pathc; i++)
        if (!file_fits(found.gl_pathv[i])) fail_msg("%s", found.gl_pathv[i]);
    globfree(&found);
    assert_true(text_fits(base_scenario, strlen(base_scenario), schema.root));
    assert_true(text_fits(world_scenario, strlen(world_scenario), schema.root));
}

static void the_schema_refuses_what_the_program_refuses(void **state) {
    (void)state;
    static const struct {
        const char *from, *to;
    } breaks[] = {
        {"name: world", "nmae: world"},
        {"name: world\n", ""},
        {"nonpaper: 1", "nonpaper: 2"},
        {"mechanism: open-table", "mechanism: open-tabel"},
        {"breaks_off: 200d", "breaks_off: soon"},
        {"leak: 0.25", "leak: 2"},
        {"lasting: 90d", "lasting: [90d]"},
        {"noise: 0.5", "noise: -0.5"},
        {"noise: 0.5", "nois: 0.5"},
        {"{of: {tempo: 0.5}}", "{off: {tempo: 0.5}}"},
        {"{linear: {of: {tempo: 0.5}}}", "{linear: {of: {tempo: 0.5}}, product: {of: [tempo]}}"},
        {"{linear: {of: {tempo: 0.5}}}", "{parabola: {of: {tempo: 0.5}}}"},
        {"authority: required", "authority: perhaps"},
        {"loss_aversion: 2", "loss_aversion: 0.5"},
        {"    reservation: 0.25\n", ""},
        {"reservation: 0.25", "reservation: 11"},
        {"prior: 0.5", "prior: 1.5"},
        {"{id: upgrade, ", "{id: Up Grade, "},
        {"kind: hard", "kind: hard, hardness: 3"},
        {"members: [east, west]", "members: east"},
    };
    for (size_t i = 0; i < sizeof breaks / sizeof breaks[0]; i++) {
        Text text = world_with(breaks[i].from, breaks[i].to);
        Error error = {0};
        Scenario *scenario = base_read(text.bytes, text.length, NULL, 0, NULL, &error);
        if (scenario || text_fits(text.bytes, text.length, schema.root))
            fail_msg("%s", breaks[i].to);
        text_finish(&text);
    }
}

/* The part of the schema for a key; NULL when it is not there. */
static const Node *part_of(const Node *shape, const char *path) {
    const Node *any = node_get(shape, "anyOf"), *properties = node_get(shape, "properties");
    size_t word = strcspn(path, ".");
    char key[80];
    if (*path == '\0') return shape;
    snprintf(key, sizeof key, "%.*s", (int)word, path);
    const char *rest = path + word + (path[word] == '.');
    const Node *own = properties ? node_get(properties, key) : NULL;
    if (own) return part_of(own, rest);
    for (const Node *one = any ? any->first : NULL; one; one = one->next) {
        const Node *found = part_of(one, path);
        if (found) return found;
    }
    if (strspn(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != word) return NULL;
    const Node *items = node_get(shape, "items");
    const Node *below = items ? items : node_get(shape, "additionalProperties");
    return below && below->kind == NODE_MAP ? part_of(below, rest) : NULL;
}

static void look_for_key(const char *path, void *context) {
    if (!part_of(schema.root, path)) fail_msg("the schema lacks %s", path);
    ++*(size_t *)context;
}

static void the_schema_has_every_key(void **state) {
    (void)state;
    size_t keys = 0;
    scenario_each_key(look_for_key, &keys);
    assert_in_range(keys, 250, 1000);
    assert_null(part_of(schema.root, "seats.SEAT.reservaton"));
}

/* --- the pages --- */

static const char *line_after(const char *page, const char *word, char *out, size_t size) {
    const char *at = strstr(page, word);
    assert_non_null(at);
    at += strlen(word);
    snprintf(out, size, "%.*s", (int)strcspn(at, "\n"), at);
    return out;
}

/* The example on the page, "key: value", is what the schema takes there. */
static void try_example(const char *path, void *context) {
    char example[1024], sentence[512];
    Text page = {0};
    Error error = {0};
    (void)context;
    assert_true(scenario_key_help(path, &page, &error));
    assert_true(strncmp(text_get(&page), path, strlen(path)) == 0);
    line_after(text_get(&page), ": ", sentence, sizeof sentence);
    assert_true(strlen(sentence) > 5);
    const char *value =
        strchr(line_after(text_get(&page), "  example: ", example, sizeof example), ' ');
    assert_non_null(value);
    if (!text_fits(value + 1, strlen(value + 1), part_of(schema.root, path)))
        fail_msg("%s: the example does not fit: %s", path, value + 1);
    text_finish(&page);
}

static void every_key_has_a_page_with_a_good_example(void **state) {
    (void)state;
    scenario_each_key(try_example, NULL);
}

static void keys_are_found_as_settings_name_them(void **state) {
    (void)state;
    static const char *const same[] = {"seats.SEAT.discount", "seats.discount",
                                       "seats.russia.discount"};
    Text first = {0};
    assert_true(scenario_key_help(same[0], &first, NULL));
    for (size_t i = 1; i < 3; i++) {
        Text page = {0};
        assert_true(scenario_key_help(same[i], &page, NULL));
        assert_string_equal(text_get(&page), text_get(&first));
        text_finish(&page);
    }
    text_finish(&first);
}

static void the_end_of_a_key_gives_all_that_end_so(void **state) {
    (void)state;
    Text page = {0};
    assert_true(scenario_key_help("discount", &page, NULL));
    assert_non_null(strstr(text_get(&page), "seats.SEAT.discount: "));
    assert_non_null(strstr(text_get(&page), "enforcement.discount: "));
    text_finish(&page);
}

#define SEE " (see nonpaper help, or docs/scenario.md for all keys)"

static void an_unknown_key_names_the_nearest(void **state) {
    (void)state;
    static const char *const wrong[][2] = {
        {"seats.discont", "a scenario has no key \"seats.discont\"; did you mean seats.discount?"},
        {"world.leavers", "a scenario has no key \"world.leavers\"; did you mean world.levers?"},
        {"wieghts", "a scenario has no key \"wieghts\"; did you mean weights?"},
        {"\x1b[2J", "there is no command and no key \"\\x1b[2J\"" SEE},
        {"", "there is no command and no key \"\"" SEE},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        Text page = {0};
        Error error = {0};
        assert_false(scenario_key_help(wrong[i][0], &page, &error));
        assert_string_equal(error.text, wrong[i][1]);
        assert_int_equal(error.kind, ERROR_USAGE);
        assert_string_equal(text_get(&page), "");
        text_finish(&page);
    }
}

/* --- the manual --- */

static void look_in_manual(const char *path, void *manual) {
    char quoted[96];
    const char *word = strrchr(path, '.');
    snprintf(quoted, sizeof quoted, "%s", word ? word + 1 : path);
    size_t length = strlen(quoted);
    for (const char *at = manual; (at = strstr(at, quoted)); at++) {
        bool alone = strchr("`{., ", at[-1]) && strchr("`}:., ", at[length]);
        if (alone) return;
    }
    fail_msg("docs/scenario.md does not speak of %s", path);
}

static void the_manual_speaks_of_every_key(void **state) {
    (void)state;
    static char manual[1 << 17];
    FILE *file = fopen(NONPAPER_SOURCE_DIR "/docs/scenario.md", "rb");
    assert_non_null(file);
    manual[fread(manual, 1, sizeof manual - 1, file)] = '\0';
    fclose(file);
    scenario_each_key(look_in_manual, manual);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_schema_takes_the_scenarios_of_the_house),
        cmocka_unit_test(the_schema_refuses_what_the_program_refuses),
        cmocka_unit_test(the_schema_has_every_key),
        cmocka_unit_test(every_key_has_a_page_with_a_good_example),
        cmocka_unit_test(keys_are_found_as_settings_name_them),
        cmocka_unit_test(the_end_of_a_key_gives_all_that_end_so),
        cmocka_unit_test(an_unknown_key_names_the_nearest),
        cmocka_unit_test(the_manual_speaks_of_every_key),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
