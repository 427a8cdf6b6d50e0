/* Packages as plain values, compared and copied in whole words: this happens a dozen times for every offer. */
#ifndef CORE_BASE_OUTCOME_H
#define CORE_BASE_OUTCOME_H

#include <string.h>

#include "core/base/vocabulary.h"

static inline bool outcome_equal(const Outcome *a, const Outcome *b) {
    uint64_t x, y, differs = 0;
    for (size_t at = 0; at < sizeof a->option; at += sizeof x) {
        memcpy(&x, a->option + at, sizeof x);
        memcpy(&y, b->option + at, sizeof y);
        differs |= x ^ y;
    }
    return differs == 0;
}

/* Does it name an option for every one of the first `issues`? */
static inline bool outcome_names_all(const Outcome *outcome, uint8_t issues) {
    for (uint8_t issue = 0; issue < issues; issue++)
        if (outcome->option[issue] == NP_NO_OPTION) return false;
    return true;
}

/* The packages of one menu, at most NP_MAX_MENU. Nearly all menus hold one. */
static inline void menu_copy(Outcome *to, const Outcome *from, size_t packages) {
    if (packages == 1)
        *to = *from;
    else if (packages > 1)
        memcpy(to, from, packages * sizeof *from);
}

#endif
