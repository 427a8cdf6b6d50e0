#include "agents/boa_part.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/scenario/strategy_spec.h"

enum { MOST_PARTS = 32 };

static const BoaPart *find(BoaParts parts, const char *word, char *why, size_t why_size) {
    const char *names[MOST_PARTS];
    size_t count = parts.count < MOST_PARTS ? parts.count : MOST_PARTS;
    for (size_t i = 0; i < count; i++) {
        names[i] = parts.part[i]->name;
        if (strcmp(names[i], word) == 0) return parts.part[i];
    }
    const char *near = text_nearest(word, names, count);
    char known[400] = "; known:";
    for (size_t i = 0, length = strlen(known); i < count && length < sizeof known; i++)
        length += (size_t)snprintf(known + length, sizeof known - length, " %s", names[i]);
    if (near != NULL)
        snprintf(why, why_size, "unknown %s \"%.64s\"; did you mean %s?", parts.what, word, near);
    else
        snprintf(why, why_size, "unknown %s \"%.64s\"%s", parts.what, word, known);
    return NULL;
}

const BoaPart *boa_part_read(BoaParts parts, const char *spec, double numbers[BOA_NUMBERS],
                             char *why, size_t why_size) {
    char word[NP_PARAMETER_TEXT];
    Argument arguments[NP_MAX_PARAMETERS];
    SpecFault fault;
    spec_word(spec, word, sizeof word);
    const BoaPart *part = find(parts, word, why, why_size);
    if (part == NULL) return NULL;
    Strategy as_strategy = {.name = part->name, .parameter = part->parameter};
    if (!spec_read_for(spec, &as_strategy, arguments, &fault)) {
        snprintf(why, why_size, "%s: %s", parts.what, fault.sentence);
        return NULL;
    }
    for (int i = 0; i < BOA_NUMBERS; i++) numbers[i] = arguments[i].number;
    return part;
}
