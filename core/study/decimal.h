/* A decimal number as it is written, so that steps of 0.1 are tenths: digits * 10^exponent. */
#ifndef CORE_STUDY_DECIMAL_H
#define CORE_STUDY_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Such numbers are doubles exactly as far as one rounding goes: digits and 10^|exponent| are both exact (Clinger, How to
 * read floating point numbers accurately, 1990). */
enum { DECIMAL_MOST_DIGITS = 15, DECIMAL_MOST_EXPONENT = 22 };

typedef struct Decimal {
    int64_t digits;
    int exponent;
} Decimal;

/* Reads "-0.25", "1e-3" up to `length`; returns how many bytes were read, 0 when it is no number or beyond the bounds. */
size_t decimal_read(const char *text, size_t length, Decimal *decimal);
/* Gives both the lesser exponent. False when that takes too many digits. */
bool decimal_align(Decimal *a, Decimal *b);
double decimal_value(Decimal decimal); /* the nearest double */

#endif
