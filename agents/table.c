#include "agents/table.h"

#include <string.h>

#include "agents/take_back.h"

/* How far above its target a seat looks for a package that is nearer to the others. */
#define SLACK 0.02

/* --- seeing --- */

static void see_offer(Table *table, const Host *host, const Observation *seen) {
    if (host->turns)
        for (SeatId seat = 0; seat < host->seats; seat++) table->offer[seat].number = 0;
    SeenOffer *offer = &table->offer[seen->seat];
    offer->number = seen->offer;
    offer->expires_at = seen->expires_at;
    offer->table = seen->table;
    if (seen->seat == host->seat) {
        table->on_their_way -= table->on_their_way > 0;
        return; /* noted when it was decided, and not to be weighed */
    }
    seen_offer_keep(offer, seen->menu, seen->packages);
    seen_offer_weigh(offer, host);
    offer->accepted = 0;
    offer->rejected = false;
}

static SeenOffer *find_offer(Table *table, const Host *host, uint32_t number) {
    for (SeatId seat = 0; number != 0 && seat < host->seats; seat++)
        if (table->offer[seat].number == number) return &table->offer[seat];
    return NULL;
}

static void see_withdrawal(Table *table, const Host *host, const Observation *seen) {
    SeenOffer *offer = find_offer(table, host, seen->offer);
    if (offer == NULL) return;
    if (offer == &table->offer[seen->seat])
        offer->number = 0;
    else if (seen->seat == host->seat)
        offer->accepted &= (uint8_t) ~(1u << seen->package);
}

static void see_lapse(Table *table, const Host *host, const Observation *seen) {
    SeenOffer *offer = find_offer(table, host, seen->offer);
    if (offer == NULL) return;
    offer->number = 0;
    if (offer == &table->offer[host->seat]) offer->packages = 0;
}

static void see_refusal(Table *table, const Host *host, const Observation *seen) {
    if (seen->refused != NP_OFFER) return;
    table->offer[host->seat].packages = 0;
    table->on_their_way -= table->on_their_way > 0;
}

void table_observe(Table *table, const Host *host, const Observation *seen) {
    text_observe(&table->text, host, seen);
    switch (seen->kind) {
    case NP_EVENT_OFFER: see_offer(table, host, seen); break;
    case NP_EVENT_WITHDRAWAL: see_withdrawal(table, host, seen); break;
    case NP_EVENT_LAPSE: see_lapse(table, host, seen); break;
    case NP_EVENT_SIGNATURE: table->closed = true; break;
    case NP_EVENT_REFUSAL: see_refusal(table, host, seen); break;
    case NP_EVENT_APPRAISAL:
    case NP_EVENT_ACCORD:
    case NP_EVENT_STATUS_QUO: table->moved = table->stale = true; break;
    default: break;
    }
}

bool table_follow(Table *table, const Host *host) {
    if (!table->stale) return false;
    table->stale = false;
    for (SeatId seat = 0; seat < host->seats; seat++)
        if (seat != host->seat) seen_offer_weigh(&table->offer[seat], host);
    return true;
}

/* --- answering --- */

Action *reply_add(Reply *reply, ActionKind kind) {
    if (reply->moves == NP_MAX_MOVES) return NULL;
    Action *action = &reply->move[reply->moves++];
    *action = (Action){.kind = (uint8_t)kind};
    return action;
}

/* Most offers fall short of the target: whether anything else is against them is asked of the others only. */
static bool clears(const Bar *bar, const Host *host, SeenOffer *offer, uint8_t k) {
    if (offer->worth[k] < bar->target && package_is_complete(host, &offer->menu[k])) return false;
    Merit merit = seen_offer_merit(offer, host, k);
    if (merit != MERIT_BY_WORTH) return merit == MERIT_ALWAYS;
    bool fits = bar->options == 0 || (bar->options >> offer->menu[k].option[bar->issue] & 1u) != 0;
    return fits || offer->worth[k] >= bar->regardless;
}

/* Identical packages pool their acceptances at the table where they were made: tabling one was accepting
 * it. */
static bool is_own(const Table *table, const Host *host, uint8_t where, const Outcome *package) {
    const SeenOffer *own = &table->offer[host->seat];
    if (where != table->where) return false;
    for (uint8_t k = 0; !host->turns && k < own->packages; k++)
        if (outcome_equal(&own->menu[k], package)) return true;
    return false;
}

static bool is_open(const SeenOffer *offer, uint8_t k, SimTime at) {
    return offer->number != 0 && at < offer->expires_at && (offer->accepted >> k & 1u) == 0;
}

/* The best of the others' packages that clears the bar and is not accepted yet; NULL when none is. */
static SeenOffer *best_offered(Table *table, const Host *host, SimTime at, const Bar *bar,
                               uint8_t *package) {
    SeenOffer *best = NULL;
    for (SeatId seat = 0; seat < host->seats; seat++) {
        SeenOffer *offer = &table->offer[seat];
        if (seat == host->seat || offer->number == 0) continue;
        for (uint8_t k = 0; k < offer->packages; k++) {
            if (!is_open(offer, k, at) || !clears(bar, host, offer, k)) continue;
            if (best != NULL && offer->worth[k] <= best->worth[*package]) continue;
            if (is_own(table, host, offer->table, &offer->menu[k])) continue;
            best = offer;
            *package = k;
        }
    }
    return best;
}

enum { MOST_ACCEPTANCES = 4 }; /* in one reply; the rest of it is for saying no and offering */

/* A draft binds nobody; the final reading does. One that does not clear the bar may do so later. */
static void judge_text(Table *table, const Host *host, const Bar *bar, Reply *reply) {
    TextSeen *text = &table->text;
    SeenOffer *draft = &table->offer[host->mediator];
    if (!text_waits(text) || draft->number != text->number) return;
    if (!text->final)
        text_say(text, text_acceptable(text, host) && (!text->exists || text_gain(text, host) > 0),
                 reply);
    else if (clears(bar, host, draft, 0))
        text_say(text, true, reply);
    else if (seen_offer_is_hopeless(draft, host))
        text_say(text, false, reply);
}

static bool one_move_at_a_time(const Host *host) {
    return host->turns || host->rounds;
}

bool table_accept(Table *table, const Host *host, SimTime now, const Bar *bar, Reply *reply) {
    take_back(table, host, now, reply);
    if (text_judges(host)) {
        judge_text(table, host, bar, reply);
        return false;
    }
    uint8_t most = one_move_at_a_time(host) ? 1 : MOST_ACCEPTANCES, package = 0;
    for (uint8_t made = 0; made < most; made++) {
        SeenOffer *offer = best_offered(table, host, now + host->delay, bar, &package);
        if (offer == NULL) return false;
        Action *action = reply_add(reply, NP_ACCEPT);
        if (action == NULL) return false;
        action->offer = offer->number;
        action->package = package;
        offer->accepted |= (uint8_t)(1u << package);
    }
    return one_move_at_a_time(host);
}

enum { MOST_REJECTIONS = 2 };

void table_reject(Table *table, const Host *host, Reply *reply) {
    uint8_t made = 0;
    if (host->turns || text_judges(host)) return;
    for (SeatId seat = 0; seat < host->seats && made < MOST_REJECTIONS; seat++) {
        SeenOffer *offer = &table->offer[seat];
        if (seat == host->seat || offer->number == 0 || offer->rejected) continue;
        if (!seen_offer_is_hopeless(offer, host)) continue;
        Action *action = reply_add(reply, NP_REJECT);
        if (action == NULL) return;
        action->offer = offer->number;
        offer->rejected = true;
        made++;
    }
}

/* --- tabling --- */

/* An offer that comes too late to be answered would only end what stands, and with it the acceptances
 * that are on their way. Others' delays are their own; they are taken to be like this seat's. */
bool table_due(const Table *table, const Host *host, SimTime now) {
    if (host->turns) return true;
    if (text_judges(host)) return false;
    return (host->rounds || now >= table->due) && now + 2 * host->delay <= host->deadline;
}

static bool stands_already(const SeenOffer *own, const Outcome *menu, uint8_t packages) {
    return own->packages == packages && memcmp(own->menu, menu, packages * sizeof *menu) == 0;
}

/* What has become the text is tabled once more. */
static bool is_final_reading(const Table *table, const Host *host, const Outcome *menu) {
    const TextSeen *text = &table->text;
    return text_mediates(host) && text->exists && !text->final &&
           memcmp(&text->text, menu, sizeof *menu) == 0;
}

void table_offer(Table *table, const Host *host, const Outcome *menu, uint8_t packages,
                 Reply *reply) {
    SeenOffer *own = &table->offer[host->seat];
    if (!host->turns && !is_final_reading(table, host, menu) && stands_already(own, menu, packages))
        return;
    Action *action = reply_add(reply, NP_OFFER);
    if (action == NULL) return;
    action->packages = packages;
    action->table = table->where;
    menu_copy(action->menu, menu, packages);
    seen_offer_keep(own, menu, packages);
    if (table->on_their_way < UINT8_MAX) table->on_their_way++;
}

static SimTime later_of(SimTime a, SimTime b) {
    return a > b ? a : b;
}

/* Half of the time that is left, but no more than `every` and no less than a quarter of it, nor than it
 * takes the others to answer: what is replaced too soon nobody can accept. */
static SimTime patience(const Host *host, SimTime now, SimTime every) {
    SimTime wait = later_of((host->deadline - now) / 2, later_of(every / 4, 2 * host->delay));
    return later_of(wait < every ? wait : every, host->lookahead);
}

void table_wait(Table *table, const Host *host, SimTime now, SimTime every, Reply *reply) {
    SimTime last_call = host->deadline - host->delay;
    if (one_move_at_a_time(host) || now >= last_call) return;
    if (now >= table->due) {
        table->due = now + patience(host, now, every);
    }
    SimTime wake = table->due < last_call ? table->due : last_call;
    if (wake < reply->wake_at) reply->wake_at = wake;
}

/* --- choosing --- */

const Outcome *table_reference(const Table *table, const Host *host) {
    const Outcome *reference = NULL;
    double least = 0;
    for (SeatId seat = 0; seat < host->seats; seat++) {
        const SeenOffer *offer = &table->offer[seat];
        int best = seat == host->seat ? -1 : seen_offer_best(offer, host);
        if (best < 0 || (reference != NULL && offer->worth[best] >= least)) continue;
        reference = &offer->menu[best];
        least = offer->worth[best];
    }
    return reference;
}

bool table_package(const Table *table, const Host *host, double target, Outcome *out) {
    const Outcome *reference = table_reference(table, host);
    if (reference != NULL && host->nearest(host, target, SLACK, reference, out)) return true;
    if (host->at_least(host, target, out)) return true;
    return host->best(host, out) && host->utility(host, out) >= host->reservation(host);
}
