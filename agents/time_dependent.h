/* Concession by the clock: what boulware, linear and conceder share. They differ in e alone. */
#ifndef AGENTS_TIME_DEPENDENT_H
#define AGENTS_TIME_DEPENDENT_H

#include "agents/aspiration.h"
#include "agents/table.h"

#define TIME_DEPENDENT_SOURCE                                                                      \
    "Faratin, Sierra and Jennings 1998, time-dependent tactics: "                                  \
    "F(t) = k + (1 - k)(t/T)^(1/e)"

typedef struct TimeDependent {
    Table table;
    Aspiration aspiration;
    SimTime every;
} TimeDependent;

void time_dependent_open(TimeDependent *self, const Host *host, double e, double k, double days);
/* Tables its offers at the table of that name; false with a sentence when it is a member of none such. */
bool time_dependent_sit(TimeDependent *self, const Host *host, const char *table, char *why,
                        size_t why_size);
void time_dependent_observe(void *state, const Host *host, const Observation *seen);
void time_dependent_act(void *state, const Host *host, SimTime now, Reply *reply);

/* Parameters that several strategies have. */
#define PARAMETER_K                                                                                \
    {                                                                                              \
        .name = "k", .initial = 0, .least = 0, .most = 1,                                          \
        .summary = "share of the way to the reservation value conceded at once"                    \
    }
#define PARAMETER_EVERY                                                                            \
    {                                                                                              \
        .name = "every", .initial = 14, .least = 0.01, .most = 3650,                               \
        .summary = "days between offers that nobody prompted (open table)"                         \
    }
#define PARAMETER_TABLE                                                                            \
    {                                                                                              \
        .name = "table", .text = "",                                                               \
        .summary = "closed table at which it tables its offers; empty: the public one"             \
    }

/* Days as a scenario writes them, in seconds, at least one. */
SimTime days_to_time(double days);

#endif
