/* Complaints about text from outside: collected in one pass, shown in the order of the files, each with
 * its place, the line with a caret and, where there is one, the nearest known word. */
#ifndef CORE_BASE_COMPLAINT_H
#define CORE_BASE_COMPLAINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/text.h"

enum { COMPLAINTS_MAX = 50, COMPLAINT_SENTENCE = 480 };

/* Where text came from: a file, or a value on the command line. Borrowed. */
typedef struct Source {
    const char *label; /* "riyadh.yaml", "--set time.deadline" */
    const char *bytes;
    size_t length;
    bool setting; /* its label says enough: no line and column are shown */
} Source;

/* A place in a source. Lines and columns count from 1, columns in characters; line 0 is the source as
 * a whole. */
typedef struct Mark {
    uint32_t source, line, column, length;
} Mark;

typedef struct Complaint {
    Mark at;
    bool warning;
    char sentence[COMPLAINT_SENTENCE];
} Complaint;

/* Begin zeroed but for the sources. */
typedef struct Complaints {
    const Source *source;
    uint32_t errors, warnings; /* all of them, kept or not */
    uint32_t count;
    Complaint complaint[COMPLAINTS_MAX]; /* the first ones by place */
} Complaints;

/* The place of a byte; columns count characters. */
Mark mark_of_byte(const Source *source, uint32_t number, size_t offset);

/* Adds an error. At one place the first error stays and later ones, which usually follow from it, are
 * dropped. Words from outside may stand in the arguments: they are made safe when printed. */
void complain(Complaints *complaints, Mark at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void complain_warning(Complaints *complaints, Mark at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* "unknown seat "rusia"; did you mean russia?", or, where nothing is near, the known words. */
void complain_unknown(Complaints *complaints, Mark at, const char *what, const char *word,
                      const char *const *known, size_t count);

/* The known words as the end of a sentence: "; did you mean russia?" or "; known: us, russia". */
void complaint_hint(char *out, size_t size, const char *word, const char *const *known,
                    size_t count);

/* Is the source UTF-8 without NUL? Complains where it is not. */
bool complain_unless_utf8(Complaints *complaints, uint32_t number);

void complaints_print(const Complaints *complaints, Text *out);

#endif
