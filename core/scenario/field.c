#include "core/scenario/field.h"

#include <stdio.h>
#include <string.h>

#include "core/base/sim_time.h"

enum { MAX_FIELDS = 24 };

static const char *const kind_words[] = {
    [NODE_WORD] = "a single value", [NODE_LIST] = "a list", [NODE_MAP] = "a map"};

bool node_expect(Draft *draft, const Node *node, NodeKind kind, const char *what) {
    if (node->kind == kind) return true;
    bool empty = node->kind == NODE_WORD && node->text[0] == '\0' && !node->quoted;
    complain(draft->complaints, empty ? node_place(node) : node->at, "expected %s%s%s, not %s",
             what ? what : kind_words[kind], what ? ": " : "", what ? kind_words[kind] : "",
             empty ? "nothing" : kind_words[node->kind]);
    return false;
}

static const Field *find(const FieldTable *table, const char *key) {
    for (size_t i = 0; i < table->count; i++) {
        if (strcmp(table->field[i].key, key) == 0) return &table->field[i];
    }
    return NULL;
}

typedef struct Known {
    const char *key[MAX_FIELDS];
    size_t count;
} Known;

static Known known_keys(const FieldTable *table) {
    Known known = {.count = table->count};
    for (size_t i = 0; i < table->count; i++) known.key[i] = table->field[i].key;
    return known;
}

static void refuse_unknown(Draft *draft, const Node *map, const FieldTable *table) {
    Known known = known_keys(table);
    for (const Node *child = map->first; child; child = child->next) {
        const char *key = child->key->text;
        if (find(table, key)) continue;
        complain_unknown(draft->complaints, child->key->at, "key", key, known.key, known.count);
    }
}

/* Is the field there under a misspelt key? That was complained of already. */
static bool is_misspelt(const Node *map, const FieldTable *table, const char *field) {
    Known known = known_keys(table);
    for (const Node *child = map->first; child; child = child->next) {
        const char *key = child->key->text;
        const char *meant = find(table, key) ? NULL : text_nearest(key, known.key, known.count);
        if (meant && strcmp(meant, field) == 0) return true;
    }
    return false;
}

static bool may_be_absent(const Node *map, const FieldTable *table, const Field *field) {
    if (field->presence == MANDATORY_UNLESS) return node_get(map, table->instead) != NULL;
    return field->presence == OPTIONAL;
}

/* One sentence for all that is missing, since they share a place. */
static void complain_missing(Draft *draft, const Node *map, const FieldTable *table) {
    char list[256] = "";
    for (size_t i = 0; i < table->count; i++) {
        const Field *field = &table->field[i];
        if (may_be_absent(map, table, field) || node_get(map, field->key)) continue;
        if (is_misspelt(map, table, field->key)) continue;
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s\"%s\"", used ? ", " : "", field->key);
    }
    if (list[0]) complain(draft->complaints, node_place(map), "%s lacks %s", table->what, list);
}

bool fields_read(Draft *draft, const Node *map, const FieldTable *table, void *into) {
    if (!node_expect(draft, map, NODE_MAP, table->what)) return false;
    refuse_unknown(draft, map, table);
    complain_missing(draft, map, table);
    for (size_t i = 0; i < table->count; i++) {
        const Field *field = &table->field[i];
        const Node *node = node_get(map, field->key);
        if (node) field->read(draft, node, field, (char *)into + field->offset);
    }
    return true;
}

/* --- single values --- */

bool number_read(Draft *draft, const Node *node, double least, double most, double *number) {
    char low[32], high[32];
    double read;
    if (!node_expect(draft, node, NODE_WORD, "a number")) return false;
    if (!scalar_number(node->text, &read)) {
        complain(draft->complaints, node->at, "expected a number from %s to %s, not \"%.40s\"",
                 text_double(low, least), text_double(high, most), node->text);
        return false;
    }
    if (read >= least && read <= most) {
        *number = read; /* only then: what is computed from it stays finite */
        return true;
    }
    complain(draft->complaints, node->at, "%.40s is out of range: %s to %s", node->text,
             text_double(low, least), text_double(high, most));
    return false;
}

bool duration_read(Draft *draft, const Node *node, SimTime least, SimTime *seconds) {
    char shortest[32];
    if (!node_expect(draft, node, NODE_WORD, "a duration")) return false;
    if (duration_too_long(node->text)) {
        complain(draft->complaints, node->at, "%.40s is too long: at most 100,000 days",
                 node->text);
        return false;
    }
    if (!duration_parse(node->text, seconds)) {
        complain(draft->complaints, node->at,
                 "expected a duration such as 90s, 12h, 2d or 3w, not \"%.40s\"", node->text);
        return false;
    }
    if (*seconds >= least) return true;
    complain(draft->complaints, node->at, "%.40s is too short: at least %s", node->text,
             duration_format(shortest, least));
    return false;
}

bool word_read(Draft *draft, const Node *node, Alphabet alphabet, const char **word) {
    if (!node_expect(draft, node, NODE_WORD, "a name")) return false;
    if (!scalar_name(node->text, alphabet)) {
        complain(draft->complaints, node->at, "expected a name of %s, not \"%.64s\"",
                 alphabet_say(alphabet), node->text);
        return false;
    }
    *word = arena_text(draft->arena, node->text, strlen(node->text));
    return true;
}

bool moment_read(Draft *draft, const Node *node, SimTime *at) {
    int64_t date;
    if (!node_expect(draft, node, NODE_WORD, "a date or a duration")) return false;
    if (date_parse(node->text, &date)) {
        *at = date - draft_terms(draft)->epoch;
        return true;
    }
    if (duration_parse(node->text, at)) return true;
    if (duration_too_long(node->text)) {
        complain(draft->complaints, node->at, "%.40s is too long: at most 100,000 days",
                 node->text);
        return false;
    }
    complain(draft->complaints, node->at,
             "expected a date such as 2025-12-31 or a duration such as 30d, not \"%.40s\"",
             node->text);
    return false;
}

void keys_refuse(Draft *draft, const Node *map, const char *const *keys, const char *why) {
    for (; *keys; keys++) {
        const Node *node = node_get(map, *keys);
        if (!node) continue;
        complain(draft->complaints, node_place(node), "\"%s\" has no meaning here: %s", *keys, why);
    }
}

void complain_absent(Draft *draft, const Node *map, const char *what, const char *const *names,
                     size_t count) {
    char list[320] = "";
    for (size_t i = 0; i < count; i++) {
        size_t used = strlen(list);
        if (node_get(map, names[i]) || used >= sizeof list - 1) continue;
        snprintf(list + used, sizeof list - used, "%s%s", used ? ", " : "", names[i]);
    }
    if (list[0]) complain(draft->complaints, node_place(map), "no %s for %s", what, list);
}

/* --- readers for tables --- */

void field_number(Draft *draft, const Node *node, const Field *field, void *into) {
    number_read(draft, node, field->least, field->most, into);
}

void field_utility(Draft *draft, const Node *node, const Field *field, void *into) {
    double number;
    if (!number_read(draft, node, field->least, field->most, &number)) return;
    *(Utility *)into = utility_from(number);
}

void field_count(Draft *draft, const Node *node, const Field *field, void *into) {
    uint32_t count = 0;
    if (!node_expect(draft, node, NODE_WORD, "a whole number")) return;
    if (!scalar_count(node->text, &count) || count < field->least || count > field->most) {
        complain(draft->complaints, node->at,
                 "expected a whole number from %.0f to %.0f, not \"%.40s\"", field->least,
                 field->most, node->text);
        return;
    }
    *(uint32_t *)into = count;
}

void field_flag(Draft *draft, const Node *node, const Field *field, void *into) {
    (void)field;
    if (!node_expect(draft, node, NODE_WORD, "true or false")) return;
    if (scalar_flag(node->text, into)) return;
    complain(draft->complaints, node->at, "expected true or false, not \"%.40s\"", node->text);
}

void field_text(Draft *draft, const Node *node, const Field *field, void *into) {
    if (!node_expect(draft, node, NODE_WORD, "text")) return;
    size_t length = strlen(node->text);
    if (length > (size_t)field->most) {
        complain(draft->complaints, node->at, "longer than %.0f bytes", field->most);
        return;
    }
    *(const char **)into = arena_text(draft->arena, node->text, length);
}

void field_name(Draft *draft, const Node *node, const Field *field, void *into) {
    (void)field;
    word_read(draft, node, ALPHABET_NAME, into);
}

void field_id(Draft *draft, const Node *node, const Field *field, void *into) {
    (void)field;
    word_read(draft, node, ALPHABET_ID, into);
}

void field_date(Draft *draft, const Node *node, const Field *field, void *into) {
    (void)field;
    if (!node_expect(draft, node, NODE_WORD, "a date")) return;
    if (date_parse(node->text, into)) return;
    complain(draft->complaints, node->at, "expected a date such as 2025-02-24, not \"%.40s\"",
             node->text);
}

void field_duration(Draft *draft, const Node *node, const Field *field, void *into) {
    duration_read(draft, node, (SimTime)field->least, into);
}

void field_seats(Draft *draft, const Node *node, const Field *field, void *into) {
    (void)field;
    seats_read(draft, node, into);
}

void field_word(Draft *draft, const Node *node, const Field *field, void *into) {
    const char *const *words = field->shape->words;
    uint8_t count = 0;
    if (!node_expect(draft, node, NODE_WORD, "a word")) return;
    for (; words[count]; count++) {
        if (strcmp(words[count], node->text) != 0) continue;
        *(uint8_t *)into = count;
        return;
    }
    complain_unknown(draft->complaints, node->at, field->key, node->text, words, count);
}

void field_later(Draft *draft, const Node *node, const Field *field, void *into) {
    (void)draft, (void)field;
    *(const Node **)into = node;
}
