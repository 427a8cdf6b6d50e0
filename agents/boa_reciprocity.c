/* Behaviour-dependent tactics (Faratin, Sierra and Jennings 1998, section 4.3) on what each side claims, measured on this
 * seat's own scale: the other's claim is what its package keeps from this seat, best - u(package); one's own is
 * target - reservation. Among several others each counts for its share. */
#include "agents/boa.h"

#define SOURCE(tactic) "Faratin, Sierra and Jennings 1998, " tactic " tit-for-tat"

enum { RING = BOA_WINDOW + 1 };

static void open_claim(Boa *boa, const Host *host) {
    (void)host;
    boa->concessions.upheld = 1;
}

static double claim_target(Boa *boa, const Host *host, SimTime at) {
    (void)host, (void)at;
    double whole = boa->best - boa->reservation;
    return target_exactly(boa->reservation + boa->concessions.upheld * whole);
}

static void uphold(Concessions *own, double upheld) {
    own->upheld = upheld < 0 ? 0 : upheld > 1 ? 1 : upheld;
}

/* An appraisal is nobody's concession: what a seat offered before is moved along with its latest package. */
static void follow_claims(Boa *boa, const Host *host) {
    Concessions *own = &boa->concessions;
    for (SeatId seat = 0; seat < host->seats; seat++) {
        const SeenOffer *offer = &boa->table.offer[seat];
        int best = seat == host->seat ? -1 : seen_offer_best(offer, host);
        if (own->offers[seat] == 0 || best < 0) continue;
        double by = offer->worth[best] - own->worth[seat][(own->offers[seat] - 1) % RING];
        for (int i = 0; i < RING; i++) own->worth[seat][i] += by;
    }
}

static void remember(Concessions *own, SeatId seat, double worth) {
    own->worth[seat][own->offers[seat]++ % RING] = worth;
}

/* The worth of what the seat offered `back` packages before its latest; false when it has not offered as many. */
static bool recall(const Concessions *own, SeatId seat, uint32_t back, double *worth) {
    if (own->offers[seat] <= back) return false;
    *worth = own->worth[seat][(own->offers[seat] - 1 - back) % RING];
    return true;
}

/* One's own claim shrinks, or grows, in the proportion in which the other's did. */
static void scale(Boa *boa, const Host *host, double before, double after) {
    if (before >= boa->best) return;
    double factor = after >= boa->best ? 0 : (boa->best - after) / (boa->best - before);
    if (host->seats > 2) factor = host->pow(factor, 1.0 / (host->seats - 1));
    uphold(&boa->concessions, boa->concessions.upheld * factor);
}

/* --- relative: what the other did `delta` packages ago, in per cent --- */

static const Parameter relative_parameters[] = {
    {.name = "delta",
     .initial = 1,
     .least = 1,
     .most = BOA_WINDOW,
     .summary = "how many of the other's packages ago lies the step that it imitates"},
    {.name = NULL}};

static void hear_relative(Boa *boa, const Host *host, SeatId seat, const Outcome *package,
                          double worth) {
    (void)package;
    uint32_t delta = (uint32_t)boa->b[0];
    double before, after;
    remember(&boa->concessions, seat, worth);
    if (recall(&boa->concessions, seat, delta, &before) &&
        recall(&boa->concessions, seat, delta - 1, &after))
        scale(boa, host, before, after);
}

const Bidding bidding_relative = {
    .part = {"relative_tit_for_tat", "gives as much of its claim as the other gave of its own",
             SOURCE("relative"), relative_parameters},
    .open = open_claim,
    .hear = hear_relative,
    .follow = follow_claims,
    .target = claim_target,
};

/* --- averaged: what it did over a window --- */

static const Parameter averaged_parameters[] = {
    {.name = "window",
     .initial = 2,
     .least = 1,
     .most = BOA_WINDOW,
     .summary = "packages of the other's over which its concession is measured"},
    {.name = NULL}};

static void hear_averaged(Boa *boa, const Host *host, SeatId seat, const Outcome *package,
                          double worth) {
    (void)package;
    double before;
    remember(&boa->concessions, seat, worth);
    if (recall(&boa->concessions, seat, (uint32_t)boa->b[0], &before))
        scale(boa, host, before, worth);
}

const Bidding bidding_averaged = {
    .part = {"averaged_tit_for_tat",
             "gives as much of its claim as the other gave of its own over a window",
             SOURCE("averaged"), averaged_parameters},
    .open = open_claim,
    .hear = hear_averaged,
    .follow = follow_claims,
    .target = claim_target,
};

/* --- random absolute: as much, and a little more or less by chance --- */

static const Parameter absolute_parameters[] = {
    {.name = "delta",
     .initial = 1,
     .least = 1,
     .most = BOA_WINDOW,
     .summary = "how many of the other's packages ago lies the step that it imitates"},
    {.name = "most",
     .initial = 0.01,
     .least = 0,
     .most = 1,
     .summary = "most own utility by which chance changes it"},
    {.name = NULL}};

static void hear_absolute(Boa *boa, const Host *host, SeatId seat, const Outcome *package,
                          double worth) {
    (void)package;
    uint32_t delta = (uint32_t)boa->b[0];
    double before, after, whole = boa->best - boa->reservation;
    remember(&boa->concessions, seat, worth);
    if (whole <= 0 || !recall(&boa->concessions, seat, delta, &before) ||
        !recall(&boa->concessions, seat, delta - 1, &after))
        return;
    bool less = (host->random_u32(host) & 1u) != 0;
    double chance = boa->b[1] * host->random_unit(host);
    double given = (after - before) / (host->seats - 1) + (less ? chance : -chance);
    uphold(&boa->concessions, boa->concessions.upheld - given / whole);
}

const Bidding bidding_random_absolute = {
    .part = {"random_tit_for_tat",
             "gives as much as the other gave, a little more or less by chance",
             SOURCE("random absolute"), absolute_parameters},
    .open = open_claim,
    .hear = hear_absolute,
    .follow = follow_claims,
    .target = claim_target,
};

/* --- trade-off: as long as the other moves, the same worth in other packages --- */

static const Parameter trade_off_parameters[] = {
    {.name = "step",
     .initial = 0.05,
     .least = 0,
     .most = 1,
     .summary = "share of its claim that it gives up when the other's packages get no better"},
    {.name = NULL}};

static void hear_trade(Boa *boa, const Host *host, SeatId seat, const Outcome *package,
                       double worth) {
    (void)host, (void)package;
    double before;
    remember(&boa->concessions, seat, worth);
    if (recall(&boa->concessions, seat, 1, &before) && worth <= before)
        uphold(&boa->concessions, boa->concessions.upheld - boa->b[0]);
}

const Bidding bidding_trade_off = {
    .part =
        {"trade_off",
         "seeks the other's wishes among packages of one worth, and gives way when it gets "
         "nothing for it",
         "Faratin, Sierra and Jennings 2002, Using Similarity Criteria to Make Issue Trade-Offs",
         trade_off_parameters},
    .open = open_claim,
    .hear = hear_trade,
    .follow = follow_claims,
    .target = claim_target,
};
