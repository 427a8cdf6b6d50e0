#include "core/analysis/descent.h"

Descent descent_over(const Prospect *prospect, uint64_t budget) {
    Descent descent = {.prospect = prospect, .budget = budget};
    for (uint8_t issue = 0; issue < prospect->issues; issue++)
        for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++)
            descent.first[issue][option] = option;
    return descent;
}

void descent_try_first(Descent *descent, uint8_t issue, const Utility rank[NP_MAX_OPTIONS]) {
    uint8_t *first = descent->first[issue];
    for (uint8_t option = 0; option < descent->prospect->domain->issue[issue].options; option++) {
        uint8_t place = option;
        for (; place > 0 && rank[first[place - 1]] < rank[option]; place--)
            first[place] = first[place - 1];
        first[place] = option;
    }
}

static void look(Descent *descent, const Partial *partial) {
    const Prospect *prospect = descent->prospect;
    if (descent->nodes == descent->budget) {
        descent->unseen += prospect->size[partial->depth];
        return;
    }
    descent->nodes++;
    Heading heading = descent->meet(descent->who, partial);
    if (heading == HEADING_STOP) descent->stopped = true;
    if (heading != HEADING_DOWN || partial->depth == prospect->issues) return;
    uint8_t issue = prospect->order[partial->depth];
    for (uint8_t i = 0; i < prospect->domain->issue[issue].options && !descent->stopped; i++) {
        uint8_t option = descent->first[issue][i];
        if ((prospect->among[issue] >> option & 1u) == 0) continue;
        Partial next = *partial;
        if (prospect_decide(prospect, &next, option)) look(descent, &next);
    }
}

bool descend(Descent *descent) {
    Partial start = prospect_start(descent->prospect);
    look(descent, &start);
    return descent->unseen == 0;
}
