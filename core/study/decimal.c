#include "core/study/decimal.h"

#include <assert.h>

static const int64_t MOST = 999999999999999; /* DECIMAL_MOST_DIGITS nines */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* What is being read; `end` is behind its last byte. */
typedef struct Reading {
    const char *at, *end;
    int64_t digits;
    bool any, too_long;
} Reading;

static int read_digits(Reading *reading) {
    int count = 0;
    for (; reading->at < reading->end && is_digit(*reading->at); reading->at++, count++) {
        reading->any = true;
        reading->digits = reading->digits * 10 + (*reading->at - '0');
        if (reading->digits <= MOST) continue;
        reading->too_long = true;
        reading->digits = MOST;
    }
    return count;
}

static bool take(Reading *reading, const char *set) {
    for (; reading->at < reading->end && *set != '\0'; set++) {
        if (*reading->at != *set) continue;
        reading->at++;
        return true;
    }
    return false;
}

/* "e-3"; what is not one is left alone, and none of the number. */
static int read_exponent(Reading *reading) {
    Reading part = {.at = reading->at, .end = reading->end};
    if (!take(&part, "eE")) return 0;
    bool negative = take(&part, "-");
    if (!negative) take(&part, "+");
    read_digits(&part);
    if (!part.any) return 0;
    reading->at = part.at;
    if (part.digits > 1000) reading->too_long = true;
    return part.digits > 1000 ? 0 : (int)(negative ? -part.digits : part.digits);
}

size_t decimal_read(const char *text, size_t length, Decimal *decimal) {
    Reading reading = {.at = text, .end = text + length};
    bool negative = take(&reading, "-");
    if (!negative) take(&reading, "+");
    read_digits(&reading);
    int fraction = take(&reading, ".") ? read_digits(&reading) : 0;
    if (!reading.any) return 0;
    int exponent = read_exponent(&reading) - fraction;
    *decimal = (Decimal){negative ? -reading.digits : reading.digits, exponent};
    if (exponent > DECIMAL_MOST_EXPONENT || exponent < -DECIMAL_MOST_EXPONENT) return 0;
    return reading.too_long ? 0 : (size_t)(reading.at - text);
}

static bool lower(Decimal *decimal, int exponent) {
    while (decimal->exponent > exponent) {
        if (decimal->digits > MOST / 10 || decimal->digits < -MOST / 10) return false;
        decimal->digits *= 10;
        decimal->exponent--;
    }
    return true;
}

bool decimal_align(Decimal *a, Decimal *b) {
    return lower(a, b->exponent) && lower(b, a->exponent);
}

double decimal_value(Decimal decimal) {
    double power = 1; /* exact up to 10^22 */
    assert(decimal.exponent <= DECIMAL_MOST_EXPONENT && decimal.exponent >= -DECIMAL_MOST_EXPONENT);
    for (int i = decimal.exponent; i != 0; i += i < 0 ? 1 : -1) power *= 10;
    return decimal.exponent < 0 ? (double)decimal.digits / power : (double)decimal.digits * power;
}
