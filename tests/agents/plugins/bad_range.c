/* A parameter that begins outside its own range. */
#pragma GCC diagnostic ignored "-Woverride-init"
#include "plain.h"

static const nonpaper_parameter parameters[] = {
    {.name = "e", .initial = 3, .least = 0, .most = 2, .summary = "a number"}, {.name = NULL}};
static const nonpaper_strategy table = {PLAIN, .parameter = parameters};

const nonpaper_strategy *nonpaper_strategy_table(void) {
    return &table;
}
