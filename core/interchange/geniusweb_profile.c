/* GeniusWeb's LinearAdditiveUtilitySpace: {"issueUtilities": {ISSUE: KIND}, "issueWeights": {ISSUE: w},
 * "domain": …, "name": …, "reservationBid": {"issuevalues": {ISSUE: VALUE}} or null}. */
#include <string.h>

#include "core/interchange/geniusweb_parts.h"
#include "core/negotiation/utility.h"

/* --- names --- */

static int find_issue(WebReader *reader, const JsonNode *node) {
    const Foreign *foreign = reader->foreign;
    const char *names[NP_MAX_ISSUES];
    for (int i = 0; i < foreign->issues; i++) {
        names[i] = foreign->issue[i].name;
        if (strcmp(names[i], node->key) == 0) return i;
    }
    complain_unknown(reader->complaints, node->key_at, "issue", node->key, names, foreign->issues);
    return -1;
}

static void complain_absent(WebReader *reader, const JsonNode *map, const char *what,
                            uint32_t given) {
    const Foreign *foreign = reader->foreign;
    for (uint8_t i = 0; i < foreign->issues; i++)
        if (!(given >> i & 1))
            complain(reader->complaints, map->key ? map->key_at : map->at,
                     "no %s of issue \"%.64s\"", what, foreign->issue[i].name);
}

/* --- utilities --- */

static void read_table(WebReader *reader, const JsonNode *kind, const ForeignIssue *issue,
                       double *value) {
    const JsonNode *table = web_need(reader, kind, "valueUtilities", JSON_IS_MAP);
    uint32_t given = 0;
    for (const JsonNode *node = table ? table->first : NULL; node; node = node->next) {
        int option = foreign_find_option(issue, node->key);
        if (option < 0) {
            complain_unknown(reader->complaints, node->key_at, "value", node->key, issue->option,
                             issue->options);
            continue;
        }
        given |= UINT32_C(1) << option;
        web_number(reader, node, 0, 1, &value[option]);
    }
    for (uint8_t i = 0; table && i < issue->options; i++)
        if (!(given >> i & 1))
            complain(reader->complaints, table->key_at, "no utility of \"%.64s\"",
                     issue->option[i]);
}

/* Half a unit of the eighth decimal goes up. */
static double to_eight_decimals(double value) {
    return (double)(int64_t)(value * 1e8 + 0.5) / 1e8;
}

static void read_line(WebReader *reader, const JsonNode *kind, const ForeignIssue *issue,
                      double *value) {
    static const struct {
        const char *key;
        double most;
    } parts[] = {{"lowValue", FOREIGN_MAX_NUMBER},
                 {"highValue", FOREIGN_MAX_NUMBER},
                 {"lowUtility", 1},
                 {"highUtility", 1}};
    double number[4];
    for (size_t i = 0; i < 4; i++) {
        const JsonNode *node = json_get(kind, parts[i].key);
        if (node == NULL)
            complain(reader->complaints, kind->key_at, "there is no \"%s\" in it", parts[i].key);
        double least = i < 2 ? -FOREIGN_MAX_NUMBER : 0;
        if (node == NULL || !web_number(reader, node, least, parts[i].most, &number[i])) return;
    }
    if (number[1] <= number[0]) {
        complain(reader->complaints, kind->key_at, "highValue must be above lowValue");
        return;
    }
    for (uint8_t i = 0; i < issue->options; i++) {
        double x = issue->number[i], share = (x - number[0]) / (number[1] - number[0]);
        bool beyond = x < number[0] || x > number[1];
        value[i] = beyond ? 0 : to_eight_decimals(number[2] + (number[3] - number[2]) * share);
    }
}

/* The names that kinds have had over the years. */
static const struct {
    const char *name;
    bool numbers;
} kinds[] = {
    {"DiscreteValueSetUtilities", false}, {"discreteutils", false}, {"DiscreteUtils", false},
    {"NumberValueSetUtilities", true},    {"numberutils", true},    {"NumberUtils", true}};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static void read_kind(WebReader *reader, const JsonNode *node, const ForeignIssue *issue,
                      double *value) {
    const char *names[KINDS];
    const JsonNode *kind = node->kind == JSON_IS_MAP ? node->first : NULL;
    if (kind == NULL || kind->kind != JSON_IS_MAP) {
        complain(reader->complaints, node->at, "expected {\"%s\": {...}}", kinds[0].name);
        return;
    }
    for (size_t i = 0; i < KINDS; i++) {
        names[i] = kinds[i].name;
        if (strcmp(kind->key, names[i]) != 0) continue;
        if (kinds[i].numbers != issue->numbers)
            complain(reader->complaints, kind->key_at, "issue \"%.64s\" %s in the domain",
                     issue->name, issue->numbers ? "has numbers" : "has values with names");
        else
            (issue->numbers ? read_line : read_table)(reader, kind, issue, value);
        return;
    }
    complain_unknown(reader->complaints, kind->key_at, "kind of utilities", kind->key, names,
                     KINDS);
}

static void read_utilities(WebReader *reader, const JsonNode *map, ForeignProfile *profile) {
    uint32_t given = 0;
    for (const JsonNode *node = map->first; node; node = node->next) {
        int issue = find_issue(reader, node);
        if (issue < 0) continue;
        given |= UINT32_C(1) << issue;
        read_kind(reader, node, &reader->foreign->issue[issue], profile->value[issue]);
    }
    complain_absent(reader, map, "utilities", given);
}

static void read_weights(WebReader *reader, const JsonNode *map, ForeignProfile *profile) {
    uint32_t given = 0;
    for (const JsonNode *node = map->first; node; node = node->next) {
        int issue = find_issue(reader, node);
        if (issue < 0) continue;
        given |= UINT32_C(1) << issue;
        web_number(reader, node, 0, 1, &profile->weight[issue]);
    }
    complain_absent(reader, map, "weight", given);
}

/* --- the reservation bid --- */

static int find_value(const ForeignIssue *issue, const JsonNode *node) {
    if (node->kind == JSON_IS_TEXT) {
        int option = foreign_find_option(issue, node->text);
        if (option >= 0 || !issue->numbers) return option;
    }
    double number = node->number;
    if (node->kind == JSON_IS_TEXT && !scalar_number(node->text, &number)) return -1;
    if (!issue->numbers || (node->kind != JSON_IS_NUMBER && node->kind != JSON_IS_TEXT)) return -1;
    int nearest = 0;
    for (int i = 1; i < issue->options; i++) {
        double best = number - issue->number[nearest], here = number - issue->number[i];
        if (here * here < best * best) nearest = i;
    }
    return nearest;
}

static void read_reservation(WebReader *reader, const JsonNode *bid, ForeignProfile *profile) {
    const JsonNode *values = web_need(reader, bid, "issuevalues", JSON_IS_MAP);
    if (values == NULL) return;
    uint32_t given = 0;
    Utility utility = 0; /* each term rounded once, as everywhere */
    for (const JsonNode *node = values->first; node; node = node->next) {
        int issue = find_issue(reader, node);
        if (issue < 0) continue;
        const ForeignIssue *known = &reader->foreign->issue[issue];
        int option = find_value(known, node);
        given |= UINT32_C(1) << issue;
        if (option < 0)
            complain_unknown(reader->complaints, node->at, "value", node->text, known->option,
                             known->options);
        else
            utility += utility_from(profile->weight[issue] * profile->value[issue][option]);
    }
    complain_absent(reader, values, "value", given);
    profile->reservation = utility_real(utility);
}

/* --- the whole --- */

static bool same_issue(const ForeignIssue *a, const ForeignIssue *b) {
    if (strcmp(a->name, b->name) != 0 || a->options != b->options || a->numbers != b->numbers)
        return false;
    for (uint8_t i = 0; i < a->options; i++)
        if (foreign_find_option(a, b->option[i]) < 0) return false;
    return true;
}

static bool same_domain(const Foreign *a, const Foreign *b) {
    if (a->issues != b->issues) return false;
    for (uint8_t i = 0; i < a->issues; i++) {
        bool found = false;
        for (uint8_t k = 0; k < b->issues && !found; k++)
            found = same_issue(&a->issue[i], &b->issue[k]);
        if (!found) return false;
    }
    return true;
}

static void check_domain(WebReader *reader, const JsonNode *own, const JsonNode *domain) {
    if (own == NULL || own == domain) return;
    Foreign *other = memory_new(1, sizeof *other);
    uint32_t errors = reader->complaints->errors;
    foreign_init(other);
    web_read_domain(reader, own, other);
    if (reader->complaints->errors == errors && !same_domain(reader->foreign, other))
        complain(reader->complaints, own->key_at, "this is another domain than that of %.200s",
                 reader->complaints->source[domain->at.source].label);
    foreign_finish(other);
    memory_free(other);
}

void web_read_profile(WebReader *reader, const JsonNode *space, const JsonNode *domain,
                      ForeignProfile *profile) {
    const JsonNode *name = json_get(space, "name"), *bid = json_get(space, "reservationBid");
    check_domain(reader, json_get(space, "domain"), domain);
    if (space->kind != JSON_IS_MAP) {
        complain(reader->complaints, space->at, "expected a map");
        return;
    }
    if (name && name->kind == JSON_IS_TEXT && web_short(reader, name->at, name->text))
        profile->name = arena_text(&reader->foreign->arena, name->text, strlen(name->text));
    const JsonNode *utilities = web_need(reader, space, "issueUtilities", JSON_IS_MAP);
    const JsonNode *weights = web_need(reader, space, "issueWeights", JSON_IS_MAP);
    if (utilities) read_utilities(reader, utilities, profile);
    if (weights) read_weights(reader, weights, profile);
    if (utilities && weights && bid && !bid->null) read_reservation(reader, bid, profile);
}
