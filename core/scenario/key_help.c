/* A page on each key of a scenario. */
#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/base/sim_time.h"
#include "core/scenario/manual.h"
#include "core/scenario/section.h"

enum { PATH_MAX_BYTES = 160, MAX_KEYS = 1024, MAX_PAGES = 4, KEY_COLUMN = 16 };

/* --- every key with its path --- */

typedef struct Key {
    char path[PATH_MAX_BYTES];
    const Field *field;
} Key;

typedef struct Keys {
    size_t count;
    Key key[MAX_KEYS];
} Keys;

static void add_shape(Keys *keys, const char *path, const Shape *shape);

static void add_table(Keys *keys, const char *path, const FieldTable *table) {
    for (size_t i = 0; i < table->count && keys->count < MAX_KEYS; i++) {
        Key *key = &keys->key[keys->count++];
        Shape shape = shape_of(&table->field[i]);
        key->field = &table->field[i];
        snprintf(key->path, sizeof key->path, "%s%s%s", path, path[0] ? "." : "", key->field->key);
        add_shape(keys, key->path, &shape);
    }
}

/* What an entry of a list is called: by its id, where it has one, or its number. */
static const char *entry_name(const Shape *of) {
    if (of->kind != SHAPE_MAP) return "N";
    return strcmp(of->table->field[0].key, "id") == 0 ? "ID" : "N";
}

static void add_shape(Keys *keys, const char *path, const Shape *shape) {
    char below[PATH_MAX_BYTES];
    const char *name = shape->kind == SHAPE_LIST ? entry_name(shape->of) : shape->name;
    switch (shape->kind) {
    case SHAPE_MAP: add_table(keys, path, shape->table); break;
    case SHAPE_FORM: add_shape(keys, path, shape->of); break;
    case SHAPE_LIST:
    case SHAPE_ENTRIES:
        snprintf(below, sizeof below, "%s.%s", path, name);
        add_shape(keys, below, shape->of);
        break;
    case SHAPE_EITHER:
        add_shape(keys, path, shape->of);
        add_shape(keys, path, shape->other);
        break;
    default: break;
    }
}

static Keys *keys_new(void) {
    Keys *keys = memory_new(1, sizeof *keys);
    add_table(keys, "", &scenario_fields);
    return keys;
}

void scenario_each_key(KeyVisitor *visit, void *context) {
    Keys *keys = keys_new();
    for (size_t i = 0; i < keys->count; i++) visit(keys->key[i].path, context);
    memory_free(keys);
}

/* --- finding one --- */

static bool is_placeholder(const char *path, size_t length) {
    return length > 0 && strspn(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") >= length;
}

/* Do the words of the query name the path? Placeholders stand for one word, or none. */
static bool names(const char *query, const char *path) {
    if (*query == '\0' || *path == '\0') return *query == *path;
    size_t asked = strcspn(query, "."), word = strcspn(path, ".");
    const char *query_rest = query + asked + (query[asked] == '.');
    const char *path_rest = path + word + (path[word] == '.');
    if (is_placeholder(path, word))
        return names(query, path_rest) || (*query_rest && names(query_rest, path_rest));
    return asked == word && strncmp(query, path, word) == 0 && names(query_rest, path_rest);
}

/* The end of the path, from some word on. */
static bool names_end(const char *query, const char *path) {
    for (; path; path = strchr(path, '.') ? strchr(path, '.') + 1 : NULL)
        if (names(query, path)) return true;
    return false;
}

typedef struct Found {
    size_t count;
    const Key *key[MAX_KEYS];
} Found;

static bool has_field(const Found *found, const Field *field) {
    for (size_t i = 0; i < found->count; i++)
        if (found->key[i]->field == field) return true;
    return false;
}

/* Forms stand in many places; one page is enough for all. */
static void find(const Keys *keys, const char *query, bool (*fits)(const char *, const char *),
                 Found *found) {
    for (size_t i = 0; i < keys->count; i++) {
        const Key *key = &keys->key[i];
        if (fits(query, key->path) && !has_field(found, key->field))
            found->key[found->count++] = key;
    }
}

/* --- saying what one is --- */

static void say_shape(Text *out, const Shape *shape, bool inside);

static void say_words(Text *out, const char *const *words) {
    for (size_t i = 0; words[i]; i++) text_addf(out, "%s%s", i > 0 ? ", " : "", words[i]);
}

static void say_mechanisms(Text *out) {
    for (size_t i = 0; mechanisms[i]; i++)
        text_addf(out, "%s%s", i > 0 ? ", " : "", mechanisms[i]->name);
}

static void say_range(Text *out, const char *what, const Shape *shape) {
    char least[32], most[32];
    text_addf(out, "%s from %s to %s", what, text_double(least, shape->least),
              text_double(most, shape->most));
}

static void say_duration(Text *out, const Shape *shape) {
    char least[32];
    text_add(out, "a duration such as 12h, 2d or 3w");
    if (shape->least > 0)
        text_addf(out, ", at least %s", duration_format(least, (SimTime)shape->least));
}

static void say_plain(Text *out, const Shape *shape) {
    switch (shape->kind) {
    case SHAPE_NUMBER: say_range(out, "a number", shape); break;
    case SHAPE_COUNT: say_range(out, "a whole number", shape); break;
    case SHAPE_FLAG: text_add(out, "true or false"); break;
    case SHAPE_TEXT: text_addf(out, "text of at most %.0f bytes", shape->most); break;
    case SHAPE_NAME: text_addf(out, "a name of %s", alphabet_say(ALPHABET_NAME)); break;
    case SHAPE_ID: text_addf(out, "an id of %s", alphabet_say(ALPHABET_ID)); break;
    case SHAPE_OPTION: text_add(out, "an option"); break;
    case SHAPE_DATE: text_add(out, "a date such as 2025-02-24 or 2025-02-24T12:30:00, UTC"); break;
    case SHAPE_DURATION: say_duration(out, shape); break;
    case SHAPE_MOMENT: text_add(out, "a date, or a duration after the start"); break;
    case SHAPE_STRATEGY: text_add(out, "name(parameter=value, ...)"); break;
    default: break;
    }
}

static void say_shape(Text *out, const Shape *shape, bool inside) {
    switch (shape->kind) {
    case SHAPE_WORD:
        text_add(out, "one of ");
        say_words(out, shape->words);
        break;
    case SHAPE_MECHANISM:
        text_add(out, "one of ");
        say_mechanisms(out);
        break;
    case SHAPE_MAP:
        text_add(out, shape->lone ? "a map with one of the keys below" : "a map");
        break;
    case SHAPE_ENTRIES:
        text_addf(out, "a map of %s to ", shape->name);
        say_shape(out, shape->of, true);
        break;
    case SHAPE_LIST:
        text_addf(out, "a list, at most %.0f%s", shape->most, inside ? "" : ", each ");
        if (!inside) say_shape(out, shape->of, true);
        break;
    case SHAPE_FORM:
        say_range(out, "a number", shape);
        text_add(out, "; or ");
        say_shape(out, shape->of, inside);
        break;
    case SHAPE_EITHER:
        say_shape(out, shape->of, inside);
        text_add(out, "; or ");
        say_shape(out, shape->other, inside);
        break;
    default: say_plain(out, shape);
    }
}

/* The table of the maps that lie in a value, at whatever depth; NULL when there are none. */
static const FieldTable *table_in(const Shape *shape) {
    if (!shape) return NULL;
    if (shape->kind == SHAPE_MAP) return shape->table;
    const FieldTable *table = table_in(shape->of);
    return table ? table : table_in(shape->other);
}

static void say_keys(Text *out, const FieldTable *table) {
    text_add(out, "  keys:\n");
    for (size_t i = 0; i < table->count; i++) {
        const Field *field = &table->field[i];
        text_addf(out, "    %-*s %s%s\n", KEY_COLUMN, field->key, field->summary,
                  field->presence == MANDATORY ? " (mandatory)" : "");
    }
}

static void say_default(Text *out, const Field *field) {
    if (field->presence == MANDATORY)
        text_add(out, "mandatory");
    else if (field->presence == MANDATORY_UNLESS)
        text_add(out, "mandatory, unless every type has its own");
    else
        text_add(out, field->initial ? field->initial : "none");
}

static void say_page(Text *out, const Key *key) {
    Shape shape = shape_of(key->field);
    text_addf(out, "%s: %s\n  value:   ", key->path, key->field->summary);
    say_shape(out, &shape, false);
    text_add(out, "\n  default: ");
    say_default(out, key->field);
    text_addf(out, "\n  example: %s: %s\n", key->field->key, key->field->example);
    const FieldTable *table = table_in(&shape);
    if (table) say_keys(out, table);
}

static void say_found(Text *out, const Found *found) {
    if (found->count > MAX_PAGES) {
        text_addf(out, "%u keys end so; say which:\n", (unsigned)found->count);
        for (size_t i = 0; i < found->count; i++) text_addf(out, "  %s\n", found->key[i]->path);
        return;
    }
    for (size_t i = 0; i < found->count; i++) {
        if (i > 0) text_add(out, "\n");
        say_page(out, found->key[i]);
    }
}

/* --- when there is none --- */

/* The path without its placeholders, as people write it. */
static const char *bare(char out[PATH_MAX_BYTES], const char *path) {
    size_t used = 0;
    out[0] = '\0';
    while (*path) {
        size_t word = strcspn(path, ".");
        if (!is_placeholder(path, word)) {
            used += (size_t)snprintf(out + used, PATH_MAX_BYTES - used, "%s%.*s", used ? "." : "",
                                     (int)word, path);
        }
        path += word + (path[word] == '.');
    }
    return out;
}

/* By the whole path, or by the last word. */
static bool fail(const Keys *keys, const char *query, Error *error) {
    typedef char Path[PATH_MAX_BYTES];
    Path *path = memory_new(keys->count, sizeof *path);
    const char **known = memory_new(2 * keys->count, sizeof *known);
    for (size_t i = 0; i < keys->count; i++) {
        known[i] = bare(path[i], keys->key[i].path);
        known[keys->count + i] = keys->key[i].field->key;
    }
    char safe[96];
    const char *near = text_nearest(query, known, 2 * keys->count);
    error_set(error, ERROR_USAGE, "%s \"%s\"%s%s%s",
              near ? "a scenario has no key" : "there is no command and no key",
              text_safe(safe, sizeof safe, query), near ? "; did you mean " : "", near ? near : "",
              near ? "?" : " (see nonpaper help, or docs/scenario.md for all keys)");
    memory_free(known);
    memory_free(path);
    return false;
}

bool scenario_key_help(const char *key, Text *out, Error *error) {
    Keys *keys = keys_new();
    Found *found = memory_new(1, sizeof *found);
    find(keys, key, names, found);
    if (found->count == 0) find(keys, key, names_end, found);
    bool good = found->count > 0 || fail(keys, key, error);
    say_found(out, found);
    if (found->count == 0) text_clear(out);
    memory_free(found);
    memory_free(keys);
    return good;
}
