#include "agents/judge.h"

#include <assert.h>

#include "agents/take_back.h"

static_assert(sizeof(Judge) <= NP_MAX_STRATEGY_STATE, "a strategy's state has a bound");

void judge_open(Judge *self, const Host *host, double temperature, double cooling) {
    time_dependent_open(&self->elsewhere, host, 1, 0, 14);
    self->temperature = temperature;
    self->cooling = cooling;
}

void judge_observe(void *state, const Host *host, const Observation *seen) {
    Judge *self = state;
    time_dependent_observe(&self->elsewhere, host, seen);
}

/* Always what is better; what is worse by du with the chance e^(du/T). The first draft is as good a text to
 * begin with as any: it binds nobody. */
static bool prefers(const Judge *self, const Host *host) {
    const TextSeen *text = &self->elsewhere.table.text;
    if (!text_acceptable(text, host)) return false;
    double gain = text_gain(text, host);
    if (!text->exists || gain > 0) return true;
    if (self->temperature < 1e-6) return false; /* e^(du/T) is nothing any more */
    return host->random_unit(host) < host->exp(gain / self->temperature);
}

/* The final reading binds: it is to be worth walking away from nothing better. */
static bool signs(const Judge *self, const Host *host) {
    const TextSeen *text = &self->elsewhere.table.text;
    return text_acceptable(text, host) &&
           host->utility(host, &text->draft) >= host->reservation(host);
}

void judge_act(void *state, const Host *host, SimTime now, Reply *reply) {
    Judge *self = state;
    TextSeen *text = &self->elsewhere.table.text;
    if (!text_judges(host)) {
        time_dependent_act(&self->elsewhere, host, now, reply);
        return;
    }
    table_follow(&self->elsewhere.table, host);
    take_back(&self->elsewhere.table, host, now, reply);
    if (self->elsewhere.table.closed || !text_waits(text)) return;
    if (text->final) {
        text_say(text, signs(self, host), reply);
        return;
    }
    text_say(text, prefers(self, host), reply);
    self->temperature *= self->cooling;
}
