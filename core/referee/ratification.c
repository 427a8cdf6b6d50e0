/* Ratification: those who must say yes to a signed package before it enters force (Putnam 1988). */
#include <string.h>

#include "core/referee/run_state.h"

static bool ratifier_is_asked(const Ratifier *ratifier, const Outcome *package) {
    return !ratifier->conditional || condition_holds(&ratifier->when, package);
}

bool ratification_call(Referee *referee) {
    const Negotiation *negotiation = referee->negotiation;
    referee->signed_under = negotiation;
    referee->votes_due = 0;
    for (uint32_t i = 0; i < negotiation->ratifiers; i++) {
        if (!ratifier_is_asked(&negotiation->ratifier[i], &referee->signed_package)) continue;
        agenda_add(&referee->agenda,
                   (AgendaEntry){.at = referee->now + negotiation->ratifier[i].after,
                                 .rank = RANK_VOTE,
                                 .seat = negotiation->ratifier[i].seat,
                                 .sequence = i,
                                 .payload = i});
        referee->votes_due++;
    }
    return referee->votes_due > 0;
}

static bool ratifier_votes_yes(Referee *referee, const Ratifier *ratifier, Utility *drawn) {
    Rng luck = referee_stream(referee, "ratification", ratifier->id);
    Utility utility =
        profile_utility(referee->profile[ratifier->seat], &referee->negotiation->terms.domain,
                        &referee->signed_package);
    *drawn = utility + utility_from(ratifier->noise * rng_normal(&luck));
    return *drawn >= ratifier->threshold;
}

/* The ratifier that was called at signature, as it is now; NULL when another negotiation, which knows no
 * such ratifier, has taken over since. */
static const Ratifier *present_ratifier(const Referee *referee, uint32_t called) {
    const Negotiation *now = referee->negotiation;
    const char *id = referee->signed_under->ratifier[called].id;
    for (uint32_t i = 0; i < now->ratifiers; i++)
        if (strcmp(now->ratifier[i].id, id) == 0) return &now->ratifier[i];
    return NULL;
}

static uint64_t tell_vote(Referee *referee, const Ratifier *ratifier, bool *passed) {
    Event *event = event_begin(referee, NP_EVENT_RATIFICATION, referee->now, referee->signature);
    event->seat = ratifier->seat;
    *passed = ratifier_votes_yes(referee, ratifier, &event->demand);
    if (*passed) event->flags |= EVENT_PASSED;
    event_name(event, ratifier->id);
    return event_tell(referee, event);
}

void ratification_vote(Referee *referee, AgendaEntry entry) {
    const Ratifier *ratifier = present_ratifier(referee, entry.payload);
    bool passed = true;
    referee->now = entry.at;
    uint64_t id = ratifier ? tell_vote(referee, ratifier, &passed) : referee->signature;
    referee->votes_due--;
    if (!passed)
        conclusion_end(referee, VERDICT_BREAKDOWN, REASON_RATIFICATION_FAILED, ratifier->seat, id);
    else if (referee->votes_due == 0)
        conclusion_end(referee, VERDICT_AGREEMENT, REASON_NONE, NP_NO_SEAT, id);
}
