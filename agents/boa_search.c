/* Biddings that walk the packages instead of following a curve. */
#include <string.h>

#include "agents/boa.h"

/* --- MiCRO --- */

/* Seat and options in one word; two packages with the same are taken to be one, which chance hardly allows. */
static uint64_t print_of(SeatId seat, const Outcome *package) {
    uint64_t print = UINT64_C(14695981039346656037) ^ seat;
    for (uint8_t issue = 0; issue < NP_MAX_ISSUES; issue++) {
        print = (print ^ package->option[issue]) * UINT64_C(1099511628211);
        print ^= print >> 29;
    }
    return print != 0 ? print : 1;
}

/* A table with open addresses that never fills up: what comes when it is nearly full is not counted. */
static void hear_micro(Boa *boa, const Host *host, SeatId seat, const Outcome *package,
                       double worth) {
    (void)host, (void)worth;
    Descent *walk = &boa->descent;
    uint64_t print = print_of(seat, package);
    uint32_t at = (uint32_t)(print % BOA_KNOWN);
    while (walk->seen[at] != 0 && walk->seen[at] != print) at = (at + 1) % BOA_KNOWN;
    if (walk->seen[at] == print || walk->known >= BOA_KNOWN - BOA_KNOWN / 8) return;
    walk->seen[at] = print;
    walk->known++;
    walk->heard[seat]++;
}

/* Different packages of the seat that has tabled fewest, of those that have tabled any. */
static uint32_t heard_least(const Descent *walk, const Host *host) {
    uint32_t least = 0;
    for (SeatId seat = 0; seat < host->seats; seat++)
        if (walk->heard[seat] > 0 && (least == 0 || walk->heard[seat] < least))
            least = walk->heard[seat];
    return least;
}

/* The next package down, if it is one's turn to concede and there is one worth as much as walking away. */
static bool next_down(const Boa *boa, const Host *host, Outcome *out) {
    const Descent *walk = &boa->descent;
    if (walk->own > heard_least(walk, host)) return false;
    return host->next_best(host, walk->own > 0 ? &walk->lowest : NULL, out) &&
           host->utility(host, out) >= host->reservation(host);
}

/* The least that it is willing to table. */
static double micro_target(Boa *boa, const Host *host, SimTime at) {
    (void)at;
    Outcome down;
    if (next_down(boa, host, &down)) return host->utility(host, &down);
    return boa->descent.own > 0 ? host->utility(host, &boa->descent.lowest) : boa->best;
}

/* Otherwise one that was tabled before, drawn evenly; at an open table what stands there goes on standing. */
static bool micro_package(Boa *boa, const Host *host, SimTime at, double target, Outcome *out) {
    (void)at, (void)target;
    const Descent *walk = &boa->descent;
    if (next_down(boa, host, out)) return true;
    if (walk->own == 0) return false;
    uint32_t kept = walk->own < BOA_OWN ? walk->own : BOA_OWN;
    bool stands = !host->turns && !host->rounds;
    *out = stands ? boa->previous : walk->mine[host->random_u32(host) % kept];
    return true;
}

static void micro_tabled(Boa *boa, const Host *host, const Outcome *package) {
    Descent *walk = &boa->descent;
    Outcome down;
    if (!next_down(boa, host, &down) || memcmp(&down, package, sizeof down) != 0) return;
    walk->lowest = *package;
    walk->mine[walk->own++ % BOA_OWN] = *package;
}

/* The order has changed: the walk goes on below the least of what was tabled. */
static void follow_micro(Boa *boa, const Host *host) {
    Descent *walk = &boa->descent;
    uint32_t kept = walk->own < BOA_OWN ? walk->own : BOA_OWN;
    for (uint32_t i = 0; i < kept; i++)
        if (host->utility(host, &walk->mine[i]) < host->utility(host, &walk->lowest))
            walk->lowest = walk->mine[i];
}

const Bidding bidding_micro = {
    .part = {"micro", "goes one package down for each different one that it hears",
             "de Jonge 2022, An Analysis of the Linear Bilateral ANAC Domains Using the MiCRO "
             "Benchmark Strategy",
             NULL},
    .hear = hear_micro,
    .follow = follow_micro,
    .target = micro_target,
    .package = micro_package,
    .tabled = micro_tabled,
};

/* --- random walker --- */

enum { TRIES = 200 };

static double reservation_target(Boa *boa, const Host *host, SimTime at) {
    (void)boa, (void)at;
    return host->reservation(host);
}

/* Drawn evenly, again and again, until it is worth tabling; where that is too seldom, the least that is. */
static bool walker_package(Boa *boa, const Host *host, SimTime at, double target, Outcome *out) {
    (void)boa, (void)at;
    memset(out->option, NP_NO_OPTION, sizeof out->option);
    for (int i = 0; i < TRIES; i++) {
        for (uint8_t issue = 0; issue < host->issues; issue++)
            out->option[issue] = (uint8_t)(host->random_u32(host) % host->issue[issue].options);
        if (host->acceptable(host, out) && host->utility(host, out) >= target) return true;
    }
    return host->at_least(host, target, out);
}

const Bidding bidding_random_walker = {
    .part = {"random_walker", "any package that is worth walking in for, drawn evenly",
             "Baarslag, Hindriks and Jonker 2013, Random Walker", NULL},
    .target = reservation_target,
    .package = walker_package,
};

/* --- hardliner --- */

static double best_target(Boa *boa, const Host *host, SimTime at) {
    (void)host, (void)at;
    return boa->best;
}

const Bidding bidding_hardliner = {
    .part = {"hardliner", "its best package, to the end",
             "Baarslag, Hindriks and Jonker 2013, Hardliner", NULL},
    .target = best_target,
};
