/* Inside nonpaper strategy: its words, a file each. Not for other commands. */
#ifndef CLI_STRATEGY_WORDS_H
#define CLI_STRATEGY_WORDS_H

#include "cli/options.h"
#include "core/base/vocabulary.h"

int strategy_describe(const Options *options);
int strategy_new(const Options *options);
int strategy_test(const Options *options);

/* In full, for people; and for programs, one object. */
void strategy_print(const Strategy *strategy, Text *out);
void strategy_json(const Strategy *const *strategy, size_t count, Text *out);

#endif
