/* A negotiation on its way out: what a foreign format can carry of it, and what it cannot. */
#ifndef CORE_INTERCHANGE_DEPARTURE_H
#define CORE_INTERCHANGE_DEPARTURE_H

#include "core/interchange/foreign.h"
#include "core/negotiation/negotiation.h"

typedef enum ForeignFormat { FORMAT_GENIUS, FORMAT_GENIUSWEB } ForeignFormat;

/* A foreign domain with one additive profile a seat, whose terms, once rounded to a billionth, are those of the
 * negotiation. Fills an initialised `foreign`. */
void departure_prepare(const Negotiation *negotiation, ForeignFormat format, Foreign *foreign);

/* A package worth exactly the seat's reservation, all linkages and red lines aside, which is how GeniusWeb says a
 * reservation. False when there is none, or none was found in DEPARTURE_MAX_STEPS steps. */
enum { DEPARTURE_MAX_STEPS = 200000 };
bool departure_reservation(const Negotiation *negotiation, SeatId seat, Outcome *package);

/* Appends what the format cannot carry, a line each, "  seat usa: 2 linkages\n". Returns how many. Dates, rounds and
 * strategies are of no domain and no loss. */
uint32_t departure_losses(const Negotiation *negotiation, ForeignFormat format, Text *out);

#endif
