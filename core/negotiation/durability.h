/* Does the peace hold? The hazard of renewed war after a package is h(t) = h0 e^z g t^(g-1) a year, so
 * that the peace survives t years with S(t) = exp(-h0 e^z t^g); z sums what the package's options and the
 * world add to the log hazard (Fortna 2003). What counts for a package's value is the share of its
 * discounted time that the peace is expected to hold:
 *
 *     s(z) = integral_0^H d^t S(t) dt / integral_0^H d^t dt, in [0, 1], falling in z. */
#ifndef CORE_NEGOTIATION_DURABILITY_H
#define CORE_NEGOTIATION_DURABILITY_H

#include "core/base/vocabulary.h"
#include "core/negotiation/utility.h"

enum {
    DURABILITY_KNOTS = 1024,
    DURABILITY_MOST_EFFECT = 16 /* |z| beyond this counts as this */
};

/* Public: every seat may know it. */
typedef struct Durability {
    double base;     /* h0, a year, > 0 */
    double shape;    /* g, > 0; 1: constant hazard */
    double discount; /* d, a year, in (0, 1] */
    double horizon;  /* H, years, > 0 */
    Utility effect[NP_MAX_ISSUES]
                  [NP_MAX_OPTIONS];     /* on the log hazard, in billionths: sums are exact */
    double share[DURABILITY_KNOTS + 1]; /* s at equal steps of z; filled by durability_settle */
} Durability;

/* Fills `share`: once, when everything else is known. */
void durability_settle(Durability *durability);
/* z of a package, in billionths, with what the world adds to it. Issues without an option add nothing. */
Utility durability_effect(const Durability *durability, const Outcome *outcome, Utility world);
/* s(z), linear between knots, which keeps it falling: bounds on z are bounds on s. */
double durability_share(const Durability *durability, Utility effect);
/* The chance that a peace that has held for `from` years breaks before `until` years: 1 - S(until)/S(from). */
double durability_break(const Durability *durability, Utility effect, double from, double until);

#endif
