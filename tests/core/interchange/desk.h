/* Where foreign files are read in tests: small ones of our own, called "domain.xml", "a.xml", "b.xml" …. */
#ifndef TESTS_CORE_INTERCHANGE_DESK_H
#define TESTS_CORE_INTERCHANGE_DESK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/interchange/foreign.h"
#include "core/scenario/scenario.h"

enum { DESK_FILES = 4 };

typedef bool DeskReader(Foreign *foreign, Complaints *complaints, uint32_t sources, uint32_t steps);

typedef struct Desk {
    Foreign foreign;
    Complaints complaints;
    Source source[DESK_FILES];
    Text bytes[DESK_FILES];
    uint32_t files;
    Text said; /* complaints, as printed */
    bool good;
} Desk;

/* Reads up to four texts, NULL ends them; `ending` is "xml" or "json". */
void desk_read(Desk *desk, DeskReader *read, uint32_t steps, const char *ending,
               const char *const text[DESK_FILES]);
void desk_clear(Desk *desk);

/* The scenario that comes of it, which must pass: 100 rounds. */
Scenario *desk_scenario(Desk *desk);

/* What a seat has of those options of both issues. */
Utility desk_utility(const Scenario *scenario, SeatId seat, uint8_t price, uint8_t speed);

/* A text with the first `from` replaced by `to`; free with text_finish. */
Text desk_with(const char *text, const char *from, const char *to);

/* Holds what is said of a file in which `from` is `to` against a sentence that must be in it. */
typedef struct Break {
    uint32_t file;
    const char *from, *to, *say;
    bool passes; /* a warning only */
} Break;
void desk_break(DeskReader *read, const char *ending, const char *const text[DESK_FILES],
                const Break *broken, size_t count);

/* A domain and two profiles: issues "Price" (low, mid, high) and "Speed" (whole numbers 0 to 4). */
extern const char desk_domain[], desk_buyer[], desk_seller[];
/* The same two seats for GeniusWeb, their domain within. */
extern const char desk_web_domain[], desk_web_buyer[], desk_web_seller[];

#endif
