/* The names of a domain's issues and options, ready to be written into rows. */
#ifndef CORE_RECORD_NAMES_H
#define CORE_RECORD_NAMES_H

#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/negotiation/domain.h"

/* A name, plain and as a JSON string. */
typedef struct Name {
    const char *plain, *quoted;
    uint32_t plain_length, quoted_length;
} Name;

typedef struct Names {
    int64_t domain; /* its key in the record */
    uint8_t issues;
    uint8_t options[NP_MAX_ISSUES];
    Name issue[NP_MAX_ISSUES];
    Name option[NP_MAX_ISSUES][NP_MAX_OPTIONS];
    size_t longest; /* bytes that a menu takes at most, see names_menu */
    Arena arena;
    struct Names *next;
} Names;

/* The JSON of table `domains`. */
void names_describe(const Domain *domain, Text *out);

/* Adds {"issue":"option",…} as names_outcome does, from the domain itself. */
void names_package(const Domain *domain, const Outcome *package, Text *out);

void names_init(Names *names, int64_t domain);
/* Adds an issue (`option` below 0) or an option of the last issue. False when there are too many. */
bool names_add(Names *names, int option, const char *plain);
void names_ready(Names *names);
void names_finish(Names *names);

/* Writes the packages as [["a","b"],…] into `out`, which holds `longest`; returns the length. Options that
 * do not exist are written as numbers, silence as null. */
size_t names_menu(const Names *names, const Outcome *menu, uint8_t packages, uint8_t issues,
                  char *out);
/* Adds {"issue":"option",…}, leaving out what the outcome is silent on. */
void names_outcome(const Names *names, const Outcome *outcome, Text *out);

#endif
