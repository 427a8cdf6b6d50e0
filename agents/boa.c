#include "agents/boa.h"

#include <assert.h>
#include <string.h>

#include "agents/plan.h"
#include "agents/strategies.h"
#include "agents/time_dependent.h"

static_assert(sizeof(Boa) <= NP_MAX_STRATEGY_STATE, "a strategy's state has a bound");

#define NEVER __builtin_inf()

/* --- what parts ask --- */

double boa_time(const Host *host, SimTime at) {
    if (at <= 0) return 0;
    return at >= host->deadline ? 1 : (double)at / (double)host->deadline;
}

double boa_others(const Boa *boa, const Host *host, const Outcome *package) {
    return models_least(&boa->models, host, package);
}

enum { BAND = 128 }; /* packages of one worth that are compared */
#define SLACK 0.02

bool boa_package(const Boa *boa, const Host *host, double target, Outcome *out) {
    Outcome band[BAND];
    double most = -1;
    uint32_t count = 0;
    if (models_know(&boa->models)) count = host->between(host, target, target + SLACK, band, BAND);
    for (uint32_t i = 0; i < count; i++) {
        double liked = boa_others(boa, host, &band[i]);
        if (liked <= most) continue;
        most = liked;
        *out = band[i];
    }
    return count > 0 || table_package(&boa->table, host, target, out);
}

/* --- opening --- */

static void take_ends(Boa *boa, const Host *host) {
    Aspiration ends;
    aspiration_open(&ends, host, 1, 0);
    boa->best = ends.best;
    boa->reservation = ends.reservation;
}

static bool read_parts(Boa *boa, const BoaSpec *spec, char *why, size_t why_size) {
    const BoaPart *bidding = boa_part_read(boa_biddings(), spec->bidding, boa->b, why, why_size);
    if (bidding == NULL) return false;
    const BoaPart *acceptance =
        boa_part_read(boa_acceptances(), spec->acceptance, boa->a, why, why_size);
    if (acceptance == NULL) return false;
    const BoaPart *opponent = boa_part_read(boa_opponents(), spec->opponent, boa->o, why, why_size);
    if (opponent == NULL) return false;
    boa->bidding = (const Bidding *)(const void *)bidding;
    boa->acceptance = (const Acceptance *)(const void *)acceptance;
    boa->opponent = (const OpponentModel *)(const void *)opponent;
    return true;
}

bool boa_open(Boa *boa, const Host *host, const BoaSpec *spec, char *why, size_t why_size) {
    if (!read_parts(boa, spec, why, why_size) ||
        !plan_table(host, "table", spec->table, &boa->table.where, why, why_size))
        return false;
    if (spec->numbers != NULL) memcpy(boa->b, spec->numbers, sizeof boa->b);
    boa->every = days_to_time(spec->every);
    take_ends(boa, host);
    models_open(&boa->models, host, boa->opponent, boa->o);
    if (boa->bidding->open != NULL) boa->bidding->open(boa, host);
    return true;
}

/* --- hearing --- */

static void follow(Boa *boa, const Host *host) {
    if (!table_follow(&boa->table, host)) return;
    take_ends(boa, host);
    uint32_t kept = boa->heard < BOA_HEARD ? boa->heard : BOA_HEARD;
    for (uint32_t i = 0; i < kept; i++)
        boa->history[i].worth = host->utility(host, &boa->history[i].package);
    if (boa->bidding->follow != NULL) boa->bidding->follow(boa, host);
}

static void hear(Boa *boa, const Host *host, const Observation *seen) {
    const SeenOffer *offer = &boa->table.offer[seen->seat];
    int best = seen_offer_best(offer, host);
    if (best < 0) return;
    const Outcome *package = &offer->menu[best];
    boa->history[boa->heard++ % BOA_HEARD] = (HeardOffer){seen->at, offer->worth[best], *package};
    models_learn(&boa->models, host, seen->seat, package, boa_time(host, seen->at));
    if (boa->bidding->hear != NULL)
        boa->bidding->hear(boa, host, seen->seat, package, offer->worth[best]);
}

/* What moved the seat's numbers is followed before a package is compared with those before it. */
void boa_observe(void *state, const Host *host, const Observation *seen) {
    Boa *boa = state;
    if (seen->kind == NP_EVENT_OFFER) follow(boa, host);
    table_observe(&boa->table, host, seen);
    if (seen->kind == NP_EVENT_OFFER && seen->seat != host->seat) hear(boa, host, seen);
}

/* --- acting --- */

static bool choose(Boa *boa, const Host *host, Prospect *prospect, Outcome *next) {
    const Bidding *bidding = boa->bidding;
    prospect->target = bidding->target(boa, host, prospect->at);
    bool found = bidding->package != NULL
                     ? bidding->package(boa, host, prospect->at, prospect->target, next)
                     : boa_package(boa, host, prospect->target, next);
    found = found && host->utility(host, next) >= host->reservation(host);
    prospect->next = found ? host->utility(host, next) : NEVER;
    return found;
}

static double bar_of(const Boa *boa, const Host *host, const Prospect *prospect) {
    double bar = boa->acceptance->bar(boa, host, prospect), least = host->reservation(host);
    if (bar < least) return least;
    return bar < NEVER ? target_exactly(bar) : bar;
}

static void note_tabled(Boa *boa, const Host *host, const Outcome *package) {
    boa->previous = *package;
    if (!boa->tabled || host->utility(host, package) < host->utility(host, &boa->lowest))
        boa->lowest = *package;
    boa->tabled = true;
    if (boa->bidding->tabled != NULL) boa->bidding->tabled(boa, host, package);
}

/* Choosing takes its time, so it waits until there may be something to say yes to or to table. Drafts of a single text but
 * the last are judged by what they are. */
static bool has_to_choose(const Boa *boa, const Host *host, SimTime now) {
    if (text_judges(host)) return text_waits(&boa->table.text) && boa->table.text.final;
    for (SeatId seat = 0; seat < host->seats; seat++)
        if (seat != host->seat && boa->table.offer[seat].number != 0) return true;
    return table_due(&boa->table, host, now);
}

void boa_act(void *state, const Host *host, SimTime now, Reply *reply) {
    Boa *boa = state;
    Outcome next;
    if (boa->table.closed) return;
    follow(boa, host);
    Prospect prospect = {.at = now + host->delay};
    bool chooses = has_to_choose(boa, host, now), found = false;
    Bar all = {.target = NEVER};
    if (chooses) {
        found = choose(boa, host, &prospect, &next);
        all.target = bar_of(boa, host, &prospect);
    }
    if (table_accept(&boa->table, host, now, &all, reply)) return;
    table_reject(&boa->table, host, reply);
    if (found && table_due(&boa->table, host, now)) {
        uint32_t moves = reply->moves;
        table_offer(&boa->table, host, &next, 1, reply);
        if (reply->moves > moves) note_tabled(boa, host, &next);
    }
    table_wait(&boa->table, host, now, boa->every, reply);
}

/* --- the strategy --- */

static const Parameter parameters[] = {
    {.name = "bidding",
     .text = "boulware",
     .summary = "what it asks for: a part with its own parameters, boulware(e=0.1)"},
    {.name = "acceptance",
     .text = "ac_next",
     .summary = "what it says yes to: a part with its own parameters, ac_combi(t=0.95)"},
    {.name = "opponent",
     .text = "none",
     .summary = "what it believes of the others: a part with its own parameters"},
    PARAMETER_EVERY,
    PARAMETER_TABLE,
    {.name = NULL},
};

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    BoaSpec spec = {.bidding = arguments[0].text,
                    .acceptance = arguments[1].text,
                    .opponent = arguments[2].text,
                    .every = arguments[3].number,
                    .table = arguments[4].text};
    return boa_open(state, host, &spec, why, why_size);
}

const Strategy strategy_boa = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "boa",
    .summary = "composed of a bidding, an acceptance condition and an opponent model",
    .source =
        "Baarslag, Hindriks, Hendrikx, Dirkzwager and Jonker 2014, Decoupling Negotiating Agents",
    .parameter = parameters,
    .state_size = sizeof(Boa),
    .open = open,
    .observe = boa_observe,
    .act = boa_act,
};
