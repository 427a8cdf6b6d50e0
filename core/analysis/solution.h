/* Bargaining solutions: one package out of those that a question is about, by a stated rule. With u_i
 * a seat's utility, d the disagreement point (what each has without agreement) and u_i - d_i its gain:
 *
 * Nash (Nash 1950) maximises the product of gains. Some seats may be unable to gain, or not all at
 * once, and then every product is 0; so first as many seats as possible are to gain, and of these
 * packages the product over those who gain is greatest (after Caragiannis et al. 2019). A seat that cannot
 * gain, a mediator with nothing at stake for one, thus does not count. Products are compared exactly.
 *
 * Kalai (Kalai 1977, proportional, equal weights) maximises the least gain; among these the second least,
 * and so on (leximin: on a discrete set that makes it Pareto-optimal).
 *
 * Kalai-Smorodinsky (Kalai and Smorodinsky 1975) maximises the least ratio of gain to ideal gain,
 * leximin likewise, ratios compared exactly. A seat's ideal is the most that it has in any package that is
 * individually rational. Seats whose ideal gain is 0 do not count.
 *
 * Egalitarian (Rawls 1971; Sen 1970) maximises the least utility, leximin likewise; it knows no disagreement
 * point and takes utilities of different seats as comparable.
 *
 * Utilitarian (Harsanyi 1955) maximises the sum of utilities, likewise.
 *
 * The first three look at individually rational packages only: u_i >= d_i for every seat, whether its consent
 * is needed or not. Where there is none they are not found. All five are Pareto-optimal. Of packages that
 * are equally good the first in order (packages.h) is taken, and their number reported. */
#ifndef CORE_ANALYSIS_SOLUTION_H
#define CORE_ANALYSIS_SOLUTION_H

#include "core/analysis/frontier.h"

typedef enum SolutionKind {
    SOLUTION_NASH,
    SOLUTION_KALAI,
    SOLUTION_KALAI_SMORODINSKY,
    SOLUTION_EGALITARIAN,
    SOLUTION_UTILITARIAN,
    SOLUTIONS
} SolutionKind;

typedef struct Solution {
    bool found;
    bool exact;   /* nothing better can exist; or, not found: nothing can be found */
    bool counted; /* points and packages are all; and so is the one here the first of them */
    Outcome package;
    Utility utility[NP_MAX_SEATS];
    double points;   /* different utility vectors that are equally good; 1: no tie */
    double packages; /* packages that are equally good, this one among them */
} Solution;

typedef struct Solutions {
    Solution of[SOLUTIONS];
    bool rational; /* is there any individually rational package? */
    Utility ideal
        [NP_MAX_SEATS]; /* the most in any of them; the disagreement point where there is none */
    bool ideal_exact;
} Solutions;

/* "nash", "kalai", "kalai_smorodinsky", "egalitarian", "utilitarian"; and for people. */
const char *solution_key(SolutionKind kind);
const char *solution_name(SolutionKind kind);

/* `frontier` is that of the question, and what is best on it is the best of all. Where it is not exact,
 * branch and bound goes on from what it holds, within the question's budget for each solution, and once more
 * for what is as good. `disagreement` has a number for each of the question's utilities. */
Solutions solutions_find(const Question *question, const Frontier *frontier,
                         const Utility *disagreement);

/* --- what each seat can have at all --- */

typedef struct AnalysisBounds {
    bool any;   /* does the question admit a package? If not, all is 0 */
    bool exact; /* otherwise the least and the most that were found */
    bool least_exact;
    Utility least[NP_MAX_SEATS], most[NP_MAX_SEATS];
} AnalysisBounds;

AnalysisBounds analysis_bounds(const Question *question);

/* --- disagreement points --- */

/* Each seat's least utility in any package of SCOPE_FEASIBLE; false where the budget was not enough to be sure. */
bool disagreement_minimum(const Question *question, Utility disagreement[NP_MAX_SEATS]);
/* Each seat's walk-away value. */
void disagreement_reservation(const Question *question, Utility disagreement[NP_MAX_SEATS]);

#endif
