/* Words of a scenario made of whatever other tools call things. */
#ifndef CORE_INTERCHANGE_WORD_H
#define CORE_INTERCHANGE_WORD_H

#include "core/base/scalar.h"
#include "core/base/text.h"

enum { WORD_SIZE = 49 };

typedef char Word[WORD_SIZE];

/* One word a name, each different: letters of the alphabet stay (capitals become small where it has none),
 * accents are dropped, anything else is one "-". What leaves nothing is called `fallback` and its number. */
void words_make(Word *word, const char *const *name, uint32_t count, Alphabet alphabet,
                const char *fallback);

/* A YAML scalar in double quotes. */
void yaml_add_quoted(Text *out, const char *text);

#endif
