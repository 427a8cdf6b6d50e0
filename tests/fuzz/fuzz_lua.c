/* Scripts from anywhere: read, or refused with a sentence; and patterns, matched within their steps. */
#include "agents/lua_pattern.h"
#include "agents/lua_strategy.h"
#include "tests/fuzz/fuzzer.h"

static void check_script(const char *bytes, size_t length) {
    Error error = {0};
    const Strategy *strategy = lua_strategy_load("fuzz.lua", bytes, length, &error);
    must(strategy != NULL ? strategy->name != NULL : error.text[0] != '\0');
    lua_strategy_free(strategy);
}

/* The first half is the pattern, the second the subject. */
static void check_pattern(const char *bytes, size_t length) {
    PatternMatch match = {.subject = bytes + length / 2,
                          .subject_end = bytes + length,
                          .pattern_end = bytes + length / 2,
                          .most = 20000};
    const char *end = pattern_match(&match, match.subject, bytes);
    must(end == NULL || (end >= match.subject && end <= match.subject_end));
    must(end == NULL || match.complaint == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    char *own = malloc(length + 1); /* sanitizers see its end; Lua's strings end so too */
    memcpy(own, bytes, length);
    own[length] = '\0';
    check_pattern(own, length);
    check_script(own, length);
    free(own);
    return 0;
}
