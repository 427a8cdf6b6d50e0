/* JSON as a bounded tree of values with the place of each. The only door to jansson. */
#ifndef CORE_INTERCHANGE_JSON_TREE_H
#define CORE_INTERCHANGE_JSON_TREE_H

#include "core/base/complaint.h"
#include "core/base/memory.h"

typedef enum JsonKind {
    JSON_IS_MAP,
    JSON_IS_LIST,
    JSON_IS_TEXT,
    JSON_IS_NUMBER,
    JSON_IS_WORD
} JsonKind;

typedef struct JsonNode JsonNode;
struct JsonNode {
    JsonKind kind; /* JSON_IS_WORD: null, true, false */
    Mark at;
    const char *text; /* TEXT; "" otherwise */
    double number;    /* NUMBER */
    bool null;
    const char *key; /* in a map; NULL elsewhere */
    Mark key_at;
    uint32_t count; /* of children */
    const JsonNode *first, *next;
};

/* Reads source `number`. NULL when it is not JSON or beyond the bounds, which was complained of. No key
 * stands twice in a map. */
const JsonNode *json_tree_read(Complaints *complaints, uint32_t number, Arena *arena);

const JsonNode *json_get(const JsonNode *map, const char *key); /* NULL: absent, or no map */

#endif
