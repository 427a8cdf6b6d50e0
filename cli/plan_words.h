/* Two plans of studies, as canonical JSON: what differs between them, for people. */
#ifndef CLI_PLAN_WORDS_H
#define CLI_PLAN_WORDS_H

#include "core/base/text.h"

/* Appends "seed 1 there and 2 here, factors". Members whose values are long are only named. */
void plan_words_differ(const char *there, const char *here, Text *out);

#endif
