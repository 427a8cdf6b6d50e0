#include "core/interchange/geniusweb.h"

#include <stdio.h>
#include <string.h>

#include "core/interchange/geniusweb_parts.h"

/* --- what both kinds of files share --- */

bool web_number(WebReader *reader, const JsonNode *node, double least, double most,
                double *number) {
    char low[32], high[32];
    if (node->kind != JSON_IS_NUMBER &&
        !(node->kind == JSON_IS_TEXT && scalar_number(node->text, number))) {
        complain(reader->complaints, node->at, "expected a number");
        return false;
    }
    if (node->kind == JSON_IS_NUMBER) *number = node->number;
    if (*number >= least && *number <= most) return true;
    complain(reader->complaints, node->at, "out of range: %s to %s", text_double(low, least),
             text_double(high, most));
    return false;
}

const JsonNode *web_need(WebReader *reader, const JsonNode *map, const char *key, JsonKind kind) {
    static const char *const kinds[] = {"a map", "a list", "a text", "a number", "a word"};
    const JsonNode *node = json_get(map, key);
    if (node == NULL)
        complain(reader->complaints, map->key ? map->key_at : map->at, "there is no \"%s\" in it",
                 key);
    else if (node->kind == kind)
        return node;
    else
        complain(reader->complaints, node->at, "\"%s\" is %s", key, kinds[kind]);
    return NULL;
}

bool web_short(WebReader *reader, Mark at, const char *name) {
    size_t length = strlen(name);
    if (length >= 1 && length <= FOREIGN_MAX_NAME) return true;
    complain(reader->complaints, at, "a name has 1 to %d bytes", FOREIGN_MAX_NAME);
    return false;
}

/* --- which file is what --- */

static const char profile_key[] = "LinearAdditiveUtilitySpace";

static bool is_domain(const JsonNode *root) {
    return json_get(root, "issuesValues") != NULL;
}

static void complain_other(WebReader *reader, const JsonNode *root) {
    static const char *const known[] = {"issuesValues", profile_key};
    const JsonNode *first = root->first;
    if (root->kind != JSON_IS_MAP || first == NULL)
        complain(reader->complaints, root->at, "expected a domain or a profile");
    else if (strstr(first->key, "UtilitySpace") || strstr(first->key, "Profile"))
        complain(reader->complaints, first->key_at, "of all profiles only %s is read, not %.64s",
                 profile_key, first->key);
    else
        complain_unknown(reader->complaints, first->key_at, "kind of file", first->key, known, 2);
}

typedef struct WebFiles {
    uint32_t count;
    const JsonNode *root[NP_MAX_SEATS + 1]; /* NULL: cannot be read */
} WebFiles;

static void read_trees(WebReader *reader, WebFiles *files) {
    for (uint32_t i = 0; i < files->count; i++) {
        files->root[i] = json_tree_read(reader->complaints, i, &reader->tree);
        if (files->root[i] == NULL) continue;
        if (is_domain(files->root[i]) || json_get(files->root[i], profile_key)) continue;
        complain_other(reader, files->root[i]);
        files->root[i] = NULL;
    }
}

/* A file of its own, or what the first profile says. */
static const JsonNode *find_domain(const WebFiles *files) {
    const JsonNode *found = NULL;
    for (uint32_t i = 0; i < files->count; i++) {
        if (files->root[i] == NULL) continue;
        if (is_domain(files->root[i])) return files->root[i];
        if (!found) found = json_get(json_get(files->root[i], profile_key), "domain");
    }
    return found;
}

static void read_profiles(WebReader *reader, const WebFiles *files, const JsonNode *domain) {
    Foreign *foreign = reader->foreign;
    for (uint32_t i = 0; i < files->count && foreign->profiles < NP_MAX_SEATS; i++) {
        const JsonNode *space = json_get(files->root[i], profile_key);
        const char *label = reader->complaints->source[i].label;
        if (space == NULL) continue;
        ForeignProfile *profile = &foreign->profile[foreign->profiles++];
        *profile = (ForeignProfile){.name = foreign_name_of(foreign, label), .discount = 1};
        web_read_profile(reader, space, domain, profile);
    }
}

bool geniusweb_read(Foreign *foreign, Complaints *complaints, uint32_t sources, uint32_t steps) {
    WebReader reader = {.foreign = foreign, .complaints = complaints, .steps = steps};
    WebFiles files = {.count = sources < NP_MAX_SEATS + 1 ? sources : NP_MAX_SEATS + 1};
    arena_init(&reader.tree);
    foreign->name = foreign_name_of(foreign, complaints->source[0].label);
    read_trees(&reader, &files);
    const JsonNode *domain = find_domain(&files);
    if (domain) web_read_domain(&reader, domain, foreign);
    if (domain && complaints->errors == 0) read_profiles(&reader, &files, domain);
    if (complaints->errors == 0 && foreign->profiles < 2)
        complain(complaints, (Mark){0, 0, 0, 0},
                 "a negotiation needs at least two profiles, not %u", foreign->profiles);
    if (complaints->errors == 0) foreign_review(foreign);
    arena_finish(&reader.tree);
    return complaints->errors == 0;
}
