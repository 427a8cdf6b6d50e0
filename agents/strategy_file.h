/* A file that holds a strategy, as it was when it was opened: its path, its bytes and their hash. Nothing in it
 * is executed. */
#ifndef AGENTS_STRATEGY_FILE_H
#define AGENTS_STRATEGY_FILE_H

#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/base/text.h"

enum { STRATEGY_FILE_PATH = 1024, STRATEGY_FILE_MAX = 64 << 20, STRATEGY_FILE_HASH = 17 };

typedef struct StrategyFile {
    char path[STRATEGY_FILE_PATH];
    char hash[STRATEGY_FILE_HASH]; /* 16 hex digits of its BLAKE2b-256 */
    Text bytes;
    int descriptor; /* open for reading, at its beginning; -1 once somebody has taken it */
} StrategyFile;

/* `word` is a path, or "path#HASH": then the file must still have that hash. ERROR_CANT_TELL when it has another,
 * or is gone though its hash was known; ERROR_NO_INPUT when it is not there. */
bool strategy_file_open(StrategyFile *file, const char *word, Error *error);
/* From here on the descriptor is of a copy in memory that nobody can change: what was hashed, whatever becomes of the
 * file. For what is loaded by its descriptor. */
bool strategy_file_seal(StrategyFile *file, Error *error);
void strategy_file_finish(StrategyFile *file); /* allowed on a zeroed one */

/* The path in a word, without the hash. False when it is too long. */
bool strategy_file_path(const char *word, char path[STRATEGY_FILE_PATH]);
/* The hash in a word; "" for none. */
const char *strategy_file_hash(const char *word);

#endif
