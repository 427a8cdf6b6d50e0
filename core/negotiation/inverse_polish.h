/* Looking around a package by changing one issue at a time, then two, and with a reference three, for a better one
 * of the wanted kind: for when a search has run out of its nodes. Not for other folders. */
#ifndef CORE_NEGOTIATION_INVERSE_POLISH_H
#define CORE_NEGOTIATION_INVERSE_POLISH_H

#include "core/negotiation/inverse_search.h"

/* From `package`, which is complete and has the wanted option but need not qualify otherwise, to one in whose
 * neighbourhood there is no better one, or the best that was seen when as many packages as the budget
 * has nodes were looked at. False, and `package` untouched, when none of them qualifies. With a reference a nearer
 * package is better, whatever it is worth; farther ones are not looked at. */
bool polish_run(const Space *space, const Wanted *wanted, Outcome *package);

#endif
