/* Plans: packages in which one issue has a chosen option, and the words by which scenarios choose it. */
#ifndef AGENTS_PLAN_H
#define AGENTS_PLAN_H

#include "core/base/vocabulary.h"

/* The issue and the option of those names; otherwise false with a sentence in `why` that names the
 * nearest. `key` is the parameter that holds the name. */
bool plan_issue(const Host *host, const char *key, const char *name, uint8_t *issue, char *why,
                size_t why_size);
bool plan_option(const Issue *issue, const char *key, const char *name, uint8_t *option, char *why,
                 size_t why_size);
/* One of the seat's own levers. */
bool plan_lever(const Host *host, const char *key, const char *name, uint8_t *lever, char *why,
                size_t why_size);
/* A table of which the seat is a member; without a name the public one. */
bool plan_table(const Host *host, const char *key, const char *name, uint8_t *table, char *why,
                size_t why_size);

/* Own utility of the best package with the option; the reservation value when there is none as good. */
double plan_worth(const Host *host, uint8_t issue, uint8_t option);

/* A package with the option that is worth at least `target`: the best such, moved on the other issues
 * towards `reference`, cheapest step first, and then down to the target where the two still differ, or
 * everywhere without a reference. False when no package with the option is worth the target. */
bool plan_package(const Host *host, uint8_t issue, uint8_t option, double target,
                  const Outcome *reference, Outcome *out);

#endif
