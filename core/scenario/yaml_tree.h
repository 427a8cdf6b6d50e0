/* YAML as a bounded tree of words, lists and maps with the place of each. The only door to libyaml.
 *
 * The subset: one document, UTF-8, no anchors, aliases or tags, words as keys, no key twice. */
#ifndef CORE_SCENARIO_YAML_TREE_H
#define CORE_SCENARIO_YAML_TREE_H

#include "core/base/complaint.h"
#include "core/base/memory.h"

enum {
    YAML_MAX_NODES = 100000,
    YAML_MAX_ENTRIES = 1024, /* of one list or map */
    YAML_MAX_KEY = 64        /* bytes */
};

typedef enum NodeKind { NODE_WORD, NODE_LIST, NODE_MAP } NodeKind;

typedef struct Node Node;
struct Node {
    NodeKind kind;
    Mark at;
    bool quoted;      /* NODE_WORD: begins with a quote */
    const char *text; /* NODE_WORD: as read, NUL-terminated; "" otherwise */
    uint32_t count;   /* children of a list or map */
    Node *first;      /* first child */
    Node *next;       /* next child of the same parent */
    Node *key;        /* in a map: the word before it; NULL in lists and at the root */
};

/* Reads source number `source` of `complaints`. NULL when it is not YAML or beyond the bounds, which
 * was complained of; other complaints leave a tree without the offending parts. */
Node *yaml_tree_read(Complaints *complaints, uint32_t source, Arena *arena);

Node *node_get(const Node *map, const char *key); /* NULL when absent or not a map */
void node_append(Node *parent, Node *child);
/* Where to point when something is missing in `node`: its key, or its beginning, as in a setting. */
Mark node_place(const Node *node);

#endif
