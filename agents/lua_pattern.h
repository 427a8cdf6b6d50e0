/* Lua's patterns, matched within a number of steps: what backtracks for ever is stopped. Knows nothing of Lua's
 * values. The language is that of the Lua 5.4 manual, section 6.4.1. */
#ifndef AGENTS_LUA_PATTERN_H
#define AGENTS_LUA_PATTERN_H

#include <stddef.h>
#include <stdint.h>

enum { LUA_PATTERN_CAPTURES = 32 };

typedef struct PatternCapture {
    const char *from;
    ptrdiff_t length; /* or one of these */
} PatternCapture;

enum { CAPTURE_OPEN = -1, CAPTURE_POSITION = -2 };

typedef struct PatternMatch {
    const char *subject, *subject_end, *pattern_end;
    uint64_t steps, most; /* taken, of all attempts so far; allowed */
    const char
        *complaint; /* what is wrong with the pattern, or that it takes too long; NULL: nothing */
    uint32_t depth;
    uint8_t captures;
    PatternCapture capture[LUA_PATTERN_CAPTURES];
} PatternMatch;

/* Matches the pattern, without its anchor, at `at`. The end of the match, or NULL: no match, or a
 * complaint. */
const char *pattern_match(PatternMatch *match, const char *at, const char *pattern);

#endif
