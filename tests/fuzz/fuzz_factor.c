/* Factors as they stand on a command line: whatever is taken can be chosen from, and what is chosen is a value. */
#include "core/study/factor.h"

#include "tests/fuzz/fuzzer.h"

/* What was chosen from a range or by a ranking is one value, and is read as that. */
static void check_again(const Factor *chosen, const char *setting, Arena *arena) {
    Factor again;
    Error error = {0};
    if (chosen->kind == FACTOR_LEVELS) return;
    must(factor_parse(&again, setting, arena, &error));
    must(again.kind == FACTOR_LEVELS && again.levels == 1);
}

static void check_number(const Factor *factor, const double *unit) {
    double number = factor_number(factor, unit);
    must(number == number);
    if (factor->kind == FACTOR_RANGE && !factor->duration)
        must(number >= factor->least && number <= factor->most);
    if (factor->kind == FACTOR_RANKED) must(number >= 0 && number <= 1);
}

static void check_choice(const Factor *factor, double each, Arena *arena) {
    double unit[FACTOR_MOST_RANKED];
    Text setting = {0};
    for (int i = 0; i < FACTOR_MOST_RANKED; i++) unit[i] = each;
    factor_setting(factor, unit, &setting);
    must(strncmp(text_get(&setting), factor->path, strlen(factor->path)) == 0);
    check_again(factor, text_get(&setting), arena);
    check_number(factor, unit);
    text_finish(&setting);
}

static void check_levels(const Factor *factor) {
    must(factor->kind != FACTOR_LEVELS ||
         (factor->levels > 0 && factor->levels <= FACTOR_MOST_LEVELS));
    for (uint32_t i = 0; i < factor->levels; i++) must(factor->level[i][0] != '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static const double units[] = {0, 0.25, 0.5, 1 - 0x1p-53};
    char *text = malloc(length + 1);
    memcpy(text, bytes, length);
    text[length] = '\0';
    Arena arena;
    Factor factor;
    Error error = {0};
    arena_init(&arena);
    if (!factor_parse(&factor, text, &arena, &error)) {
        must(error.kind == ERROR_USAGE && error.text[0] != '\0');
        must(text_is_utf8(error.text, strlen(error.text)));
    } else {
        must(factor_dimensions(&factor) >= 1 && factor_dimensions(&factor) <= FACTOR_MOST_RANKED);
        check_levels(&factor);
        for (int i = 0; i < 4; i++) check_choice(&factor, units[i], &arena);
    }
    arena_finish(&arena);
    free(text);
    return 0;
}
