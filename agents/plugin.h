/* The door of the dynamic linker: a strategy from a shared object. Its code runs in this process from its loading on;
 * agents/sandbox.h is what contains it. */
#ifndef AGENTS_PLUGIN_H
#define AGENTS_PLUGIN_H

#include "core/base/error.h"
#include "core/base/vocabulary.h"

/* Opens a shared object and takes a checked copy of its table: min(size) into a zeroed one, so that an older plug-in
 * lacks functions and a newer one brings more than anybody asks for. NULL with a sentence. */
const Strategy *plugin_load(const char *path, Error *error);
void plugin_unload(const Strategy *strategy); /* NULL is allowed */

/* Is the table as the contract wants it? The sentence says what is not. */
bool plugin_check(const Strategy *table, const char *path, Strategy *copy, Error *error);

#endif
