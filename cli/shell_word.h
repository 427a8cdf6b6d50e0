/* Words of command lines that people copy into a shell. */
#ifndef CLI_SHELL_WORD_H
#define CLI_SHELL_WORD_H

#include "core/base/text.h"

/* Quoted where a shell would otherwise take it for something else. */
void shell_word_add(Text *line, const char *word);
/* The same for the screen: control characters are made visible. */
void shell_word_show(Text *line, const char *word);

#endif
