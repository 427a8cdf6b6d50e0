/* Where layers were too wide the paths that are left may lead nowhere, though there are packages. */
#include "core/analysis/descent.h"
#include "core/analysis/diagram_parts.h"
#include "core/analysis/refusal.h"

typedef struct First {
    const Question *question;
    Outcome *package;
    bool found;
} First;

/* Hard red lines that are crossed stay crossed. */
static bool is_refused(const Question *question, const Partial *partial) {
    for (SeatId seat = 0; seat < question->terms->seats; seat++)
        if (seat_in(partial->needed, seat) && partial->seat[seat].crossed) return true;
    return false;
}

static Heading take_first(void *who, const Partial *partial) {
    First *first = who;
    bool feasible = first->question->scope == SCOPE_FEASIBLE;
    if (!feasible && is_refused(first->question, partial)) return HEADING_SKIP;
    if (partial->depth < first->question->terms->domain.issues) return HEADING_DOWN;
    if (!feasible && !partial->changes) return HEADING_SKIP;
    *first->package = partial->package;
    first->found = true;
    return HEADING_STOP;
}

static bool first_admitted(const Prospect *prospect, Outcome *package) {
    First first = {.question = prospect->question, .package = package};
    Descent descent = descent_over(prospect, prospect->question->budget);
    descent.meet = take_first;
    descent.who = &first;
    descend(&descent);
    return first.found;
}

static bool some_member(const Prospect *prospect, Outcome *package) {
    LeastRefused least = refusal_least(prospect, prospect->question->budget, true);
    *package = least.package;
    return least.found && least.refusal.refusers == 0;
}

bool diagram_look_apart(const Diagram *diagram, Outcome *package) {
    Prospect *prospect = prospect_create(diagram->question);
    bool member = diagram->question->scope == SCOPE_ZONE;
    bool found = (member ? some_member : first_admitted)(prospect, package);
    prospect_destroy(prospect);
    return found;
}
