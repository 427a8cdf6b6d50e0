#include "agents/take_back.h"

static bool withdraw(Reply *reply, uint32_t offer, uint8_t package) {
    Action *action = reply_add(reply, NP_WITHDRAW);
    if (action == NULL) return false;
    action->offer = offer;
    action->package = package;
    return true;
}

/* False when the reply is full: the rest is for the next one. */
static bool take_back_acceptances(SeenOffer *offer, const Host *host, Reply *reply) {
    for (uint8_t k = 0; k < offer->packages; k++) {
        bool accepted = offer->number != 0 && (offer->accepted >> k & 1u) != 0;
        if (!accepted || seen_offer_serves(offer, host, k)) continue;
        if (!withdraw(reply, offer->number, k)) return false;
        offer->accepted &= (uint8_t) ~(1u << k);
    }
    return true;
}

static bool serves_wholly(SeenOffer *offer, const Host *host) {
    for (uint8_t k = 0; k < offer->packages; k++)
        if (!seen_offer_serves(offer, host, k)) return false;
    return true;
}

/* One that is still on its way has no number yet by which to take it back. What is tabled after it, now,
 * replaces it all the same; otherwise the seat waits for it to arrive. */
static bool take_back_offer(Table *table, const Host *host, SimTime now, Reply *reply) {
    SeenOffer *own = &table->offer[host->seat];
    seen_offer_weigh(own, host);
    if ((own->number == 0 && table->on_their_way == 0) || serves_wholly(own, host)) return true;
    table->due = now;
    if (table->on_their_way > 0) {
        if (now + host->delay < reply->wake_at) reply->wake_at = now + host->delay;
        return false;
    }
    if (!withdraw(reply, own->number, 0)) return false;
    own->number = own->packages = 0;
    return true;
}

/* Saying no takes back a yes to a final reading; no other yes to a draft binds. */
static void take_back_yes(TextSeen *text, SeenOffer *draft, const Host *host, Reply *reply) {
    bool bound = text->number != 0 && text->number == draft->number && text->final && text->yes;
    if (bound && !seen_offer_serves(draft, host, 0)) text_say(text, false, reply);
}

void take_back(Table *table, const Host *host, SimTime now, Reply *reply) {
    if (!table->moved || table->closed) return;
    bool done = true;
    if (text_judges(host))
        take_back_yes(&table->text, &table->offer[host->mediator], host, reply);
    else
        for (SeatId seat = 0; seat < host->seats; seat++)
            done &= seat == host->seat || take_back_acceptances(&table->offer[seat], host, reply);
    if (!text_judges(host)) done &= take_back_offer(table, host, now, reply);
    table->moved = !done;
}
