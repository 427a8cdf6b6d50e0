/* What players of this process can play: the built-in strategies, and those that were loaded from files.
 * Specifications call a loaded one by the word under which it was loaded. */
#ifndef AGENTS_REPERTOIRE_H
#define AGENTS_REPERTOIRE_H

#include "agents/sandbox.h"
#include "core/base/error.h"
#include "core/scenario/scenario.h"

typedef struct Repertoire Repertoire;

/* What may be loaded into this process. */
typedef enum Trust {
    TRUST_BUILT_IN, /* nothing */
    TRUST_SCRIPTS,  /* .lua: the interpreter contains them */
    TRUST_CODE      /* .so too: the process itself is contained, or its user said --trust */
} Trust;

Repertoire *repertoire_create(Trust trust);
void repertoire_destroy(Repertoire *repertoire); /* after the players that borrow it */

/* Opens a file, "path" or "path#HASH", and reads it, without executing anything of it: what is needed of the file
 * system is done then. */
bool repertoire_admit(Repertoire *repertoire, const char *word, Error *error);
/* The shared objects among what was admitted, as a sandbox is to lend them to the linker. Once. */
size_t repertoire_loans(Repertoire *repertoire, SandboxLoan *loan, size_t room);
/* Loads a file, one that was admitted or not. From here on code of the file may run. */
bool repertoire_load(Repertoire *repertoire, const char *word, Error *error);

/* Built in, or loaded under that word, with or without the hash. NULL with a sentence that names the nearest. A NULL
 * repertoire has the built-in ones. */
const Strategy *repertoire_find(const Repertoire *repertoire, const char *word, Error *error);
/* Reads a whole specification: the strategy, and its arguments in the order of its parameters. */
bool repertoire_parse(const Repertoire *repertoire, const char *spec, const Strategy **strategy,
                      Argument arguments[NP_MAX_PARAMETERS], Error *error);

/* What was loaded, in its order; NULL behind the last. */
const Strategy *repertoire_loaded(const Repertoire *repertoire, size_t index);

#endif
