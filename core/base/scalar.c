#include "core/base/scalar.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_MAX_BYTES = 64, COUNT_MAX_DIGITS = 9 };

static const char *skip_digits(const char *at) {
    while (*at >= '0' && *at <= '9') at++;
    return at;
}

/* [+-] digits [. digits] [e [+-] digits], with a digit before or after the point. */
static bool is_decimal(const char *text) {
    const char *at = text + (*text == '+' || *text == '-');
    const char *digits = at;
    at = skip_digits(at);
    size_t count = (size_t)(at - digits);
    if (*at == '.') {
        digits = at + 1;
        at = skip_digits(digits);
        count += (size_t)(at - digits);
    }
    if (count == 0) return false;
    if (*at != 'e' && *at != 'E') return *at == '\0';
    at++;
    at += *at == '+' || *at == '-';
    const char *end = skip_digits(at);
    return end > at && *end == '\0';
}

bool scalar_number(const char *text, double *number) {
    if (strlen(text) > NUMBER_MAX_BYTES || !is_decimal(text)) return false;
    /* strtod rounds correctly but reads the decimal point of the locale. */
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t before = uselocale(plain);
    *number = strtod(text, NULL);
    uselocale(before);
    freelocale(plain);
    return true;
}

bool scalar_count(const char *text, uint32_t *count) {
    size_t length = (size_t)(skip_digits(text) - text);
    if (length == 0 || length > COUNT_MAX_DIGITS || text[length] != '\0') return false;
    *count = 0;
    for (; *text; text++) *count = *count * 10 + (uint32_t)(*text - '0');
    return true;
}

bool scalar_flag(const char *text, bool *flag) {
    *flag = strcmp(text, "true") == 0 || strcmp(text, "yes") == 0;
    return *flag || strcmp(text, "false") == 0 || strcmp(text, "no") == 0;
}

static const struct {
    const char *letters;
    size_t most;
    const char *say;
} alphabets[] = {
    [ALPHABET_NAME] = {"abcdefghijklmnopqrstuvwxyz0123456789-", NAME_MAX_BYTES,
                       "1 to 48 of a-z, 0-9 and -"},
    [ALPHABET_ID] = {"abcdefghijklmnopqrstuvwxyz0123456789_-", ID_MAX_BYTES,
                     "1 to 32 of a-z, 0-9, _ and -"},
    [ALPHABET_OPTION] = {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.+-",
                         OPTION_MAX_BYTES, "1 to 48 of A-Z, a-z, 0-9, _, ., + and -"},
};

bool scalar_name(const char *text, Alphabet alphabet) {
    size_t length = strlen(text);
    return length >= 1 && length <= alphabets[alphabet].most &&
           strspn(text, alphabets[alphabet].letters) == length;
}

const char *alphabet_say(Alphabet alphabet) {
    return alphabets[alphabet].say;
}
