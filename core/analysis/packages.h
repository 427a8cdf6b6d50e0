/* The complete packages that a question is about, and what each is worth to every seat. A walk over all
 * of them is the definition that everything else in this folder is held against; it is for small spaces.
 *
 * Packages have an order: option by option, the first issue weighing most (so bytes compare alike).
 * Utilities are exact integers, billionths (core/negotiation/utility.h). */
#ifndef CORE_ANALYSIS_PACKAGES_H
#define CORE_ANALYSIS_PACKAGES_H

#include "core/negotiation/negotiation.h"

typedef enum Scope {
    /* Every complete package that no exclusion forbids; the status quo, where it is complete, is one. */
    SCOPE_FEASIBLE,
    /* Of these, those that change something, and that cross no hard red line of a seat whose consent they
     * need. One that needs nobody's (every option that it changes has `needs: []`) is among them: it is
     * concluded when it is tabled. */
    SCOPE_ACCEPTABLE,
    /* Of these, those that give each seat whose consent they need at least its threshold: the zone of
     * agreement (Raiffa 1982). */
    SCOPE_ZONE
} Scope;

enum { QUESTION_BUDGET = 1 << 21 };

/* Borrows what it points to. May be changed by hand after question_about. */
typedef struct Question {
    const Terms *terms;
    const Profile *profile; /* [terms->seats], as they are at the moment of interest */
    Scope scope;
    Utility threshold[NP_MAX_SEATS]; /* SCOPE_ZONE: walking away, by seat */
    Outcome status_quo;              /* the present one */
    /* How many candidate states a search may look at; where there are more than four criteria, 2^14
     * comparisons count as one more. Part of the question: with another budget the answer may be another
     * one, and it says whether the budget was enough. */
    uint64_t budget;
} Question;

/* The first profile of each seat, the opening's status quo, reservation values as thresholds and
 * QUESTION_BUDGET. */
Question question_about(const Negotiation *negotiation, Scope scope);

/* Does the complete package differ from the present status quo? */
bool question_changes(const Question *question, const Outcome *package);
/* Is the complete package one of those that the question is about? */
bool question_admits(const Question *question, const Outcome *package);
/* What a complete package is worth to every seat: profile_utility of each. */
void question_utilities(const Question *question, const Outcome *package,
                        Utility utility[NP_MAX_SEATS]);

/* The first complete package of a domain, and the next one; false after the last. */
Outcome package_first(const Domain *domain);
bool package_next(const Domain *domain, Outcome *package);

/* A walk over what the question admits, in order:
 *
 *     PackageWalk walk = walk_start(&question);
 *     while (walk_next(&walk)) ... walk.package, walk.utility ... */
typedef struct PackageWalk {
    const Question *question;
    bool begun;
    Outcome package;
    Utility utility[NP_MAX_SEATS];
} PackageWalk;

PackageWalk walk_start(const Question *question);
bool walk_next(PackageWalk *walk);

/* --- utilities as vectors --- */

/* At least as good for every seat, and better for one. */
bool utilities_dominate(const Utility *a, const Utility *b, uint8_t seats);
bool utilities_equal(const Utility *a, const Utility *b, uint8_t seats);

#endif
