#include "core/scenario/setting.h"

#include <stdio.h>
#include <string.h>

enum { MAX_KNOWN = 64 };

typedef struct Walk {
    Complaints *complaints;
    Arena *arena;
    Mark mark;        /* the setting as a whole */
    const char *rest; /* of the path */
} Walk;

/* Does the path go on with this word? Returns what is left of it, or NULL. Words may hold points, as
 * names of options do, so the longest that fits is taken. */
static const char *follows(const char *path, const char *word) {
    size_t length = strlen(word);
    if (length == 0 || strncmp(path, word, length) != 0) return NULL;
    if (path[length] == '.') return path + length + 1;
    return path[length] == '\0' ? path + length : NULL;
}

static const char *name_of(const Node *parent, const Node *child, uint32_t index, char number[16]) {
    if (parent->kind == NODE_MAP) return child->key->text;
    snprintf(number, 16, "%u", index);
    const Node *id = node_get(child, "id");
    return id ? id->text : number;
}

static bool is_number(const char *path, uint32_t index, const char **rest) {
    char number[16];
    snprintf(number, sizeof number, "%u", index);
    *rest = follows(path, number);
    return *rest != NULL;
}

static Node **find_child(Node *parent, const char *path, const char **rest) {
    Node **found = NULL;
    uint32_t index = 0;
    char number[16];
    for (Node **link = &parent->first; *link; link = &(*link)->next, index++) {
        const char *left = follows(path, name_of(parent, *link, index, number));
        if (!left && (parent->kind != NODE_LIST || !is_number(path, index, &left))) continue;
        if (found && left < *rest) continue;
        found = link;
        *rest = left;
    }
    return found;
}

/* --- what is not there --- */

static const struct {
    const char *parent, *word;
} closed[] = {{"seats", "seat"},
              {"issues", "issue"},
              {"tables", "table"},
              {"variables", "variable"},
              {"levers", "lever"}};

/* "seat", "issue" and so on for maps whose entries a setting may not invent; NULL for others. */
static const char *closed_word(const Node *parent) {
    for (size_t i = 0; parent->key && i < sizeof closed / sizeof closed[0]; i++) {
        if (strcmp(parent->key->text, closed[i].parent) == 0) return closed[i].word;
    }
    return parent->kind == NODE_LIST ? "entry" : NULL;
}

static void complain_no_such(Walk *walk, const Node *parent, const char *what, const char *word) {
    const char *known[MAX_KNOWN];
    char numbers[MAX_KNOWN][16], hint[360];
    size_t count = 0;
    for (const Node *child = parent->first; child && count < MAX_KNOWN; child = child->next) {
        known[count] = name_of(parent, child, (uint32_t)count, numbers[count]);
        count++;
    }
    complaint_hint(hint, sizeof hint, word, known, count);
    complain(walk->complaints, walk->mark, "no such %s%s", what, hint);
}

static const char *take_word(Walk *walk) {
    size_t length = strcspn(walk->rest, ".");
    const char *word = arena_text(walk->arena, walk->rest, length);
    walk->rest += length + (walk->rest[length] == '.');
    return word;
}

static Node *make_node(Walk *walk, NodeKind kind) {
    Node *node = arena_new(walk->arena, sizeof *node);
    node->kind = kind;
    node->at = walk->mark;
    node->text = "";
    return node;
}

/* A new entry of a map: `child` under the next word of the path. */
static bool make_child(Walk *walk, Node *parent, Node *child) {
    const char *what = closed_word(parent);
    const char *word = take_word(walk);
    if (what) {
        complain_no_such(walk, parent, what, word);
        return false;
    }
    child->key = make_node(walk, NODE_WORD);
    child->key->text = word;
    node_append(parent, child);
    return true;
}

/* --- walking --- */

/* `mechanism: open-table` is short for a map; a path into it makes the map. */
static void widen(Walk *walk, Node *node) {
    if (node->kind != NODE_WORD || !node->key || strcmp(node->key->text, "mechanism") != 0) return;
    Node *kind = make_node(walk, NODE_WORD);
    kind->text = node->text;
    kind->at = node->at;
    kind->quoted = node->quoted;
    kind->key = make_node(walk, NODE_WORD);
    kind->key->text = "kind";
    node->kind = NODE_MAP;
    node->text = "";
    node_append(node, kind);
}

static void replace(Node **link, Node *value) {
    value->key = (*link)->key;
    value->next = (*link)->next;
    *link = value;
}

static void put(Walk *walk, Node *root, Node *value) {
    Node *parent = root;
    for (;;) {
        const char *rest = NULL;
        widen(walk, parent);
        if (parent->kind == NODE_WORD) {
            complain(walk->complaints, walk->mark,
                     "\"%s\" is a single value; nothing lies below it",
                     parent->key ? parent->key->text : parent->text);
            return;
        }
        Node **link = find_child(parent, walk->rest, &rest);
        if (link && *rest == '\0') {
            replace(link, value);
            return;
        }
        bool last = !link && strchr(walk->rest, '.') == NULL;
        Node *next = link ? *link : last ? value : make_node(walk, NODE_MAP);
        if (!link && !make_child(walk, parent, next)) return;
        if (last) return;
        if (link) walk->rest = rest;
        parent = next;
    }
}

static bool path_is_good(const char *path) {
    size_t length = strlen(path);
    return length > 0 && path[0] != '.' && path[length - 1] != '.' && !strstr(path, "..") &&
           length < 512;
}

void setting_apply(const Setting *setting, uint32_t source, Node *root, Complaints *complaints,
                   Arena *arena) {
    Walk walk = {complaints, arena, {source, 0, 0, 0}, setting->path};
    if (!path_is_good(setting->path)) {
        complain(complaints, walk.mark, "expected words joined by dots, such as time.deadline");
        return;
    }
    Node *value = yaml_tree_read(complaints, source, arena);
    if (value) put(&walk, root, value);
}
