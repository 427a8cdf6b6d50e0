/* What the readers of GeniusWeb's domains and profiles share. */
#ifndef CORE_INTERCHANGE_GENIUSWEB_PARTS_H
#define CORE_INTERCHANGE_GENIUSWEB_PARTS_H

#include "core/base/scalar.h"
#include "core/interchange/geniusweb.h"
#include "core/interchange/json_tree.h"

typedef struct WebReader {
    Foreign *foreign;
    Complaints *complaints;
    uint32_t steps;
    Arena tree;
} WebReader;

/* A number, or a text that is one, from least to most; or a complaint. */
bool web_number(WebReader *reader, const JsonNode *node, double least, double most, double *number);
/* A member of that kind, or NULL and a complaint. */
const JsonNode *web_need(WebReader *reader, const JsonNode *map, const char *key, JsonKind kind);
/* Is the name of a fitting length? */
bool web_short(WebReader *reader, Mark at, const char *name);

/* Fills name and issues of `into`. */
void web_read_domain(WebReader *reader, const JsonNode *domain, Foreign *into);
/* The profile's own domain must be `domain`, wherever that came from. */
void web_read_profile(WebReader *reader, const JsonNode *space, const JsonNode *domain,
                      ForeignProfile *profile);

#endif
