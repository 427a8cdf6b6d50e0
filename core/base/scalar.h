/* Words of a file as numbers, flags and names. Strict, and the same in every locale. */
#ifndef CORE_BASE_SCALAR_H
#define CORE_BASE_SCALAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A decimal number, "0.35", "-1e-3", correctly rounded. False for anything else: hexadecimal, nan, inf,
 * junk behind it. Overflow gives an infinity, which no range holds. */
bool scalar_number(const char *text, double *number);
/* Decimal digits, at most nine. */
bool scalar_count(const char *text, uint32_t *count);
/* true, false, yes, no. */
bool scalar_flag(const char *text, bool *flag);

/* What a name may be made of, beside digits. */
typedef enum Alphabet {
    ALPHABET_NAME,  /* a-z - */
    ALPHABET_ID,    /* a-z - _ */
    ALPHABET_OPTION /* A-Z a-z - _ . + */
} Alphabet;

enum { NAME_MAX_BYTES = 48, ID_MAX_BYTES = 32, OPTION_MAX_BYTES = 48 };

bool scalar_name(const char *text, Alphabet alphabet);
const char *alphabet_say(Alphabet alphabet); /* "1 to 32 of a-z, 0-9, _ and -" */

#endif
