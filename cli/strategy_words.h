/* Inside nonpaper strategy: its words, a file each. Not for other commands. */
#ifndef CLI_STRATEGY_WORDS_H
#define CLI_STRATEGY_WORDS_H

#include "cli/options.h"
#include "core/base/json.h"
#include "core/base/vocabulary.h"

int strategy_describe(const Options *options);
int strategy_new(const Options *options);
int strategy_test(const Options *options);

/* In full, for people; and for programs, one object, with the parts of boa that are called `part` (NULL: all). */
void strategy_print(const Strategy *strategy, Text *out);
void strategy_json(const Strategy *const *strategy, size_t count, const char *part, Text *out);
/* `part`: the parameter of boa that takes it; NULL for what plays by itself. */
void strategy_json_object(const Strategy *strategy, const char *part, Json *json);

/* The parts of boa (strategy_parts.c). Returns how many there are; `names` gets as many as it has room for. */
size_t strategy_parts_names(const char **names, size_t room);
/* By group, a line each, with summaries at `indent`. */
void strategy_parts_list(size_t indent, Text *out);
/* In full, those of that name (NULL: all); nothing when there are none. */
void strategy_parts_print(const char *name, Text *out);
void strategy_parts_json(const char *name, Json *json);

#endif
