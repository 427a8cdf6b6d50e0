#include "cli/shell_word.h"

#include <string.h>

static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                            "_./=:,@%+-";

void shell_word_add(Text *line, const char *word) {
    if (word[0] != '\0' && strspn(word, plain) == strlen(word)) {
        text_add(line, word);
        return;
    }
    text_add(line, "'");
    for (; *word != '\0'; word++)
        if (*word == '\'')
            text_add(line, "'\\''");
        else
            text_add_bytes(line, word, 1);
    text_add(line, "'");
}

void shell_word_show(Text *line, const char *word) {
    Text quoted = {0};
    shell_word_add(&quoted, word);
    text_add_safe(line, text_get(&quoted));
    text_finish(&quoted);
}
