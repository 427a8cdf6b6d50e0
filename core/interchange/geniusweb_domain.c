/* GeniusWeb's domains: {"name": …, "issuesValues": {ISSUE: {"values": […]} or {"range": …}}}. */
#include <string.h>

#include "core/interchange/geniusweb_parts.h"

static void read_options(WebReader *reader, const JsonNode *list, Foreign *into,
                         ForeignIssue *issue) {
    if (list->count < 2 || list->count > NP_MAX_OPTIONS) {
        complain(reader->complaints, list->at, "an issue has 2 to %d values here, not %u",
                 NP_MAX_OPTIONS, list->count);
        return;
    }
    for (const JsonNode *node = list->first; node; node = node->next) {
        if (node->kind != JSON_IS_TEXT) {
            complain(reader->complaints, node->at, "expected a value's name, a text");
        } else if (foreign_find_option(issue, node->text) >= 0) {
            complain(reader->complaints, node->at, "value \"%.64s\" is given twice", node->text);
        } else if (web_short(reader, node->at, node->text)) {
            issue->option[issue->options++] =
                arena_text(&into->arena, node->text, strlen(node->text));
        }
    }
}

/* {"low": …, "high": …, "step": …}, or, as older files have it, the three in a list. */
static const JsonNode *part(const JsonNode *range, const char *key, uint32_t place) {
    if (range->kind == JSON_IS_MAP) return json_get(range, key);
    const JsonNode *node = range->kind == JSON_IS_LIST ? range->first : NULL;
    for (; node && place > 0; place--) node = node->next;
    return node;
}

static void read_range(WebReader *reader, const JsonNode *range, Foreign *into,
                       ForeignIssue *issue) {
    static const char *const keys[] = {"low", "high", "step"};
    double number[3];
    for (uint32_t i = 0; i < 3; i++) {
        const JsonNode *node = part(range, keys[i], i);
        if (node == NULL)
            complain(reader->complaints, range->at, "a range has \"low\", \"high\" and \"step\"");
        if (node == NULL ||
            !web_number(reader, node, -FOREIGN_MAX_NUMBER, FOREIGN_MAX_NUMBER, &number[i]))
            return;
    }
    issue->numbers = true;
    issue->low = number[0];
    issue->high = number[1];
    if (number[2] <= 0 || number[1] - number[0] < number[2])
        complain(reader->complaints, range->at, "a range has at least two numbers, a step apart");
    else
        foreign_spread(into, issue, number[2], reader->steps);
}

static void read_issue(WebReader *reader, const JsonNode *node, Foreign *into) {
    static const char *const known[] = {"values", "range"};
    const JsonNode *values = json_get(node, "values"), *range = json_get(node, "range");
    ForeignIssue *issue = &into->issue[into->issues++];
    *issue = (ForeignIssue){.name = arena_text(&into->arena, node->key, strlen(node->key))};
    if (!web_short(reader, node->key_at, node->key)) return;
    if (values && values->kind == JSON_IS_LIST)
        read_options(reader, values, into, issue);
    else if (range)
        read_range(reader, range, into, issue);
    else if (node->first && node->kind == JSON_IS_MAP)
        complain_unknown(reader->complaints, node->first->key_at, "kind of values",
                         node->first->key, known, 2);
    else
        complain(reader->complaints, node->at, "expected {\"values\": [...]} or {\"range\": ...}");
}

void web_read_domain(WebReader *reader, const JsonNode *domain, Foreign *into) {
    const JsonNode *name = json_get(domain, "name");
    const JsonNode *issues = web_need(reader, domain, "issuesValues", JSON_IS_MAP);
    if (name && name->kind == JSON_IS_TEXT && web_short(reader, name->at, name->text))
        into->name = arena_text(&into->arena, name->text, strlen(name->text));
    if (issues == NULL) return;
    if (issues->count < 1 || issues->count > NP_MAX_ISSUES) {
        complain(reader->complaints, issues->at, "a domain has 1 to %d issues here, not %u",
                 NP_MAX_ISSUES, issues->count);
        return;
    }
    for (const JsonNode *node = issues->first; node; node = node->next)
        read_issue(reader, node, into);
}
