/* GeniusWeb, GENIUS's successor (Pasman, TU Delft): domains and LinearAdditiveUtilitySpace profiles in
 * JSON; a profile holds its domain. Utilities are read as GeniusWeb reckons them: shares of 1 times
 * weights, those of numbers rounded to 8 decimals. */
#ifndef CORE_INTERCHANGE_GENIUSWEB_H
#define CORE_INTERCHANGE_GENIUSWEB_H

#include "core/interchange/foreign.h"

/* Each source of `complaints` is a domain or a profile; at least two are profiles. As genius_read. */
bool geniusweb_read(Foreign *foreign, Complaints *complaints, uint32_t sources, uint32_t steps);

void geniusweb_write_domain(const Foreign *foreign, Text *out);
/* `reservation`: a package that a seat has without an agreement; NULL: none, which is worth 0. */
void geniusweb_write_profile(const Foreign *foreign, const ForeignProfile *profile,
                             const Outcome *reservation, Text *out);

#endif
