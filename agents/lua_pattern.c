#include "agents/lua_pattern.h"

#include <stdbool.h>
#include <string.h>

enum { DEEPEST = 200 };

static const char *complain(PatternMatch *match, const char *sentence) {
    if (match->complaint == NULL) match->complaint = sentence;
    return NULL;
}

static bool spend(PatternMatch *match) {
    if (++match->steps > match->most) complain(match, "pattern takes too long to match");
    return match->complaint == NULL;
}

/* --- single characters: the same in every locale --- */

static bool between(uint8_t c, char least, char most) {
    return c >= (uint8_t)least && c <= (uint8_t)most;
}

static bool is_letter(uint8_t c) {
    return between(c, 'a', 'z') || between(c, 'A', 'Z');
}

static bool is_digit(uint8_t c) {
    return between(c, '0', '9');
}

static bool is_graph(uint8_t c) {
    return between(c, '!', '~');
}

static bool is_hex(uint8_t c) {
    return is_digit(c) || between(c, 'a', 'f') || between(c, 'A', 'F');
}

static bool in_class(uint8_t c, char class) {
    bool upper = between((uint8_t) class, 'A', 'Z'), in;
    switch (upper ? class - 'A' + 'a' : class) {
    case 'a': in = is_letter(c); break;
    case 'c': in = c < 32 || c == 127; break;
    case 'd': in = is_digit(c); break;
    case 'g': in = is_graph(c); break;
    case 'l': in = between(c, 'a', 'z'); break;
    case 'p': in = is_graph(c) && !is_letter(c) && !is_digit(c); break;
    case 's': in = c == ' ' || between(c, '\t', '\r'); break;
    case 'u': in = between(c, 'A', 'Z'); break;
    case 'w': in = is_letter(c) || is_digit(c); break;
    case 'x': in = is_hex(c); break;
    default: return (uint8_t) class == c;
    }
    return in != upper;
}

/* Behind the single item at p: a character, a class or a set. */
static const char *item_end(PatternMatch *match, const char *p) {
    char c = *p++;
    if (c == '%') {
        if (p == match->pattern_end) return complain(match, "malformed pattern (ends with '%')");
        return p + 1;
    }
    if (c != '[') return p;
    if (p < match->pattern_end && *p == '^') p++;
    do {
        if (p == match->pattern_end) return complain(match, "malformed pattern (missing ']')");
        if (*p++ != '%') continue;
        if (p == match->pattern_end) return complain(match, "malformed pattern (missing ']')");
        p++;
    } while (p == match->pattern_end || *p != ']');
    return p + 1;
}

/* `p` is the '[' and `last` the ']' of a set. */
static bool in_set(uint8_t c, const char *p, const char *last) {
    bool in = true;
    if (p[1] == '^') {
        in = false;
        p++;
    }
    while (++p < last) {
        if (*p == '%') {
            p++;
            if (in_class(c, *p)) return in;
        } else if (p[1] == '-' && p + 2 < last) {
            if ((uint8_t)p[0] <= c && c <= (uint8_t)p[2]) return in;
            p += 2;
        } else if ((uint8_t)*p == c) {
            return in;
        }
    }
    return !in;
}

static bool fits(const PatternMatch *match, const char *s, const char *p, const char *end) {
    if (s >= match->subject_end) return false;
    switch (*p) {
    case '.': return true;
    case '%': return in_class((uint8_t)*s, p[1]);
    case '[': return in_set((uint8_t)*s, p, end - 1);
    default: return *p == *s;
    }
}

/* --- repetitions --- */

static const char *most_first(PatternMatch *match, const char *s, const char *p, const char *end) {
    ptrdiff_t count = 0;
    while (fits(match, s + count, p, end) && spend(match)) count++;
    for (; count >= 0 && match->complaint == NULL; count--) {
        const char *found = pattern_match(match, s + count, end + 1);
        if (found != NULL) return found;
    }
    return NULL;
}

static const char *least_first(PatternMatch *match, const char *s, const char *p, const char *end) {
    while (spend(match)) {
        const char *found = pattern_match(match, s, end + 1);
        if (found != NULL) return found;
        if (!fits(match, s, p, end)) return NULL;
        s++;
    }
    return NULL;
}

/* --- captures --- */

static const char *open_capture(PatternMatch *match, const char *s, const char *p,
                                ptrdiff_t length) {
    if (match->captures == LUA_PATTERN_CAPTURES) return complain(match, "too many captures");
    match->capture[match->captures++] = (PatternCapture){s, length};
    const char *found = pattern_match(match, s, p);
    if (found == NULL) match->captures--;
    return found;
}

static const char *close_capture(PatternMatch *match, const char *s, const char *p) {
    int level = match->captures - 1;
    while (level >= 0 && match->capture[level].length != CAPTURE_OPEN) level--;
    if (level < 0) return complain(match, "invalid pattern capture");
    match->capture[level].length = s - match->capture[level].from;
    const char *found = pattern_match(match, s, p);
    if (found == NULL) match->capture[level].length = CAPTURE_OPEN;
    return found;
}

/* %1 … %9 */
static const char *same_again(PatternMatch *match, const char *s, char which) {
    int level = which - '1';
    if (level < 0 || level >= match->captures || match->capture[level].length == CAPTURE_OPEN)
        return complain(match, "invalid capture index in pattern");
    size_t length = match->capture[level].length < 0 ? 0 : (size_t)match->capture[level].length;
    match->steps += length / 16;
    if ((size_t)(match->subject_end - s) < length) return NULL;
    return memcmp(match->capture[level].from, s, length) == 0 ? s + length : NULL;
}

/* --- %b and %f --- */

static const char *balanced(PatternMatch *match, const char *s, const char *p) {
    if (match->pattern_end - p < 2)
        return complain(match, "malformed pattern (missing arguments to '%b')");
    if (s >= match->subject_end || *s != p[0]) return NULL;
    size_t open = 1;
    while (++s < match->subject_end && spend(match)) {
        if (*s == p[1]) {
            if (--open == 0) return s + 1;
        } else if (*s == p[0]) {
            open++;
        }
    }
    return NULL;
}

static bool at_frontier(const PatternMatch *match, const char *s, const char *p, const char *end) {
    uint8_t before = s == match->subject ? 0 : (uint8_t)s[-1];
    uint8_t here = s < match->subject_end ? (uint8_t)*s : 0;
    return !in_set(before, p, end - 1) && in_set(here, p, end - 1);
}

static const char *frontier(PatternMatch *match, const char *s, const char *p) {
    if (p == match->pattern_end || *p != '[')
        return complain(match, "missing '[' after '%f' in pattern");
    const char *end = item_end(match, p);
    if (end == NULL || !at_frontier(match, s, p, end)) return NULL;
    return pattern_match(match, s, end);
}

/* --- the whole --- */

static const char *match_item(PatternMatch *match, const char *s, const char *p) {
    const char *end = item_end(match, p), *found;
    if (end == NULL) return NULL;
    char repeat = end < match->pattern_end ? *end : '\0';
    bool here = fits(match, s, p, end);
    switch (repeat) {
    case '?':
        if (here && (found = pattern_match(match, s + 1, end + 1)) != NULL) return found;
        return pattern_match(match, s, end + 1);
    case '+': return here ? most_first(match, s + 1, p, end) : NULL;
    case '*': return most_first(match, s, p, end);
    case '-': return least_first(match, s, p, end);
    default: return here ? pattern_match(match, s + 1, end) : NULL;
    }
}

static const char *match_escape(PatternMatch *match, const char *s, const char *p) {
    char c = match->pattern_end - p > 1 ? p[1] : '\0';
    if (c == 'f') return frontier(match, s, p + 2);
    if (c != 'b' && !is_digit((uint8_t)c)) return match_item(match, s, p);
    const char *behind = c == 'b' ? balanced(match, s, p + 2) : same_again(match, s, c);
    return behind == NULL ? NULL : pattern_match(match, behind, p + (c == 'b' ? 4 : 2));
}

/* Characters that stand for themselves, one after the other, need no depth. */
static bool is_plain(const PatternMatch *match, const char *p) {
    if (memchr("%[(.)$", *p, 6) != NULL) return false;
    return match->pattern_end - p < 2 || memchr("*+?-", p[1], 4) == NULL;
}

static const char *match_here(PatternMatch *match, const char *s, const char *p) {
    while (p < match->pattern_end && is_plain(match, p)) {
        if (!spend(match) || s >= match->subject_end || *s != *p) return NULL;
        s++;
        p++;
    }
    if (p == match->pattern_end) return s;
    switch (*p) {
    case '(':
        if (match->pattern_end - p > 1 && p[1] == ')')
            return open_capture(match, s, p + 2, CAPTURE_POSITION);
        return open_capture(match, s, p + 1, CAPTURE_OPEN);
    case ')': return close_capture(match, s, p + 1);
    case '$':
        if (p + 1 == match->pattern_end) return s == match->subject_end ? s : NULL;
        return match_item(match, s, p);
    case '%': return match_escape(match, s, p);
    default: return match_item(match, s, p);
    }
}

const char *pattern_match(PatternMatch *match, const char *at, const char *pattern) {
    if (!spend(match)) return NULL;
    if (match->depth == DEEPEST) return complain(match, "pattern too complex");
    match->depth++;
    const char *found = match_here(match, at, pattern);
    match->depth--;
    return match->complaint == NULL ? found : NULL;
}
