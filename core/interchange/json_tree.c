#include "core/interchange/json_tree.h"

#include <jansson.h>
#include <string.h>

#include "core/interchange/foreign.h"

/* jansson's json_object, json_array, json_string and json_null have namesakes in core/base/json.h. They make
 * values, which is not asked for here; none of them may be called in this file. */

/* jansson says what the values are, and keeps no places. What it accepted is JSON, so that a second walk
 * over the text, in the same order, needs to know blanks, brackets and quotes only. */
typedef struct Walk {
    const char *at, *end;
    Mark mark;
    Complaints *complaints;
    Arena *arena;
    uint32_t nodes, depth;
} Walk;

/* --- over the text --- */

static void step(Walk *walk) {
    if (walk->at == walk->end) return;
    if (*walk->at == '\n') {
        walk->mark.line++;
        walk->mark.column = 1;
    } else if (((unsigned char)*walk->at & 0xC0) != 0x80) {
        walk->mark.column++;
    }
    walk->at++;
}

static void skip_any(Walk *walk, const char *letters) {
    while (walk->at < walk->end && strchr(letters, *walk->at)) step(walk);
}

/* A text with its quotes, or anything else that has no parts. Returns its place. */
static Mark skip_word(Walk *walk) {
    Mark mark = walk->mark;
    if (walk->at < walk->end && *walk->at == '"') {
        for (step(walk); walk->at < walk->end && *walk->at != '"'; step(walk))
            if (*walk->at == '\\') step(walk);
        step(walk);
    } else {
        while (walk->at < walk->end && !strchr(",:]} \t\r\n", *walk->at)) step(walk);
    }
    mark.length = walk->mark.line == mark.line ? walk->mark.column - mark.column : 1;
    return mark;
}

/* --- over both --- */

static JsonNode *build(Walk *walk, json_t *value);

static JsonNode *refuse(Walk *walk, const char *why, int most) {
    complain(walk->complaints, walk->mark, why, most);
    return NULL;
}

static void hang(JsonNode *parent, JsonNode **last, JsonNode *child) {
    if (*last)
        (*last)->next = child;
    else
        parent->first = child;
    *last = child;
    parent->count++;
}

/* Members come in the order of the text. */
static bool build_map(Walk *walk, json_t *value, JsonNode *map) {
    JsonNode *last = NULL;
    for (void *at = json_object_iter(value); at; at = json_object_iter_next(value, at)) {
        const char *key = json_object_iter_key(at);
        skip_any(walk, "{, \t\r\n");
        Mark key_at = skip_word(walk);
        skip_any(walk, ": \t\r\n");
        JsonNode *child = build(walk, json_object_iter_value(at));
        if (child == NULL) return false;
        child->key = arena_text(walk->arena, key, strlen(key));
        child->key_at = key_at;
        hang(map, &last, child);
    }
    return true;
}

static bool build_list(Walk *walk, json_t *value, JsonNode *list) {
    JsonNode *last = NULL;
    for (size_t i = 0; i < json_array_size(value); i++) {
        JsonNode *child = build(walk, json_array_get(value, i));
        if (child == NULL) return false;
        hang(list, &last, child);
        skip_any(walk, ", \t\r\n");
    }
    return true;
}

static void build_word(Walk *walk, json_t *value, JsonNode *node) {
    node->at = skip_word(walk);
    node->kind = JSON_IS_WORD;
    node->null = json_typeof(value) == JSON_NULL;
    if (json_is_string(value)) {
        node->kind = JSON_IS_TEXT;
        node->text = arena_text(walk->arena, json_string_value(value), json_string_length(value));
    } else if (json_is_number(value)) {
        node->kind = JSON_IS_NUMBER;
        node->number = json_number_value(value);
    }
}

static JsonNode *build(Walk *walk, json_t *value) {
    bool map = json_is_object(value), list = json_is_array(value);
    skip_any(walk, " \t\r\n");
    if (walk->depth == FOREIGN_MAX_DEPTH)
        return refuse(walk, "nested deeper than %d levels", FOREIGN_MAX_DEPTH);
    if (++walk->nodes > FOREIGN_MAX_NODES)
        return refuse(walk, "more than %d values in one file", FOREIGN_MAX_NODES);
    JsonNode *node = arena_new(walk->arena, sizeof *node);
    *node = (JsonNode){.at = walk->mark, .text = "", .kind = map ? JSON_IS_MAP : JSON_IS_LIST};
    if (!map && !list) {
        build_word(walk, value, node);
        return node;
    }
    walk->depth++;
    step(walk);
    skip_any(walk, " \t\r\n");
    if (map ? !build_map(walk, value, node) : !build_list(walk, value, node)) return NULL;
    skip_any(walk, " \t\r\n");
    step(walk);
    walk->depth--;
    return node;
}

/* --- reading --- */

const JsonNode *json_tree_read(Complaints *complaints, uint32_t number, Arena *arena) {
    const Source *source = &complaints->source[number];
    json_error_t problem;
    if (source->length > FOREIGN_MAX_BYTES) {
        complain(complaints, (Mark){number, 0, 0, 0}, "larger than 4 MiB");
        return NULL;
    }
    if (!complain_unless_utf8(complaints, number)) return NULL;
    json_t *root = json_loadb(source->bytes, source->length,
                              JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, &problem);
    if (root == NULL) {
        size_t at = problem.position > 0 ? (size_t)problem.position - 1 : 0;
        complain(complaints, mark_of_byte(source, number, at), "not valid JSON: %s", problem.text);
        return NULL;
    }
    Walk walk = {.at = source->bytes,
                 .end = source->bytes + source->length,
                 .mark = {number, 1, 1, 1},
                 .complaints = complaints,
                 .arena = arena};
    const JsonNode *tree = build(&walk, root);
    json_decref(root);
    return tree;
}

const JsonNode *json_get(const JsonNode *map, const char *key) {
    const JsonNode *child = map && map->kind == JSON_IS_MAP ? map->first : NULL;
    while (child && strcmp(child->key, key) != 0) child = child->next;
    return child;
}
