#include "core/scenario/yaml_tree.h"

#include <stdio.h>
#include <string.h>
#include <yaml.h>

#include "core/scenario/scenario.h"

typedef struct Builder {
    yaml_parser_t parser;
    yaml_event_t event; /* the current one */
    Complaints *complaints;
    Arena *arena;
    uint32_t source, nodes;
} Builder;

static Mark mark_between(const Builder *builder, yaml_mark_t from, yaml_mark_t to) {
    size_t length = to.line == from.line && to.column > from.column ? to.column - from.column : 1;
    return (Mark){builder->source, (uint32_t)from.line + 1, (uint32_t)from.column + 1,
                  (uint32_t)length};
}

static Mark event_mark(const Builder *builder) {
    Mark mark = mark_between(builder, builder->event.start_mark, builder->event.end_mark);
    if (builder->event.type != YAML_SCALAR_EVENT) mark.length = 1;
    return mark;
}

/* --- libyaml's own complaints --- */

static void complain_unreadable(Builder *builder) {
    const yaml_parser_t *parser = &builder->parser;
    const Source *source = &builder->complaints->source[builder->source];
    Mark at = mark_of_byte(source, builder->source, parser->problem_offset);
    complain(builder->complaints, at, "not valid YAML: %s",
             parser->problem ? parser->problem : "cannot be read");
}

/* Behind the last character that is not blank: where an unfinished text is shown to end. */
static Mark mark_of_end(const Source *source, uint32_t number) {
    size_t length = source->length;
    while (length > 0 && strchr(" \t\r\n", source->bytes[length - 1])) length--;
    return mark_of_byte(source, number, length);
}

/* What never ends is shown where it begins, or else where the text ends. */
static Mark problem_place(const Builder *builder) {
    const yaml_parser_t *parser = &builder->parser;
    bool endless = parser->context && strstr(parser->problem, "end of stream");
    yaml_mark_t at = endless ? parser->context_mark : parser->problem_mark;
    Mark mark = mark_between(builder, at, at);
    Mark end = mark_of_end(&builder->complaints->source[builder->source], builder->source);
    return mark.line > end.line ? end : mark;
}

static bool tab_before(const Source *source, Mark mark) {
    Mark start = {mark.source, 1, 1, 1};
    size_t i = 0;
    for (; i < source->length && start.line < mark.line; i++)
        start.line += source->bytes[i] == '\n';
    size_t blanks = strspn(source->bytes + i, " \t");
    return memchr(source->bytes + i, '\t', blanks) != NULL;
}

static void complain_syntax(Builder *builder) {
    const yaml_parser_t *parser = &builder->parser;
    if (parser->error == YAML_READER_ERROR || !parser->problem) {
        complain_unreadable(builder);
        return;
    }
    char context[160] = "";
    Mark at = problem_place(builder);
    if (parser->context) {
        int used = snprintf(context, sizeof context, ", %s", parser->context);
        if (parser->context_mark.line + 1 != at.line) {
            snprintf(context + used, sizeof context - (size_t)used, " that begins on line %zu",
                     parser->context_mark.line + 1);
        }
    }
    bool tab = strstr(parser->problem, "token") &&
               tab_before(&builder->complaints->source[builder->source], at);
    complain(builder->complaints, at, "not valid YAML: %s%s%s", parser->problem, context,
             tab ? "; indent with spaces, not tabs" : "");
}

static bool next_event(Builder *builder) {
    yaml_event_delete(&builder->event);
    if (yaml_parser_parse(&builder->parser, &builder->event)) return true;
    memset(&builder->event, 0, sizeof builder->event);
    complain_syntax(builder);
    return false;
}

/* --- nodes --- */

static Node *node_new(Builder *builder, NodeKind kind) {
    if (++builder->nodes > YAML_MAX_NODES) {
        complain(builder->complaints, event_mark(builder), "more than %d values in one file",
                 YAML_MAX_NODES);
        return NULL;
    }
    Node *node = arena_new(builder->arena, sizeof *node);
    node->kind = kind;
    node->at = event_mark(builder);
    node->text = "";
    return node;
}

void node_append(Node *parent, Node *child) {
    Node **end = &parent->first;
    while (*end) end = &(*end)->next;
    *end = child;
    child->next = NULL;
    parent->count++;
}

Node *node_get(const Node *map, const char *key) {
    if (!map || map->kind != NODE_MAP) return NULL;
    for (Node *child = map->first; child; child = child->next) {
        if (strcmp(child->key->text, key) == 0) return child;
    }
    return NULL;
}

Mark node_place(const Node *node) {
    /* A value that a setting put there is looked for in the setting, not beside the file's key. */
    return node->key && node->key->at.source == node->at.source ? node->key->at : node->at;
}

/* --- events to nodes --- */

static void refuse_property(Builder *builder, const yaml_char_t *anchor, const yaml_char_t *tag) {
    if (anchor) {
        complain(builder->complaints, event_mark(builder),
                 "anchors are not part of the scenario format; write the value out");
    } else if (tag) {
        complain(builder->complaints, event_mark(builder),
                 "tags are not part of the scenario format; write the bare value");
    }
}

static Node *build_word(Builder *builder) {
    const yaml_event_t *event = &builder->event;
    Node *node = node_new(builder, NODE_WORD);
    if (!node) return NULL;
    if (event->type == YAML_ALIAS_EVENT) {
        complain(builder->complaints, node->at,
                 "aliases are not part of the scenario format; write the value out");
        return node;
    }
    refuse_property(builder, event->data.scalar.anchor, event->data.scalar.tag);
    const char *text = (const char *)event->data.scalar.value;
    node->text = arena_text(builder->arena, text, event->data.scalar.length);
    node->quoted = event->data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
                   event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    if (strlen(node->text) != event->data.scalar.length) {
        complain(builder->complaints, node->at, "the text holds a NUL character");
    }
    return node;
}

static Node *build(Builder *builder, unsigned depth);

static bool room_for_child(Builder *builder, const Node *parent) {
    if (parent->count < YAML_MAX_ENTRIES) return true;
    complain(builder->complaints, event_mark(builder), "more than %d entries in one %s",
             YAML_MAX_ENTRIES, parent->kind == NODE_MAP ? "map" : "list");
    return false;
}

static bool build_list(Builder *builder, Node *list, unsigned depth) {
    Node **end = &list->first;
    while (next_event(builder)) {
        if (builder->event.type == YAML_SEQUENCE_END_EVENT) return true;
        if (!room_for_child(builder, list)) return false;
        Node *child = build(builder, depth + 1);
        if (!child) return false;
        *end = child;
        end = &child->next;
        list->count++;
    }
    return false;
}

/* May this child stay in the map? Its key must be a short word that is new. */
static bool key_is_good(Builder *builder, const Node *map, const Node *key) {
    Complaints *complaints = builder->complaints;
    if (key->kind != NODE_WORD) {
        complain(complaints, key->at, "a key must be a single word");
        return false;
    }
    if (strlen(key->text) > YAML_MAX_KEY) {
        complain(complaints, key->at, "a key may have at most %d bytes", YAML_MAX_KEY);
        return false;
    }
    const Node *first = node_get(map, key->text);
    if (!first) return true;
    complain(complaints, key->at, "key \"%s\" is given twice; the first is on line %u", key->text,
             first->key->at.line);
    return false;
}

static bool build_map(Builder *builder, Node *map, unsigned depth) {
    Node **end = &map->first;
    while (next_event(builder)) {
        if (builder->event.type == YAML_MAPPING_END_EVENT) return true;
        if (!room_for_child(builder, map)) return false;
        Node *key = build(builder, depth + 1);
        if (!key || !next_event(builder)) return false;
        Node *child = build(builder, depth + 1);
        if (!child) return false;
        if (!key_is_good(builder, map, key)) continue;
        child->key = key;
        *end = child;
        end = &child->next;
        map->count++;
    }
    return false;
}

static Node *build(Builder *builder, unsigned depth) {
    const yaml_event_t *event = &builder->event;
    if (event->type == YAML_SCALAR_EVENT || event->type == YAML_ALIAS_EVENT) {
        return build_word(builder);
    }
    if (depth > SCENARIO_MAX_DEPTH) {
        complain(builder->complaints, event_mark(builder), "nested deeper than %d levels",
                 SCENARIO_MAX_DEPTH);
        return NULL;
    }
    bool map = event->type == YAML_MAPPING_START_EVENT;
    Node *node = node_new(builder, map ? NODE_MAP : NODE_LIST);
    if (!node) return NULL;
    if (map) {
        refuse_property(builder, event->data.mapping_start.anchor, event->data.mapping_start.tag);
        return build_map(builder, node, depth) ? node : NULL;
    }
    refuse_property(builder, event->data.sequence_start.anchor, event->data.sequence_start.tag);
    return build_list(builder, node, depth) ? node : NULL;
}

static Node *build_document(Builder *builder) {
    if (!next_event(builder)) return NULL; /* stream start */
    if (!next_event(builder)) return NULL;
    if (builder->event.type != YAML_DOCUMENT_START_EVENT) {
        complain(builder->complaints, (Mark){builder->source, 1, 1, 1}, "there is nothing in it");
        return NULL;
    }
    if (!next_event(builder)) return NULL;
    Node *root = build(builder, 1);
    if (!root || !next_event(builder)) return NULL; /* document end */
    if (!next_event(builder)) return NULL;
    if (builder->event.type != YAML_STREAM_END_EVENT) {
        complain(builder->complaints, event_mark(builder),
                 "a second document begins here; a scenario is one document");
    }
    return root;
}

/* --- the whole --- */

Node *yaml_tree_read(Complaints *complaints, uint32_t source, Arena *arena) {
    const Source *text = &complaints->source[source];
    if (text->length > SCENARIO_MAX_BYTES) {
        complain(complaints, (Mark){source, 0, 0, 0}, "larger than 1 MiB");
        return NULL;
    }
    if (!complain_unless_utf8(complaints, source)) return NULL;
    Builder builder = {.complaints = complaints, .arena = arena, .source = source};
    if (!yaml_parser_initialize(&builder.parser)) {
        complain(complaints, (Mark){source, 0, 0, 0}, "there is no memory to read it");
        return NULL;
    }
    yaml_parser_set_input_string(&builder.parser, (const unsigned char *)text->bytes, text->length);
    Node *root = build_document(&builder);
    yaml_event_delete(&builder.event);
    yaml_parser_delete(&builder.parser);
    return root;
}
