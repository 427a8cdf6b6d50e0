#include "core/base/sim_time.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_YEAR = 1900, LAST_YEAR = 2999, MOST_DAYS = 100000 };

typedef struct Date {
    int64_t year;
    int month, day; /* from 1 */
} Date;

/* --- calendar --- */

static int64_t floor_divide(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}

static int days_in_month(int64_t year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* Days since 1970-01-01 and back, counting years from March in eras of 400 years (H. Hinnant,
 * "chrono-compatible low-level date algorithms"). */
static int64_t days_of(Date date) {
    int64_t year = date.year - (date.month <= 2);
    int64_t era = floor_divide(year, 400);
    int64_t of_era = year - era * 400;
    int64_t of_year =
        (153 * (date.month > 2 ? date.month - 3 : date.month + 9) + 2) / 5 + date.day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static Date date_of(int64_t days) {
    days += 719468;
    int64_t era = floor_divide(days, 146097);
    int64_t day = days - era * 146097;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int64_t of_year = day - (365 * year + year / 4 - year / 100);
    int month = (int)((5 * of_year + 2) / 153);
    Date date = {.year = year + era * 400, .day = (int)(of_year - (153 * month + 2) / 5 + 1)};
    date.month = month < 10 ? month + 3 : month - 9;
    date.year += date.month <= 2;
    return date;
}

static int second_of_day(int64_t seconds) {
    int rest = (int)(seconds % SIM_DAY);
    return rest < 0 ? rest + SIM_DAY : rest;
}

/* --- dates --- */

/* Reads exactly `digits` digits. */
static bool read_number(const char **text, int digits, int *number) {
    *number = 0;
    for (int i = 0; i < digits; i++, (*text)++) {
        if (**text < '0' || **text > '9') return false;
        *number = *number * 10 + (**text - '0');
    }
    return true;
}

static bool read_mark(const char **text, char mark) {
    return *(*text)++ == mark;
}

static bool read_date(const char **text, Date *date) {
    int year;
    if (!read_number(text, 4, &year) || !read_mark(text, '-')) return false;
    if (!read_number(text, 2, &date->month) || !read_mark(text, '-')) return false;
    if (!read_number(text, 2, &date->day)) return false;
    date->year = year;
    return year >= FIRST_YEAR && year <= LAST_YEAR && date->month >= 1 && date->month <= 12 &&
           date->day >= 1 && date->day <= days_in_month(year, date->month);
}

static bool read_clock(const char **text, int *seconds) {
    int hour, minute, second;
    if (!read_number(text, 2, &hour) || !read_mark(text, ':')) return false;
    if (!read_number(text, 2, &minute) || !read_mark(text, ':')) return false;
    if (!read_number(text, 2, &second)) return false;
    *seconds = (hour * 60 + minute) * 60 + second;
    return hour < 24 && minute < 60 && second < 60;
}

bool date_parse(const char *text, int64_t *unix_seconds) {
    Date date;
    int clock = 0;
    if (!read_date(&text, &date)) return false;
    if (*text == 'T' || *text == ' ') {
        text++;
        if (!read_clock(&text, &clock)) return false;
        if (*text == 'Z') text++;
    }
    if (*text != '\0') return false;
    *unix_seconds = days_of(date) * SIM_DAY + clock;
    return true;
}

char *date_format(char out[32], int64_t unix_seconds) {
    Date date = date_of(floor_divide(unix_seconds, SIM_DAY));
    int clock = second_of_day(unix_seconds);
    int length = snprintf(out, 32, "%04lld-%02d-%02d", (long long)date.year, date.month, date.day);
    if (clock == 0) return out;
    snprintf(out + length, 32 - (size_t)length, "T%02d:%02d:%02d", clock / 3600, clock / 60 % 60,
             clock % 60);
    return out;
}

char *date_say(char out[48], int64_t unix_seconds) {
    static const char *const name[] = {"January",   "February", "March",    "April",
                                       "May",       "June",     "July",     "August",
                                       "September", "October",  "November", "December"};
    Date date = date_of(floor_divide(unix_seconds, SIM_DAY));
    int minutes = second_of_day(unix_seconds) / 60;
    int length =
        snprintf(out, 48, "%d %s %lld", date.day, name[date.month - 1], (long long)date.year);
    if (minutes > 0)
        snprintf(out + length, 48 - (size_t)length, ", %02d:%02d", minutes / 60, minutes % 60);
    return out;
}

/* --- durations --- */

enum { UNITS = 5 };

static const struct {
    char letter;
    int64_t seconds;
} unit[UNITS] = {{'w', 7 * SIM_DAY}, {'d', SIM_DAY}, {'h', 3600}, {'m', 60}, {'s', 1}};

static int64_t seconds_of(char letter) {
    for (int i = 0; i < UNITS; i++)
        if (unit[i].letter == letter) return unit[i].seconds;
    return 0;
}

static const int64_t MOST_SECONDS = (int64_t)MOST_DAYS * SIM_DAY;

/* No more than just too long: sums stay far from overflow. */
static int64_t bounded(int64_t seconds) {
    return seconds > MOST_SECONDS ? MOST_SECONDS + 1 : seconds;
}

/* Reads a number and its unit. */
static bool read_part(const char **text, int64_t *seconds) {
    int64_t number = 0;
    const char *start = *text;
    for (; **text >= '0' && **text <= '9'; (*text)++)
        number = bounded(number * 10 + (**text - '0'));
    int64_t each = seconds_of(**text);
    if (*text == start || each == 0) return false;
    (*text)++;
    *seconds = bounded(*seconds + number * each);
    return true;
}

static bool read_sum(const char *text, int64_t *seconds) {
    *seconds = 0;
    do {
        if (!read_part(&text, seconds)) return false;
    } while (*text != '\0');
    return true;
}

bool duration_parse(const char *text, SimTime *seconds) {
    int64_t sum;
    if (!read_sum(text, &sum) || sum > MOST_SECONDS) return false;
    *seconds = sum;
    return true;
}

bool duration_too_long(const char *text) {
    int64_t sum;
    return read_sum(text, &sum) && sum > MOST_SECONDS;
}

/* Writes `seconds` as a sum of units from `largest` down, leaving out what is zero. */
static void write_from(char out[64], int largest, SimTime seconds) {
    size_t length = 0;
    for (int i = largest; i < UNITS; i++) {
        long long number = seconds / unit[i].seconds;
        seconds %= unit[i].seconds;
        if (number == 0 && (i < UNITS - 1 || length > 0)) continue;
        length += (size_t)snprintf(out + length, 64 - length, "%lld%c", number, unit[i].letter);
    }
}

/* "36h" rather than "1d12h"; where two are equally short, the larger units: "1w", not "7d". */
char *duration_format(char out[32], SimTime seconds) {
    assert(seconds >= 0);
    char best[64], candidate[64];
    write_from(best, 0, seconds);
    for (int largest = 1; largest < UNITS; largest++) {
        write_from(candidate, largest, seconds);
        if (strlen(candidate) < strlen(best)) memcpy(best, candidate, sizeof best);
    }
    return memcpy(out, best, strlen(best) + 1);
}
