#include "agents/steadfast.h"

void steadfast_open(Steadfast *self, const Host *host, double days) {
    Aspiration aspiration;
    aspiration_open(&aspiration, host, 1, 0);
    self->best = self->target = aspiration.best;
    self->reservation = aspiration.reservation;
    self->every = days_to_time(days);
}

void steadfast_observe(void *state, const Host *host, const Observation *seen) {
    Steadfast *self = state;
    table_observe(&self->table, host, seen);
}

void steadfast_concede(Steadfast *self, double by) {
    double target = target_exactly(self->target - by);
    self->target = target > self->reservation ? target : self->reservation;
}

void steadfast_act(Steadfast *self, const Host *host, SimTime now, Reply *reply) {
    Bar bar = {.target = self->target};
    if (table_accept(&self->table, host, now, &bar, reply)) return;
    table_reject(&self->table, host, reply);
    Outcome package;
    if (table_due(&self->table, host, now) &&
        table_package(&self->table, host, self->target, &package))
        table_offer(&self->table, host, &package, 1, reply);
    table_wait(&self->table, host, now, self->every, reply);
}
