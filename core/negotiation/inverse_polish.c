#include "core/negotiation/inverse_polish.h"

typedef struct Polish {
    const Space *space;
    const Wanted *wanted;
    uint32_t left; /* packages to look at */
    bool found;
    Outcome best;
    Utility worth;
    int apart; /* options other than the reference's; 0 without one */
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

static int apart_on(const Polish *polish, uint8_t issue, uint8_t option) {
    const Outcome *reference = polish->wanted->reference;
    return reference != NULL && reference->option[issue] != option;
}

static int apart_from_reference(const Polish *polish, const Outcome *package) {
    int apart = 0;
    for (uint8_t issue = 0; issue < polish->space->issues; issue++)
        apart += apart_on(polish, issue, package->option[issue]);
    return apart;
}

static void look_at(Polish *polish, const Outcome *package, int apart) {
    Utility worth;
    if (polish->left == 0 || (polish->found && apart > polish->apart)) return;
    polish->left--;
    if (!judge(polish->space, package, &worth)) return;
    const Wanted *wanted = polish->wanted;
    if (worth < wanted->floor || worth > wanted->ceiling) return;
    if (wanted_skips(wanted, worth, package)) return;
    bool as_near = polish->found && apart == polish->apart;
    if (as_near && (wanted->lowest ? worth >= polish->worth : worth <= polish->worth)) return;
    polish->found = true;
    polish->best = *package;
    polish->worth = worth;
    polish->apart = apart;
}

/* All packages that differ from `base` on one to `changes` issues from `first` on, but for those that are farther
 * from the reference than what was found. `apart` is the base's. */
static void look_around(Polish *polish, const Outcome *base, int apart, uint8_t first,
                        int changes) {
    if (polish->found && apart - changes > polish->apart) return;
    for (uint8_t issue = first; issue < polish->space->issues && polish->left > 0; issue++) {
        if (issue == polish->wanted->issue) continue;
        Outcome other = *base;
        for (uint8_t option = 0; option < polish->space->domain->issue[issue].options; option++) {
            if (option == base->option[issue]) continue;
            other.option[issue] = option;
            int now = apart - apart_on(polish, issue, base->option[issue]) +
                      apart_on(polish, issue, option);
            look_at(polish, &other, now);
            if (changes > 1) look_around(polish, &other, now, (uint8_t)(issue + 1), changes - 1);
        }
    }
}

static bool improve(Polish *polish, int changes) {
    Polish before = *polish;
    look_around(polish, &before.best, apart_from_reference(polish, &before.best), 0, changes);
    if (!polish->found) return false;
    return !before.found || polish->worth != before.worth || polish->apart != before.apart;
}

bool polish_run(const Space *space, const Wanted *wanted, Outcome *package) {
    Polish polish = {.space = space, .wanted = wanted, .left = wanted->budget, .best = *package};
    bool three = wanted->reference != NULL;
    look_at(&polish, package, apart_from_reference(&polish, package));
    while (improve(&polish, 1) || improve(&polish, 2) || (three && improve(&polish, 3))) continue;
    if (polish.found) *package = polish.best;
    return polish.found;
}
