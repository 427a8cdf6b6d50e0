#include "agents/text.h"

#include <string.h>

#include "agents/table.h"

bool text_mediates(const Host *host) {
    return host->mediator == host->seat;
}

bool text_judges(const Host *host) {
    return host->mediator != NP_NO_SEAT && host->mediator != host->seat;
}

static bool same(const Outcome *a, const Outcome *b) {
    return memcmp(a, b, sizeof *a) == 0;
}

static void see_draft(TextSeen *text, const Observation *seen) {
    text->draft = seen->menu[0];
    text->number = seen->offer;
    text->drafts++;
    text->for_it = text->against_it = 0;
    text->final = text->exists && same(&text->draft, &text->text);
    text->said = text->yes = false;
}

/* All but the mediator prefer it: from now on it is the text. */
static void see_yes(TextSeen *text, const Host *host, const Observation *seen) {
    SeatSet judges = ((UINT32_C(1) << host->seats) - 1) & ~seat_bit(host->mediator);
    text->for_it = seen->seats & judges;
    text->against_it &= ~text->for_it;
    if (text->for_it != judges) return;
    text->text = text->draft;
    text->exists = true;
}

static void see_withdrawal(TextSeen *text, const Host *host, const Observation *seen) {
    text->for_it &= ~seat_bit(seen->seat);
    if (seen->seat == host->mediator) text->number = 0;
}

void text_observe(TextSeen *text, const Host *host, const Observation *seen) {
    if (host->mediator == NP_NO_SEAT) return;
    if (seen->kind == NP_EVENT_OFFER) see_draft(text, seen);
    if (seen->kind == NP_EVENT_ACCORD) text->exists = false; /* that text is done with */
    if (text->number == 0 || seen->offer != text->number) return;
    switch (seen->kind) {
    case NP_EVENT_ACCEPTANCE: see_yes(text, host, seen); break;
    case NP_EVENT_REJECTION: text->against_it |= seat_bit(seen->seat); break;
    case NP_EVENT_WITHDRAWAL: see_withdrawal(text, host, seen); break;
    case NP_EVENT_LAPSE: text->number = 0; break;
    default: break;
    }
}

bool text_waits(const TextSeen *text) {
    return text->number != 0 && !text->said;
}

bool text_acceptable(const TextSeen *text, const Host *host) {
    return host->acceptable(host, &text->draft);
}

double text_gain(const TextSeen *text, const Host *host) {
    double worth = host->utility(host, &text->draft);
    return text->exists ? worth - host->utility(host, &text->text) : worth;
}

void text_say(TextSeen *text, bool yes, Reply *reply) {
    Action *action = reply_add(reply, yes ? NP_ACCEPT : NP_REJECT);
    if (action == NULL) return;
    action->offer = text->number;
    text->said = true;
    text->yes = yes;
}
