/* What only the whole scenario can tell: is the present possible, and can anything be concluded? */
#include <string.h>

#include "core/scenario/section.h"

/* All searches of one scenario together; beyond it nothing is claimed. */
enum { SEARCH_NODES = 200000 };

typedef struct Search {
    const Negotiation *negotiation;
    Outcome package, status_quo;
    uint8_t fixed; /* the issue that is not varied; NP_NO_OPTION: none */
    uint32_t nodes;
    uint32_t concludable[NP_MAX_ISSUES]; /* options seen in a package that can be concluded */
} Search;

/* The seats whose consent the package needs whatever its open issues become. */
static SeatSet needed_so_far(const Search *search) {
    const Terms *terms = &search->negotiation->terms;
    if (terms->consent.unanimous) return terms->consent.all;
    SeatSet needed = terms->consent.always;
    for (uint8_t issue = 0; issue < terms->domain.issues; issue++) {
        uint8_t option = search->package.option[issue];
        if (option == NP_NO_OPTION || option == search->status_quo.option[issue]) continue;
        needed |= terms->consent.needs[issue][option];
    }
    return needed;
}

/* A seat of several types refuses for sure only what all of them refuse. */
static bool seat_refuses(const Negotiation *negotiation, SeatId seat, const Outcome *package) {
    const SeatType *type = negotiation->type[seat];
    if (!type) return profile_crosses(&negotiation->profile[seat], package) != NULL;
    for (uint8_t k = 0; k < negotiation->terms.seat[seat].types; k++)
        if (!profile_crosses(&type[k].profile, package)) return false;
    return true;
}

static bool crosses(const Negotiation *negotiation, SeatSet needed, const Outcome *package) {
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++) {
        if (seat_in(needed, seat) && seat_refuses(negotiation, seat, package)) return true;
    }
    return false;
}

static bool hopeless(const Search *search) {
    return domain_excludes(&search->negotiation->terms.domain, &search->package) ||
           crosses(search->negotiation, needed_so_far(search), &search->package);
}

static void note(Search *search) {
    for (uint8_t issue = 0; issue < search->negotiation->terms.domain.issues; issue++) {
        search->concludable[issue] |= UINT32_C(1) << search->package.option[issue];
    }
}

/* Finds one complete package that can be concluded, from `issue` on. */
static bool search_from(Search *search, uint8_t issue) {
    const Domain *domain = &search->negotiation->terms.domain;
    if (++search->nodes > SEARCH_NODES || hopeless(search)) return false;
    if (issue == domain->issues) return !outcome_equal(&search->package, &search->status_quo);
    if (issue == search->fixed) return search_from(search, issue + 1);
    for (uint8_t option = 0; option < domain->issue[issue].options; option++) {
        search->package.option[issue] = option;
        if (search_from(search, issue + 1)) return true;
    }
    search->package.option[issue] = NP_NO_OPTION;
    return false;
}

static bool search_with(Search *search, uint8_t issue, uint8_t option) {
    search->package = outcome_empty();
    search->fixed = issue;
    if (issue != NP_NO_OPTION) search->package.option[issue] = option;
    if (!search_from(search, 0)) return false;
    note(search);
    return true;
}

/* --- the complaints --- */

/* The needed seat whose hard red line is that very option, or NP_NO_SEAT. */
static SeatId refusing_seat(const Negotiation *negotiation, uint8_t issue, uint8_t option) {
    const Consent *consent = &negotiation->terms.consent;
    SeatSet needed =
        consent->unanimous ? consent->all : consent->always | consent->needs[issue][option];
    Outcome alone = outcome_empty();
    alone.option[issue] = option;
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++) {
        if (seat_in(needed, seat) && seat_refuses(negotiation, seat, &alone)) return seat;
    }
    return NP_NO_SEAT;
}

static void warn_option(Draft *draft, uint8_t issue, uint8_t option) {
    const Terms *terms = draft_terms(draft);
    const char *name = terms->domain.issue[issue].option[option];
    SeatId seat = refusing_seat(draft_negotiation(draft), issue, option);
    Mark at = draft->option_node[issue][option]->at;
    if (seat != NP_NO_SEAT) {
        complain_warning(
            draft->complaints, at,
            "no package with \"%s\" could be concluded: it needs %s, whose hard red line "
            "excludes it",
            name, terms->seat[seat].id);
    } else {
        complain_warning(
            draft->complaints, at,
            "no package with \"%s\" could be concluded: each is infeasible or crosses a "
            "hard red line of a seat whose consent it needs",
            name);
    }
}

static void check_concludable(Draft *draft) {
    Search search = {.negotiation = draft_negotiation(draft)};
    const Domain *domain = &search.negotiation->terms.domain;
    search.status_quo = domain_status_quo(domain);
    if (!search_with(&search, NP_NO_OPTION, 0)) {
        if (search.nodes > SEARCH_NODES) return;
        const Node *node = draft->consent_node ? draft->consent_node : draft->seats_node;
        complain(
            draft->complaints, node_place(node),
            "no complete package could ever be concluded: each is infeasible or crosses a hard "
            "red line of a seat whose consent it needs");
        return;
    }
    for (uint8_t issue = 0; issue < domain->issues; issue++) {
        for (uint8_t option = 0; option < domain->issue[issue].options; option++) {
            if (search.concludable[issue] >> option & 1u) continue;
            if (search_with(&search, issue, option)) continue;
            if (search.nodes <= SEARCH_NODES) warn_option(draft, issue, option);
        }
    }
}

/* True when the present can be. */
static bool check_status_quo(Draft *draft) {
    const Domain *domain = &draft_terms(draft)->domain;
    Outcome status_quo = domain_status_quo(domain);
    const Exclusion *exclusion = domain_excludes(domain, &status_quo);
    if (!exclusion) return true;
    const Node *node = draft->exclusion_node[exclusion - domain->exclusion];
    complain(draft->complaints, node->at, "this excludes the status quo itself");
    return false;
}

static bool check_feasible(Draft *draft) {
    if (domain_feasible_count(&draft_terms(draft)->domain) != 0) return true;
    complain(draft->complaints, draft->exclusion_node[0]->at,
             "the infeasible combinations leave no package at all");
    return false;
}

void draft_check(Draft *draft) {
    if (check_status_quo(draft) && check_feasible(draft)) check_concludable(draft);
    steps_check(draft);
    standing_check(draft);
}
