#include "core/interchange/word.h"

#include <stdio.h>
#include <string.h>

/* U+00C0 to U+00FF without what stands above, below and across them. */
static const char plain_letters[] =
    "AAAAAAACEEEEIIIIDNOOOOO-OUUUUYTsaaaaaaaceeeeiiiidnooooo-ouuuuyty";

static size_t most_bytes(Alphabet alphabet) {
    return alphabet == ALPHABET_ID ? ID_MAX_BYTES : OPTION_MAX_BYTES;
}

/* The letter that stands for a character, or '-'. */
static char letter_of(const char *character, size_t length) {
    unsigned char first = (unsigned char)character[0];
    if (length == 1) return character[0];
    if (length != 2 || first != 0xC3) return '-';
    return plain_letters[(unsigned char)character[1] & 0x3F];
}

static bool fits(char letter, Alphabet alphabet) {
    char text[2] = {letter, '\0'};
    return letter != '-' && scalar_name(text, alphabet);
}

static char as_small(char letter) {
    return letter >= 'A' && letter <= 'Z' ? (char)(letter + ('a' - 'A')) : letter;
}

static bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/* A minus belongs to its number. */
static size_t begin(char *out, const char *name, Alphabet alphabet) {
    bool minus =
        alphabet == ALPHABET_OPTION && name[0] == '-' && (is_digit(name[1]) || name[1] == '.');
    if (minus) out[0] = '-';
    return minus;
}

static void make(char *out, const char *name, Alphabet alphabet) {
    size_t most = most_bytes(alphabet), used = begin(out, name, alphabet), rest = strlen(name);
    bool gap = false;
    for (size_t at = used, length; at < rest && used < most; at += length) {
        length = text_utf8_length(name + at, rest - at);
        if (length == 0) length = 1;
        char letter = letter_of(name + at, length);
        if (!fits(letter, alphabet)) letter = as_small(letter);
        if (!fits(letter, alphabet)) {
            gap = true;
            continue;
        }
        if (gap && used > 0 && out[used - 1] != '-') out[used++] = '-';
        gap = false;
        if (used < most) out[used++] = letter;
    }
    while (used > 0 && out[used - 1] == '-') used--;
    out[used] = '\0';
}

static bool is_taken(Word *word, uint32_t before, const char *candidate) {
    for (uint32_t i = 0; i < before; i++)
        if (strcmp(word[i], candidate) == 0) return true;
    return false;
}

/* "red", "red-2", "red-3" …, as many letters kept as there is room for. */
static void make_different(Word *word, uint32_t at, Alphabet alphabet) {
    Word base, ending;
    memcpy(base, word[at], sizeof base);
    for (uint32_t number = 2; is_taken(word, at, word[at]); number++) {
        snprintf(ending, sizeof ending, "-%u", number);
        size_t room = most_bytes(alphabet) - strlen(ending);
        size_t length = strlen(base) < room ? strlen(base) : room;
        memcpy(word[at] + length, ending, strlen(ending) + 1);
    }
}

void words_make(Word *word, const char *const *name, uint32_t count, Alphabet alphabet,
                const char *fallback) {
    for (uint32_t i = 0; i < count; i++) {
        make(word[i], name[i], alphabet);
        if (word[i][0] == '\0') snprintf(word[i], WORD_SIZE, "%.16s-%u", fallback, i + 1);
        make_different(word, i, alphabet);
    }
}

void yaml_add_quoted(Text *out, const char *text) {
    size_t rest = strlen(text);
    text_add(out, "\"");
    for (size_t at = 0, length; at < rest; at += length) {
        length = text_utf8_length(text + at, rest - at);
        uint32_t hidden = length > 0 ? text_hidden(text + at, length) : (unsigned char)text[at];
        if (length == 0) length = 1;
        if (text[at] == '"' || text[at] == '\\')
            text_addf(out, "\\%c", text[at]);
        else if (hidden > 0)
            text_addf(out, hidden > 0xFFFF ? "\\U%08x" : "\\u%04x", hidden);
        else
            text_add_bytes(out, text + at, length);
    }
    text_add(out, "\"");
}
