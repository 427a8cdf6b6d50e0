/* GENIUS, the environment of the ANAC competitions (Lin, Kraus, Baarslag, Tykhonov, Hindriks and Jonker
 * 2014): a domain in one XML file, a preference profile a seat in others. Read as GENIUS reads them: an
 * evaluation counts as a share of the largest one, and weights as they stand. */
#ifndef CORE_INTERCHANGE_GENIUS_H
#define CORE_INTERCHANGE_GENIUS_H

#include "core/interchange/foreign.h"

/* Source 0 of `complaints` is the domain, each further one a profile; `steps` as in foreign_spread. False
 * when anything was complained of but warnings; everything is, in one pass. */
bool genius_read(Foreign *foreign, Complaints *complaints, uint32_t sources, uint32_t steps);

void genius_write_domain(const Foreign *foreign, Text *out);
void genius_write_profile(const Foreign *foreign, const ForeignProfile *profile, Text *out);

#endif
