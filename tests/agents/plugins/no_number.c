/* A parameter whose range is no number. */
#pragma GCC diagnostic ignored "-Woverride-init"
#include "plain.h"

static const nonpaper_parameter parameters[] = {
    {.name = "e", .initial = 1, .least = 0, .most = __builtin_nan(""), .summary = "a number"},
    {.name = NULL}};
static const nonpaper_strategy table = {PLAIN, .parameter = parameters};

const nonpaper_strategy *nonpaper_strategy_table(void) {
    return &table;
}
