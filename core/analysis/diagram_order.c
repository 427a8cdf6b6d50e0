/* Which issue is decided when: the width of a diagram is a matter of its order. */
#include <string.h>

#include "core/analysis/diagram_parts.h"

typedef struct Openness {
    uint32_t open; /* conditions that would be begun and not ended */
    uint8_t options;
} Openness;

/* Does the condition depend on the issue? Where some option of it makes it impossible. */
static bool names(const Diagram *diagram, uint32_t tie, uint8_t issue) {
    for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++)
        if ((diagram->fits[issue][option][tie / 64] >> tie % 64 & 1u) == 0) return true;
    return false;
}

/* A bit per issue. */
static uint32_t issues_of(const Diagram *diagram, uint32_t tie) {
    uint32_t set = 0;
    for (uint8_t issue = 0; issue < diagram->issues; issue++)
        if (names(diagram, tie, issue)) set |= UINT32_C(1) << issue;
    return set;
}

static Openness openness_of(const Diagram *diagram, const uint32_t *scope, uint32_t decided,
                            uint8_t issue) {
    Openness openness = {0, diagram->question->terms->domain.issue[issue].options};
    decided |= UINT32_C(1) << issue;
    for (uint32_t tie = 0; tie < diagram->ties; tie++)
        openness.open += (scope[tie] & decided) != 0 && (scope[tie] & ~decided) != 0;
    return openness;
}

static bool comes_before(Openness a, Openness b) {
    return a.open != b.open ? a.open < b.open : a.options < b.options;
}

static uint8_t next_issue(const Diagram *diagram, const uint32_t *scope, uint32_t candidates,
                          uint32_t decided) {
    uint8_t best = NP_MAX_ISSUES;
    Openness least = {0};
    for (uint8_t issue = 0; issue < diagram->issues; issue++) {
        if ((candidates >> issue & 1u) == 0) continue;
        Openness openness = openness_of(diagram, scope, decided, issue);
        if (best < NP_MAX_ISSUES && !comes_before(openness, least)) continue;
        best = issue;
        least = openness;
    }
    return best;
}

/* First those that conditions tie together, such that few conditions are open at any time; then the others,
 * which multiply rows but not nodes, small ones first. */
void diagram_order(const Diagram *diagram, uint8_t order[NP_MAX_ISSUES]) {
    uint32_t scope[DIAGRAM_WORDS * 64], tied = 0, decided = 0;
    for (uint32_t tie = 0; tie < diagram->ties; tie++) tied |= scope[tie] = issues_of(diagram, tie);
    uint32_t all = (uint32_t)((UINT64_C(1) << diagram->issues) - 1);
    for (uint8_t place = 0; place < diagram->issues; place++) {
        uint32_t left = (tied & ~decided) != 0 ? tied & ~decided : all & ~decided;
        order[place] = next_issue(diagram, scope, left, decided);
        decided |= UINT32_C(1) << order[place];
    }
}
