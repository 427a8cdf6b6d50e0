#include "core/analysis/packages.h"

#include <string.h>

Question question_about(const Negotiation *negotiation, Scope scope) {
    Question question = {.terms = &negotiation->terms,
                         .profile = negotiation->profile,
                         .scope = scope,
                         .status_quo = domain_status_quo(&negotiation->terms.domain),
                         .budget = QUESTION_BUDGET};
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++)
        question.threshold[seat] = negotiation->profile[seat].reservation;
    return question;
}

static bool suits(const Question *question, SeatId seat, const Outcome *package) {
    const Profile *profile = &question->profile[seat];
    if (profile_crosses(profile, package) != NULL) return false;
    return question->scope != SCOPE_ZONE ||
           profile_utility(profile, &question->terms->domain, package) >= question->threshold[seat];
}

bool question_changes(const Question *question, const Outcome *package) {
    return !outcome_equal(package, &question->status_quo);
}

bool question_admits(const Question *question, const Outcome *package) {
    const Terms *terms = question->terms;
    if (domain_excludes(&terms->domain, package) != NULL) return false;
    if (question->scope == SCOPE_FEASIBLE) return true;
    if (!question_changes(question, package)) return false;
    SeatSet needed =
        consent_needed(&terms->consent, &terms->domain, &question->status_quo, package);
    for (SeatId seat = 0; seat < terms->seats; seat++)
        if (seat_in(needed, seat) && !suits(question, seat, package)) return false;
    return true;
}

void question_utilities(const Question *question, const Outcome *package,
                        Utility utility[NP_MAX_SEATS]) {
    for (SeatId seat = 0; seat < question->terms->seats; seat++)
        utility[seat] =
            profile_utility(&question->profile[seat], &question->terms->domain, package);
}

Outcome package_first(const Domain *domain) {
    Outcome package = outcome_empty();
    memset(package.option, 0, domain->issues);
    return package;
}

bool package_next(const Domain *domain, Outcome *package) {
    for (uint8_t issue = domain->issues; issue-- > 0;) {
        if (++package->option[issue] < domain->issue[issue].options) return true;
        package->option[issue] = 0;
    }
    return false;
}

PackageWalk walk_start(const Question *question) {
    return (PackageWalk){.question = question};
}

bool walk_next(PackageWalk *walk) {
    const Domain *domain = &walk->question->terms->domain;
    do {
        if (walk->begun && !package_next(domain, &walk->package)) return false;
        if (!walk->begun) walk->package = package_first(domain);
        walk->begun = true;
    } while (!question_admits(walk->question, &walk->package));
    question_utilities(walk->question, &walk->package, walk->utility);
    return true;
}

bool utilities_equal(const Utility *a, const Utility *b, uint8_t seats) {
    return memcmp(a, b, seats * sizeof *a) == 0;
}

bool utilities_dominate(const Utility *a, const Utility *b, uint8_t seats) {
    for (uint8_t seat = 0; seat < seats; seat++)
        if (a[seat] < b[seat]) return false;
    return !utilities_equal(a, b, seats);
}
