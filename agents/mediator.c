/* The mediator of a single text. It knows nobody's preferences: it changes the text at random, lets all of
 * them judge the draft, and goes on from what they preferred. */
#include <assert.h>
#include <string.h>

#include "agents/strategies.h"
#include "agents/time_dependent.h"

enum { DRAFTS, CHANGES, FINAL, WAIT };
enum { MOST_TRIES = 200 }; /* of finding a feasible draft */

typedef struct Mediator {
    TimeDependent
        elsewhere; /* where there is no single text to draft, or it is another's to draft */
    uint32_t drafts, most_drafts;
    uint8_t changes;
    SimTime final, wait;
    SimTime drafted; /* when the latest draft was decided */
    bool failed;     /* the text did not pass its final reading */
    Outcome refused; /* ... which was this one */
} Mediator;

static_assert(sizeof(Mediator) <= NP_MAX_STRATEGY_STATE, "a strategy's state has a bound");

static const Parameter parameters[] = {
    [DRAFTS] = {.name = "drafts",
                .initial = 100,
                .least = 1,
                .most = 1000000,
                .summary = "drafts after which the text goes to its final reading"},
    [CHANGES] = {.name = "changes",
                 .initial = 1,
                 .least = 1,
                 .most = NP_MAX_ISSUES,
                 .summary = "issues in which a draft may differ from the text"},
    [FINAL] = {.name = "final",
               .initial = 14,
               .least = 0,
               .most = 36500,
               .summary = "days before the deadline from which on there are final readings only"},
    [WAIT] = {.name = "wait",
              .initial = 7,
              .least = 0.01,
              .most = 3650,
              .summary = "days after which silence on a draft is taken for a no"},
    {.name = NULL},
};

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    (void)why, (void)why_size;
    Mediator *self = state;
    time_dependent_open(&self->elsewhere, host, 1, 0, 14);
    self->most_drafts = (uint32_t)arguments[DRAFTS].number;
    self->changes = (uint8_t)arguments[CHANGES].number;
    self->final = days_to_time(arguments[FINAL].number);
    self->wait = days_to_time(arguments[WAIT].number);
    return true;
}

static void observe(void *state, const Host *host, const Observation *seen) {
    Mediator *self = state;
    TextSeen *text = &self->elsewhere.table.text;
    time_dependent_observe(&self->elsewhere, host, seen);
    if (seen->kind == NP_EVENT_REFUSAL && seen->refused == NP_OFFER)
        self->drafted = seen->at - self->wait; /* nothing is on its way */
    bool no = seen->kind == NP_EVENT_REJECTION && text->final && seen->offer == text->number;
    if (!no || !seat_in(host->needed(host, &text->text), seen->seat)) return;
    self->failed = true;
    self->refused = text->text;
}

/* --- drafting --- */

static uint32_t below(const Host *host, uint32_t bound) {
    return (uint32_t)((uint64_t)host->random_u32(host) * bound >> 32);
}

static void change(const Host *host, Outcome *draft) {
    uint8_t issue = (uint8_t)below(host, host->issues);
    uint8_t step = (uint8_t)(1 + below(host, host->issue[issue].options - 1u));
    uint8_t option = draft->option[issue];
    draft->option[issue] = (uint8_t)((option + step) % host->issue[issue].options);
}

/* The first draft is any package; the later ones change the text in a few issues. */
static bool compose(const Mediator *self, const Host *host, Outcome *draft) {
    const TextSeen *text = &self->elsewhere.table.text;
    Outcome base;
    if (text->exists && host->acceptable(host, &text->text))
        base = text->text;
    else if (!host->best(host, &base))
        return false;
    uint32_t most = text->exists ? self->changes : host->issues;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
        *draft = base;
        for (uint32_t left = 1 + below(host, most); left > 0; left--) change(host, draft);
        if (memcmp(draft, &base, sizeof base) != 0 && host->acceptable(host, draft)) return true;
    }
    return false;
}

static void table_draft(Mediator *self, const Outcome *draft, SimTime now, Reply *reply) {
    Action *action = reply_add(reply, NP_OFFER);
    if (action == NULL) return;
    action->packages = 1;
    action->menu[0] = *draft;
    self->drafted = now;
    self->drafts++;
    self->elsewhere.table.text.number = 0; /* on its way */
}

/* Has everybody spoken on the draft, or waited too long? On a final reading they may take their time. */
static bool is_judged(const Mediator *self, const Host *host, SimTime now) {
    const TextSeen *text = &self->elsewhere.table.text;
    SeatSet judges = ((UINT32_C(1) << host->seats) - 1) & ~seat_bit(host->seat);
    if (text->final && !self->failed) return false;
    return (judges & ~(text->for_it | text->against_it)) == 0 || now >= self->drafted + self->wait;
}

static bool is_time_for_final_reading(const Mediator *self, const Host *host, SimTime now) {
    const TextSeen *text = &self->elsewhere.table.text;
    if (!text->exists || !host->acceptable(host, &text->text)) return false;
    if (self->failed && memcmp(&text->text, &self->refused, sizeof self->refused) == 0)
        return false;
    return self->drafts >= self->most_drafts || now + self->final >= host->deadline;
}

static void mediate(Mediator *self, const Host *host, SimTime now, Reply *reply) {
    const TextSeen *text = &self->elsewhere.table.text;
    bool under_way = self->drafts > 0 && text->number == 0 && now < self->drafted + self->wait;
    Outcome draft;
    reply->wake_at = now + self->wait;
    if (under_way || (text->number != 0 && !is_judged(self, host, now))) return;
    if (now + 2 * host->delay > host->deadline) return;
    if (is_time_for_final_reading(self, host, now)) {
        self->failed = false;
        table_draft(self, &text->text, now, reply);
    } else if (compose(self, host, &draft)) {
        table_draft(self, &draft, now, reply);
    }
}

static void act(void *state, const Host *host, SimTime now, Reply *reply) {
    Mediator *self = state;
    if (!text_mediates(host))
        time_dependent_act(&self->elsewhere, host, now, reply);
    else if (!self->elsewhere.table.closed)
        mediate(self, host, now, reply);
}

const Strategy strategy_mediator = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "mediator",
    .summary = "changes the single text at random and keeps what all judges prefer",
    .source = "single negotiating text: Raiffa 1982; Klein, Faratin, Sayama and Bar-Yam 2003",
    .parameter = parameters,
    .state_size = sizeof(Mediator),
    .open = open,
    .observe = observe,
    .act = act,
};
