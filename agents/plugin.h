/* The door of the dynamic linker: a strategy from a shared object. Its code runs in this process from its loading on;
 * agents/sandbox.h is what contains it. */
#ifndef AGENTS_PLUGIN_H
#define AGENTS_PLUGIN_H

#include "core/base/error.h"
#include "core/base/vocabulary.h"

/* Loads a shared object from a descriptor, or where that is -1 by the path under which the sandbox lends it, and takes a checked copy of its table: min(size) into a zeroed one, so that an older plug-in
 * lacks functions and a newer one brings more than anybody asks for. NULL with a sentence. The descriptor, which may get
 * another number, has to stay open for as long as the strategy is in use. */
const Strategy *plugin_load(const char *path, int *descriptor, Error *error);
void plugin_unload(const Strategy *strategy); /* NULL is allowed */

/* Is the table as the contract wants it? The sentence says what is not. */
bool plugin_check(const Strategy *table, const char *path, Strategy *copy, Error *error);

#endif
