/* The same parameter twice. */
#pragma GCC diagnostic ignored "-Woverride-init"
#include "plain.h"

#define P(word)                                                                                    \
    { .name = word, .initial = 1, .least = 0, .most = 2, .summary = "a number" }
static const nonpaper_parameter parameters[] = {P("e"), P("e"), {.name = NULL}};
static const nonpaper_strategy table = {PLAIN, .parameter = parameters};

const nonpaper_strategy *nonpaper_strategy_table(void) {
    return &table;
}
