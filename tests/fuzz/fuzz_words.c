/* Short texts from outside: dates, durations, strategy specifications, and names on their way to a
 * terminal. */
#include "agents/strategies.h"
#include "core/base/sim_time.h"
#include "core/base/text.h"
#include "core/scenario/strategy_spec.h"
#include "tests/fuzz/fuzzer.h"

static void check_date(const char *word) {
    int64_t seconds, again;
    char shown[32];
    if (!date_parse(word, &seconds)) return;
    must(date_parse(date_format(shown, seconds), &again) && again == seconds);
}

static void check_duration(const char *word) {
    SimTime seconds, again;
    char shown[32];
    if (!duration_parse(word, &seconds)) return;
    must(duration_parse(duration_format(shown, seconds), &again) && again == seconds);
}

static void check_spec(const char *word) {
    const Strategy *strategy = NULL;
    Argument arguments[NP_MAX_PARAMETERS];
    Error error = {0};
    bool good = strategy_spec_parse(word, strategies_builtin(), &strategy, arguments, &error);
    /* Files are opened, and their parameters checked, by those who play them. */
    bool named = strategy != NULL || spec_kind(word) != SPEC_BUILT_IN;
    must(good ? named : error.text[0] != '\0');
}

/* What reaches a terminal is printable, and valid. */
static void check_safe(const char *word) {
    Text text = {0};
    text_add_safe(&text, word);
    const char *safe = text_get(&text);
    must(text_is_utf8(safe, text.length));
    for (size_t i = 0; i < text.length; i++)
        must((uint8_t)safe[i] >= 0x20 && (uint8_t)safe[i] != 0x7f);
    text_finish(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    char *word = malloc(length + 1);
    memcpy(word, bytes, length);
    word[length] = '\0';
    check_date(word);
    check_duration(word);
    check_spec(word);
    check_safe(word);
    free(word);
    return 0;
}
