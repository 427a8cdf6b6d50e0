#include "core/negotiation/domain.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

bool condition_holds(const Condition *condition, const Outcome *outcome) {
    for (uint8_t term = 0; term < condition->terms; term++) {
        uint8_t option = outcome->option[condition->issue[term]];
        if (option >= NP_MAX_OPTIONS || (condition->options[term] >> option & 1u) == 0)
            return false;
    }
    return true;
}

Outcome outcome_empty(void) {
    Outcome outcome;
    memset(outcome.option, NP_NO_OPTION, sizeof outcome.option);
    return outcome;
}

/* Eight zeros and eight times silence: from the right place on, silence is asked for where issues have ended. */
static const uint8_t ended[16] = {[8] = NP_NO_OPTION, NP_NO_OPTION, NP_NO_OPTION, NP_NO_OPTION,
                                  NP_NO_OPTION,       NP_NO_OPTION, NP_NO_OPTION, NP_NO_OPTION};

static bool is_silent_from(const Outcome *outcome, uint8_t issue) {
    uint64_t said, wanted, missing = 0;
    for (uint8_t at = 0; at < NP_MAX_ISSUES; at += 8) {
        uint8_t begun = issue <= at ? 0 : issue - at > 8 ? 8 : (uint8_t)(issue - at);
        memcpy(&said, outcome->option + at, sizeof said);
        memcpy(&wanted, ended + 8 - begun, sizeof wanted);
        missing |= wanted & ~said;
    }
    return missing == 0;
}

bool domain_contains(const Domain *domain, const Outcome *outcome) {
    for (uint8_t issue = 0; issue < domain->issues; issue++) {
        uint8_t option = outcome->option[issue];
        if (option != NP_NO_OPTION && option >= domain->issue[issue].options) return false;
    }
    return is_silent_from(outcome, domain->issues);
}

bool domain_complete(const Domain *domain, const Outcome *outcome) {
    return outcome_names_all(outcome, domain->issues);
}

const Exclusion *domain_excludes(const Domain *domain, const Outcome *outcome) {
    for (uint32_t i = 0; i < domain->exclusions; i++)
        if (condition_holds(&domain->exclusion[i].when, outcome)) return &domain->exclusion[i];
    return NULL;
}

Outcome domain_fill(const Domain *domain, const Outcome *outcome, const Outcome *base) {
    Outcome filled = *outcome;
    for (uint8_t issue = 0; issue < domain->issues; issue++)
        if (filled.option[issue] == NP_NO_OPTION) filled.option[issue] = base->option[issue];
    return filled;
}

Outcome domain_status_quo(const Domain *domain) {
    Outcome outcome = outcome_empty();
    for (uint8_t issue = 0; issue < domain->issues; issue++)
        outcome.option[issue] = domain->issue[issue].status_quo;
    return outcome;
}

double domain_raw_count(const Domain *domain) {
    double count = 1;
    for (uint8_t issue = 0; issue < domain->issues; issue++) count *= domain->issue[issue].options;
    return count;
}

/* Counting goes issue by issue and remembers only which exclusions are still alive, that is, met by
 * every option chosen so far: packages that agree in this are counted together. */
enum { TALLY_MOST = 1 << 14 };

typedef struct Tally {
    uint64_t alive; /* a bit per exclusion */
    double packages;
} Tally;

static int tally_order(const void *a, const void *b) {
    uint64_t x = ((const Tally *)a)->alive, y = ((const Tally *)b)->alive;
    return x < y ? -1 : x > y;
}

static size_t tally_merge(Tally *tally, size_t count) {
    qsort(tally, count, sizeof *tally, tally_order);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && tally[kept - 1].alive == tally[i].alive)
            tally[kept - 1].packages += tally[i].packages;
        else
            tally[kept++] = tally[i];
    }
    return kept;
}

/* The exclusions that choosing `option` on `issue` makes impossible, and those that end there. */
static uint64_t exclusions_killed(const Domain *domain, uint8_t issue, uint8_t option) {
    uint64_t killed = 0;
    for (uint32_t i = 0; i < domain->exclusions; i++) {
        const Condition *when = &domain->exclusion[i].when;
        for (uint8_t term = 0; term < when->terms; term++)
            if (when->issue[term] == issue && (when->options[term] >> option & 1u) == 0)
                killed |= UINT64_C(1) << i;
    }
    return killed;
}

static uint64_t exclusions_ending(const Domain *domain, uint8_t issue) {
    uint64_t ending = 0;
    for (uint32_t i = 0; i < domain->exclusions; i++) {
        const Condition *when = &domain->exclusion[i].when;
        uint8_t last = 0;
        for (uint8_t term = 0; term < when->terms; term++)
            if (when->issue[term] > last) last = when->issue[term];
        if (last == issue) ending |= UINT64_C(1) << i;
    }
    return ending;
}

static size_t tally_issue(const Domain *domain, uint8_t issue, const Tally *from, size_t count,
                          Tally *to) {
    uint64_t ending = exclusions_ending(domain, issue);
    size_t made = 0;
    for (uint8_t option = 0; option < domain->issue[issue].options; option++) {
        uint64_t killed = exclusions_killed(domain, issue, option);
        for (size_t i = 0; i < count; i++) {
            uint64_t alive = from[i].alive & ~killed;
            if ((alive & ending) == 0) to[made++] = (Tally){alive, from[i].packages};
        }
    }
    return tally_merge(to, made);
}

double domain_feasible_count(const Domain *domain) {
    uint64_t all =
        domain->exclusions == 64 ? ~UINT64_C(0) : (UINT64_C(1) << domain->exclusions) - 1;
    Tally *tally = memory_new(1, sizeof *tally);
    size_t count = 1;
    tally[0] = (Tally){all, 1};
    for (uint8_t issue = 0; issue < domain->issues && count <= TALLY_MOST; issue++) {
        Tally *next = memory_new(count * domain->issue[issue].options, sizeof *next);
        count = tally_issue(domain, issue, tally, count, next);
        memory_free(tally);
        tally = next;
    }
    double packages = 0;
    for (size_t i = 0; i < count; i++) packages += tally[i].packages;
    memory_free(tally);
    return count <= TALLY_MOST ? packages : DOMAIN_UNCOUNTED;
}

int domain_find_issue(const Domain *domain, const char *id) {
    for (uint8_t issue = 0; issue < domain->issues; issue++)
        if (strcmp(domain->issue[issue].id, id) == 0) return issue;
    return -1;
}

int issue_find_option(const Issue *issue, const char *name) {
    for (uint8_t option = 0; option < issue->options; option++)
        if (strcmp(issue->option[option], name) == 0) return option;
    return -1;
}
