/* The showcase strategy: read strategy.h, then this, then write your own. */
#include "agents/time_dependent.h"

#include "agents/plan.h"
#include "core/base/sim_time.h"

SimTime days_to_time(double days) {
    SimTime seconds = (SimTime)(days * SIM_DAY);
    return seconds < 1 ? 1 : seconds;
}

void time_dependent_open(TimeDependent *self, const Host *host, double e, double k, double days) {
    aspiration_open(&self->aspiration, host, e, k);
    self->every = days_to_time(days);
}

bool time_dependent_sit(TimeDependent *self, const Host *host, const char *table, char *why,
                        size_t why_size) {
    return plan_table(host, "table", table, &self->table.where, why, why_size);
}

void time_dependent_observe(void *state, const Host *host, const Observation *seen) {
    TimeDependent *self = state;
    table_observe(&self->table, host, seen);
}

/* Accept what is worth the target by the time the acceptance arrives; otherwise, when it is time, table
 * a package that is worth as much and is otherwise as near to the others as can be. */
void time_dependent_act(void *state, const Host *host, SimTime now, Reply *reply) {
    TimeDependent *self = state;
    if (self->table.closed) return;
    if (table_follow(&self->table, host)) aspiration_follow(&self->aspiration, host);
    Bar bar = {.target = aspiration_at(&self->aspiration, host, now + host->delay)};
    if (table_accept(&self->table, host, now, &bar, reply)) return;
    table_reject(&self->table, host, reply);
    Outcome package;
    if (table_due(&self->table, host, now) &&
        table_package(&self->table, host, bar.target, &package))
        table_offer(&self->table, host, &package, 1, reply);
    table_wait(&self->table, host, now, self->every, reply);
}
