/* What a sweep's samples are too small to say. */
#include <string.h>

#include "cli/sweep_result.h"

static SweepWarning *find(const SweepResult *result, const char *word) {
    for (uint32_t i = 0; i < result->warnings; i++)
        if (result->warning[i].of == NULL && strcmp(result->warning[i].warning.word, word) == 0)
            return &result->warning[i];
    return NULL;
}

static void add(SweepResult *result, const char *of, uint64_t cell,
                const AdequacyWarning *warning) {
    uint32_t count = ++result->warnings;
    result->warning = memory_grow(result->warning, count, sizeof *result->warning);
    result->warning[count - 1] =
        (SweepWarning){.warning = *warning, .of = of, .cell = cell, .cells = 1};
}

void sweep_warn_of(SweepResult *result, const char *of, const Adequacy *adequacy) {
    for (uint32_t i = 0; i < adequacy->count; i++) add(result, of, 0, &adequacy->warning[i]);
}

/* A cell may be warned of several seats in one way: it counts once. */
void sweep_warn(SweepResult *result, uint64_t cell, const Adequacy *adequacy) {
    for (uint32_t i = 0; i < adequacy->count; i++) {
        const AdequacyWarning *warning = &adequacy->warning[i];
        bool repeated = false;
        for (uint32_t k = 0; k < i; k++)
            repeated |= strcmp(adequacy->warning[k].word, warning->word) == 0;
        if (repeated) continue;
        SweepWarning *known = find(result, warning->word);
        if (known == NULL)
            add(result, NULL, cell, warning);
        else
            known->cells++;
    }
}

void sweep_warnings_table(const SweepResult *result, Text *out) {
    if (result->warnings > 0) text_add(out, "\nWhat this is too small to say\n");
    for (uint32_t i = 0; i < result->warnings; i++) {
        const SweepWarning *known = &result->warning[i];
        if (known->of != NULL)
            text_addf(out, "  %s", known->of);
        else
            text_addf(out, "  cell %llu", (unsigned long long)known->cell);
        if (known->cells > 1)
            text_addf(out, " and %llu more", (unsigned long long)(known->cells - 1));
        text_addf(out, ": %s\n", known->warning.sentence);
    }
}

void sweep_warnings_json(const SweepResult *result, Json *json) {
    json_array(json, "warnings");
    for (uint32_t i = 0; i < result->warnings; i++) {
        const SweepWarning *known = &result->warning[i];
        json_object(json, NULL);
        json_string(json, "word", known->warning.word);
        json_string(json, "sentence", known->warning.sentence);
        json_string(json, "of", known->of);
        if (known->of == NULL) json_int(json, "first_cell", (int64_t)known->cell);
        if (known->of == NULL) json_int(json, "cells", (int64_t)known->cells);
        json_end_object(json);
    }
    json_end_array(json);
}
