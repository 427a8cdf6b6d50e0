#include "core/negotiation/inverse_descent.h"

typedef struct Descent {
    const Space *space;
    Utility target;
    uint32_t left; /* packages to look at */
    Outcome best;
    Utility worth;
} Descent;

static bool judge(const Space *space, const Outcome *package, Utility *worth) {
    if (outcome_equal(package, &space->status_quo)) return false;
    Partway partway = space_start(space);
    for (uint8_t depth = 0; depth < space->issues; depth++)
        if (!space_decide(space, depth, package->option[space->order[depth]], &partway))
            return false;
    *worth = space_worth(space, partway.sum, partway.effect);
    return true;
}

static void look_at(Descent *descent, const Outcome *package) {
    Utility worth;
    if (descent->left == 0) return;
    descent->left--;
    if (!judge(descent->space, package, &worth)) return;
    if (worth < descent->target || worth >= descent->worth) return;
    descent->best = *package;
    descent->worth = worth;
}

/* Looks at all packages that differ from `base` on up to `changes` issues from `first` on. */
static void look_around(Descent *descent, const Outcome *base, uint8_t first, uint8_t changes) {
    for (uint8_t issue = first; issue < descent->space->issues && descent->left > 0; issue++) {
        Outcome other = *base;
        for (uint8_t option = 0; option < descent->space->domain->issue[issue].options; option++) {
            if (option == base->option[issue]) continue;
            other.option[issue] = option;
            look_at(descent, &other);
            if (changes > 1) look_around(descent, &other, (uint8_t)(issue + 1), changes - 1);
        }
    }
}

static bool improve(Descent *descent, uint8_t changes) {
    Utility before = descent->worth;
    Outcome base = descent->best;
    look_around(descent, &base, 0, changes);
    return descent->worth < before;
}

void descent_run(const Space *space, Utility target, uint32_t budget, Outcome *package) {
    Descent descent = {.space = space, .target = target, .left = budget, .best = *package};
    if (!judge(space, package, &descent.worth)) return;
    while (improve(&descent, 1) || improve(&descent, 2)) continue;
    *package = descent.best;
}
