/* Convergence as it goes. A seat's demand is its own utility of the best complete package that it last
 * tabled; the distance between demands is the mean, over ordered pairs of seats, of what the one would
 * lose by taking the other's demand instead of its own (0 when they coincide). */
#include <string.h>

#include "core/referee/run_state.h"

void convergence_open(Convergence *convergence) {
    memset(convergence, 0, sizeof *convergence);
    convergence->progress_event = 1;
}

/* The mover's best complete package, or NULL: partial packages demand nothing of the whole. */
static const Outcome *best_of_menu(const Referee *referee, SeatId seat, const Action *action,
                                   Utility *demand) {
    const Negotiation *negotiation = referee->negotiation;
    const Outcome *best = NULL;
    for (uint8_t k = 0; k < action->packages; k++) {
        if (!domain_complete(&negotiation->terms.domain, &action->menu[k])) continue;
        Utility utility =
            profile_utility(referee->profile[seat], &negotiation->terms.domain, &action->menu[k]);
        if (best != NULL && utility <= *demand) continue;
        best = &action->menu[k];
        *demand = utility;
    }
    return best;
}

static Utility distance_now(const Convergence *convergence, uint8_t seats) {
    Utility sum = 0;
    for (SeatId i = 0; i < seats; i++)
        for (SeatId j = 0; j < seats; j++)
            if (convergence->worth[i][i] > convergence->worth[i][j])
                sum += convergence->worth[i][i] - convergence->worth[i][j];
    return sum / (seats * (seats - 1));
}

static void note_result(SeatResult *result, Utility demand) {
    if (result->first_demand == UTILITY_NONE) result->first_demand = demand;
    result->last_demand = demand;
}

/* By the present worth of either: a demand that the world alone has made smaller is no concession. */
static bool is_progress(const Referee *referee, SeatId seat, Utility demand) {
    const Convergence *convergence = &referee->convergence;
    const Terms *terms = &referee->negotiation->terms;
    if (!seat_in(convergence->demanded, seat)) return true;
    Utility before =
        profile_utility(referee->profile[seat], &terms->domain, &convergence->progress[seat]);
    return before - demand >= terms->stall_epsilon;
}

bool convergence_offer(Referee *referee, SeatId seat, const Action *action, Event *event) {
    Convergence *convergence = &referee->convergence;
    Verdict *verdict = &referee->verdict;
    const Terms *terms = &referee->negotiation->terms;
    verdict->seat_result[seat].offers++;
    Utility demand = UTILITY_NONE;
    const Outcome *best = best_of_menu(referee, seat, action, &demand);
    if (best == NULL) return false;
    bool progress = is_progress(referee, seat, demand);
    if (progress) convergence->progress[seat] = *best;
    for (SeatId other = 0; other < terms->seats; other++)
        convergence->worth[other][seat] =
            other == seat ? demand : profile_utility(referee->profile[other], &terms->domain, best);
    convergence->demanded |= seat_bit(seat);
    note_result(&verdict->seat_result[seat], demand);
    event->demand = demand;
    if (convergence->demanded != terms->consent.all) return progress;
    event->distance = distance_now(convergence, terms->seats);
    if (verdict->first_distance == UTILITY_NONE) verdict->first_distance = event->distance;
    verdict->last_distance = event->distance;
    return progress;
}
