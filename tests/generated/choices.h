/* A sequence of choices from which a test case is built. Recorded while it is drawn, played back when it
 * is shrunk: deleting and lowering choices makes a smaller case without knowing what they mean, because
 * 0 is the simplest answer to every question (MacIver and Donaldson 2020, internal reduction). */
#ifndef TESTS_GENERATED_CHOICES_H
#define TESTS_GENERATED_CHOICES_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/rng.h"

enum { CHOICES_MAX = 8192 };

typedef struct Choices {
    uint32_t value[CHOICES_MAX];
    uint32_t count; /* drawn, or given to be played back */
    uint32_t next;
    bool playback; /* past the end of the sequence every choice is 0 */
    Rng luck;
} Choices;

void choices_draw(Choices *choices, uint64_t seed);
void choices_play_back(Choices *choices);
/* A number below the bound. */
uint32_t choose(Choices *choices, uint32_t bound);
/* Yes with a chance in a hundred; no is simpler. */
bool choose_whether(Choices *choices, uint32_t percent);

/* Does the case that these choices make still fail? */
typedef bool StillFails(void *context, Choices *choices);
/* Makes the sequence shorter and its numbers smaller while it fails, within so many tries. Returns the number of
 * tries. */
uint32_t choices_shrink(Choices *choices, StillFails *fails, void *context, uint32_t tries);

#endif
