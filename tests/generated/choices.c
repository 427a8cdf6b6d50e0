#include "tests/generated/choices.h"

#include <string.h>

#include "core/base/memory.h"

void choices_draw(Choices *choices, uint64_t seed) {
    choices->count = choices->next = 0;
    choices->playback = false;
    choices->luck = rng_stream(rng_key(seed, "choices"));
}

void choices_play_back(Choices *choices) {
    choices->next = 0;
    choices->playback = true;
}

uint32_t choose(Choices *choices, uint32_t bound) {
    if (bound <= 1) return 0;
    if (choices->playback)
        return choices->next < choices->count ? choices->value[choices->next++] % bound : 0;
    uint32_t drawn = rng_below(&choices->luck, bound);
    if (choices->count < CHOICES_MAX) choices->value[choices->count++] = drawn;
    return choices->count < CHOICES_MAX ? drawn : 0;
}

bool choose_whether(Choices *choices, uint32_t percent) {
    return choose(choices, 100) >= 100 - percent;
}

/* --- shrinking --- */

typedef struct Shrinking {
    Choices *best, *trial;
    StillFails *fails;
    void *context;
    uint32_t tries, most;
} Shrinking;

/* Keeps the trial when it still fails. What the case did not ask for any more is cut off. */
static bool keeps(Shrinking *shrinking) {
    if (shrinking->tries >= shrinking->most) return false;
    shrinking->tries++;
    choices_play_back(shrinking->trial);
    if (!shrinking->fails(shrinking->context, shrinking->trial)) return false;
    if (shrinking->trial->next < shrinking->trial->count)
        shrinking->trial->count = shrinking->trial->next;
    *shrinking->best = *shrinking->trial;
    return true;
}

static bool delete_blocks(Shrinking *shrinking, uint32_t size) {
    bool better = false;
    for (uint32_t at = 0; at + size <= shrinking->best->count;) {
        *shrinking->trial = *shrinking->best;
        Choices *trial = shrinking->trial;
        memmove(trial->value + at, trial->value + at + size,
                (trial->count - at - size) * sizeof trial->value[0]);
        trial->count -= size;
        if (keeps(shrinking))
            better = true;
        else
            at += size;
    }
    return better;
}

static bool lower_one(Shrinking *shrinking, uint32_t at, uint32_t to) {
    if (at >= shrinking->best->count || shrinking->best->value[at] <= to) return false;
    *shrinking->trial = *shrinking->best;
    shrinking->trial->value[at] = to;
    return keeps(shrinking);
}

static bool lower_all(Shrinking *shrinking) {
    bool better = false;
    for (uint32_t at = 0; at < shrinking->best->count; at++) {
        if (lower_one(shrinking, at, 0)) {
            better = true;
            continue;
        }
        while (at < shrinking->best->count &&
               lower_one(shrinking, at, shrinking->best->value[at] / 2))
            better = true;
        if (at < shrinking->best->count && shrinking->best->value[at] > 0 &&
            lower_one(shrinking, at, shrinking->best->value[at] - 1))
            better = true;
    }
    return better;
}

/* One thing fewer of a kind: lowers a count and deletes what one of them had asked. */
static bool lower_and_delete(Shrinking *shrinking) {
    bool better = false;
    for (uint32_t at = 0; at < shrinking->best->count; at++)
        for (uint32_t size = 1; size <= 12; size++) {
            Choices *trial = shrinking->trial;
            for (uint32_t from = at + 1; from + size <= shrinking->best->count && from < at + 24;
                 from++) {
                *trial = *shrinking->best;
                if (trial->value[at] == 0) break;
                trial->value[at]--;
                memmove(trial->value + from, trial->value + from + size,
                        (trial->count - from - size) * sizeof trial->value[0]);
                trial->count -= size;
                better |= keeps(shrinking);
            }
        }
    return better;
}

uint32_t choices_shrink(Choices *choices, StillFails *fails, void *context, uint32_t tries) {
    Choices *trial = memory_new(1, sizeof *trial);
    Shrinking shrinking = {choices, trial, fails, context, 0, tries};
    for (bool better = true; better && shrinking.tries < tries;) {
        better = false;
        for (uint32_t size = 64; size > 0; size /= 2) better |= delete_blocks(&shrinking, size);
        better |= lower_all(&shrinking);
        if (!better) better = lower_and_delete(&shrinking);
    }
    memory_free(trial);
    return shrinking.tries;
}
