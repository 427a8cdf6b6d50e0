#include "agents/steadfast.h"

void steadfast_open(Steadfast *self, const Host *host, double days) {
    claim_open(&self->claim, host);
    self->every = days_to_time(days);
}

void steadfast_observe(void *state, const Host *host, const Observation *seen) {
    Steadfast *self = state;
    table_observe(&self->table, host, seen);
}

void steadfast_concede(Steadfast *self, double by) {
    Claim *claim = &self->claim;
    double target = target_exactly(claim->target - by);
    claim->target = target > claim->reservation ? target : claim->reservation;
}

void steadfast_follow(Steadfast *self, const Host *host) {
    if (table_follow(&self->table, host)) claim_follow(&self->claim, host);
}

void steadfast_act(Steadfast *self, const Host *host, SimTime now, Reply *reply) {
    steadfast_follow(self, host);
    Bar bar = {.target = self->claim.target};
    if (table_accept(&self->table, host, now, &bar, reply)) return;
    table_reject(&self->table, host, reply);
    Outcome package;
    if (table_due(&self->table, host, now) &&
        table_package(&self->table, host, bar.target, &package))
        table_offer(&self->table, host, &package, 1, reply);
    table_wait(&self->table, host, now, self->every, reply);
}
