#include "core/negotiation/inverse_polish.h"

typedef struct Polish {
    const Space *space;
    const Wanted *wanted;
    uint32_t left; /* packages to look at */
    bool found;
    Outcome best;
    Utility worth;
} Polish;

/* False when it is not acceptable. */
static bool judge(const Space *space, const Outcome *package, Utility *worth) {
    if (outcome_equal(package, &space->status_quo)) return false;
    Partway partway = space_start(space);
    for (uint8_t depth = 0; depth < space->issues; depth++)
        if (!space_decide(space, depth, package->option[space->order[depth]], &partway))
            return false;
    *worth = space_worth(space, partway.sum, partway.effect);
    return true;
}

static void look_at(Polish *polish, const Outcome *package) {
    Utility worth;
    if (polish->left == 0) return;
    polish->left--;
    if (!judge(polish->space, package, &worth)) return;
    const Wanted *wanted = polish->wanted;
    if (worth < wanted->floor || worth > wanted->ceiling) return;
    if (polish->found && (wanted->lowest ? worth >= polish->worth : worth <= polish->worth)) return;
    polish->found = true;
    polish->best = *package;
    polish->worth = worth;
}

/* All packages that differ from `base` on one to `changes` issues from `first` on. */
static void look_around(Polish *polish, const Outcome *base, uint8_t first, int changes) {
    for (uint8_t issue = first; issue < polish->space->issues && polish->left > 0; issue++) {
        if (issue == polish->wanted->issue) continue;
        Outcome other = *base;
        for (uint8_t option = 0; option < polish->space->domain->issue[issue].options; option++) {
            if (option == base->option[issue]) continue;
            other.option[issue] = option;
            look_at(polish, &other);
            if (changes > 1) look_around(polish, &other, (uint8_t)(issue + 1), changes - 1);
        }
    }
}

static bool improve(Polish *polish, int changes) {
    Polish before = *polish;
    look_around(polish, &before.best, 0, changes);
    return polish->found && (!before.found || polish->worth != before.worth);
}

bool polish_run(const Space *space, const Wanted *wanted, Outcome *package) {
    Polish polish = {.space = space, .wanted = wanted, .left = wanted->budget, .best = *package};
    look_at(&polish, package);
    while (improve(&polish, 1) || improve(&polish, 2)) continue;
    if (polish.found) *package = polish.best;
    return polish.found;
}
