/* What foreign formats cannot carry. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/interchange/departure.h"
#include "core/negotiation/mechanism.h"

typedef struct Losses {
    const Negotiation *negotiation;
    ForeignFormat format;
    Text *out;
    uint32_t count;
} Losses;

static void lose(Losses *losses, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void lose(Losses *losses, const char *format, ...) {
    char sentence[512];
    va_list list;
    va_start(list, format);
    vsnprintf(sentence, sizeof sentence, format, list);
    va_end(list);
    text_add(losses->out, "  ");
    text_add_safe(losses->out, sentence);
    text_add(losses->out, "\n");
    losses->count++;
}

static const char *plural(uint32_t count) {
    return count == 1 ? "" : "s";
}

/* --- the domain and whose yes it takes --- */

static void lose_domain(Losses *losses) {
    const Domain *domain = &losses->negotiation->terms.domain;
    uint32_t status_quo = 0, separable = 0, excluded = domain->exclusions;
    for (uint8_t i = 0; i < domain->issues; i++) {
        status_quo += domain->issue[i].status_quo != NP_NO_OPTION;
        separable += domain->issue[i].separable;
    }
    if (excluded > 0) lose(losses, "%u infeasible combination%s", excluded, plural(excluded));
    if (status_quo > 0)
        lose(losses, "the status quo of %u issue%s", status_quo, plural(status_quo));
    if (separable > 0)
        lose(losses, "%u issue%s that may be settled alone", separable, plural(separable));
}

static bool needs_differ(const Terms *terms) {
    for (uint8_t k = 0; k < terms->domain.issues; k++)
        for (uint8_t i = 0; i < terms->domain.issue[k].options; i++)
            if (terms->consent.needs[k][i] != terms->consent.all) return true;
    return false;
}

static void lose_rules(Losses *losses) {
    const Terms *terms = &losses->negotiation->terms;
    if (terms->mechanism != &mechanism_alternating_offers)
        lose(losses, "the mechanism, %s: talks there are alternating offers",
             terms->mechanism->name);
    if (!terms->consent.unanimous && needs_differ(terms))
        lose(losses, "consent by provision: options that do not need every seat");
    if (terms->unauthorised) lose(losses, "seats that sign only once they are authorised");
    if (losses->negotiation->ratifiers > 0) lose(losses, "ratification");
    if (terms->closed_tables > 0) lose(losses, "closed tables");
    if (terms->audience_base != 0 || terms->audience_step != 0) lose(losses, "audience costs");
    if (terms->breaks_off > 0) lose(losses, "talks that break off by chance");
    if (terms->stall_window > 0) lose(losses, "talks that break down when they stall");
}

static void lose_surroundings(Losses *losses) {
    const Negotiation *negotiation = losses->negotiation;
    if (negotiation->world) lose(losses, "the world: variables, levers and shocks");
    if (negotiation->terms.durability) lose(losses, "enforcement: how long a peace holds");
    if (negotiation->steps > 0) lose(losses, "later steps");
}

/* --- seats --- */

static bool has_negative(const Profile *profile, const Domain *domain) {
    for (uint8_t k = 0; k < domain->issues; k++)
        for (uint8_t i = 0; i < domain->issue[k].options; i++)
            if (profile->value[k][i] < 0) return true;
    return false;
}

static void lose_preferences(Losses *losses, SeatId seat, const char *id) {
    const Negotiation *negotiation = losses->negotiation;
    const Profile *profile = &negotiation->profile[seat];
    uint32_t types = negotiation->terms.seat[seat].types;
    if (types > 1)
        lose(losses, "seat %s: that it may be of %u types; the first is written", id, types);
    if (profile->linkages > 0)
        lose(losses, "seat %s: %u linkage%s", id, profile->linkages, plural(profile->linkages));
    if (profile->red_lines > 0)
        lose(losses, "seat %s: %u red line%s", id, profile->red_lines, plural(profile->red_lines));
    if (has_negative(profile, &negotiation->terms.domain))
        lose(losses, "seat %s: values below 0, from its loss aversion", id);
    if (profile->discount < 1 && profile->meanwhile != 0)
        lose(losses, "seat %s: what it has while the talks go on", id);
}

/* GeniusWeb knows no discount, a reservation as a package only, and weights that sum to 1. */
static void lose_in_web(Losses *losses, SeatId seat, const char *id) {
    const Negotiation *negotiation = losses->negotiation;
    const Profile *profile = &negotiation->profile[seat];
    Outcome package;
    char shown[32];
    double sum = 0;
    if (profile->discount < 1) lose(losses, "seat %s: its discount", id);
    if (profile->reservation != 0 && !departure_reservation(negotiation, seat, &package))
        lose(losses, "seat %s: its reservation, %s, which no package is worth exactly", id,
             text_double(shown, utility_real(profile->reservation)));
    for (uint8_t k = 0; k < negotiation->terms.domain.issues; k++) sum += profile->weight[k];
    if (sum < 1 - 1e-9 || sum > 1 + 1e-9)
        lose(losses, "seat %s: weights that sum to %s; they are divided by it", id,
             text_double(shown, utility_real(utility_from(sum))));
}

uint32_t departure_losses(const Negotiation *negotiation, ForeignFormat format, Text *out) {
    Losses losses = {.negotiation = negotiation, .format = format, .out = out};
    lose_domain(&losses);
    lose_rules(&losses);
    lose_surroundings(&losses);
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++) {
        const char *id = negotiation->terms.seat[seat].id;
        lose_preferences(&losses, seat, id);
        if (format == FORMAT_GENIUSWEB) lose_in_web(&losses, seat, id);
    }
    return losses.count;
}
