/* The parts of which boa is composed, told by nonpaper strategy as strategies are. */
#include <string.h>

#include "agents/boa_part.h"
#include "cli/strategy_words.h"
#include "report/sentence.h"

enum { GROUPS = 3 };

/* A group is named by the parameter of boa that takes it. */
static const struct Group {
    const char *parameter, *heading;
    BoaParts (*parts)(void);
} groups[GROUPS] = {
    {"bidding", "what it asks for", boa_biddings},
    {"acceptance", "what it says yes to", boa_acceptances},
    {"opponent", "what it believes of the others", boa_opponents},
};

static bool is_meant(const BoaPart *part, const char *name) {
    return name == NULL || strcmp(part->name, name) == 0;
}

static Strategy as_strategy(const BoaPart *part) {
    return (Strategy){.name = part->name,
                      .summary = part->summary,
                      .source = part->source,
                      .parameter = part->parameter};
}

size_t strategy_parts_names(const char **names, size_t room) {
    size_t count = 0;
    for (int group = 0; group < GROUPS; group++) {
        BoaParts parts = groups[group].parts();
        for (size_t i = 0; i < parts.count; i++, count++)
            if (count < room) names[count] = parts.part[i]->name;
    }
    return count;
}

void strategy_parts_list(size_t indent, Text *out) {
    for (int group = 0; group < GROUPS; group++) {
        BoaParts parts = groups[group].parts();
        text_addf(out, "\nboa(%s=…), %s:\n", groups[group].parameter, groups[group].heading);
        for (size_t i = 0; i < parts.count; i++) {
            text_addf(out, "%-*s", (int)indent, parts.part[i]->name);
            sentence_fold(out, parts.part[i]->summary, indent, indent);
        }
    }
}

void strategy_parts_print(const char *name, Text *out) {
    Text title = {0};
    for (int group = 0; group < GROUPS; group++) {
        BoaParts parts = groups[group].parts();
        for (size_t i = 0; i < parts.count; i++) {
            if (!is_meant(parts.part[i], name)) continue;
            Strategy strategy = as_strategy(parts.part[i]);
            text_clear(&title);
            text_addf(&title, "boa(%s=%s)", groups[group].parameter, strategy.name);
            strategy.name = text_get(&title);
            if (out->length > 0) text_add(out, "\n");
            strategy_print(&strategy, out);
        }
    }
    text_finish(&title);
}

void strategy_parts_json(const char *name, Json *json) {
    for (int group = 0; group < GROUPS; group++) {
        BoaParts parts = groups[group].parts();
        for (size_t i = 0; i < parts.count; i++) {
            if (!is_meant(parts.part[i], name)) continue;
            Strategy strategy = as_strategy(parts.part[i]);
            strategy_json_object(&strategy, groups[group].parameter, json);
        }
    }
}
