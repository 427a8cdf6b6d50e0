/* A negotiation domain and its preference profiles as files of other tools say them: a plain value that
 * stands between their formats and a scenario. Utility of a package: u(x) = sum_k w_k v_k(x_k), times
 * d^t where waiting costs, t being 0 at the start and 1 at the deadline. */
#ifndef CORE_INTERCHANGE_FOREIGN_H
#define CORE_INTERCHANGE_FOREIGN_H

#include "core/base/complaint.h"
#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/base/vocabulary.h"

enum {
    FOREIGN_MAX_BYTES = 1 << 22, /* of one file */
    FOREIGN_MAX_NODES = 10000,   /* elements, or values, in one file */
    FOREIGN_MAX_DEPTH = 32,
    FOREIGN_MAX_NOTES = 64,
    FOREIGN_MAX_NAME = 200 /* bytes of a name */
};

/* Numbers that an issue has at most, and how many points stand for it otherwise. */
#define FOREIGN_MAX_NUMBER 1e9
enum { FOREIGN_STEPS = 11 };

typedef struct ForeignIssue {
    const char *name;
    bool numbers; /* its options are numbers */
    bool whole;   /* ... and whole ones */
    uint8_t options;
    const char *option[NP_MAX_OPTIONS]; /* as the file says it */
    double number[NP_MAX_OPTIONS];      /* ascending; meaningless where they are none */
    double low, high;                   /* numbers: the range that the options stand for */
} ForeignIssue;

typedef struct ForeignProfile {
    const char *name;
    double weight[NP_MAX_ISSUES];                /* 0 to 1, summing to whatever they do */
    double value[NP_MAX_ISSUES][NP_MAX_OPTIONS]; /* 0 to 1 */
    double reservation;
    double discount; /* d, in (0, 1]; 1: none */
} ForeignProfile;

/* Begin with foreign_init. Strings are the arena's, or borrowed from sources. */
typedef struct Foreign {
    const char *name;
    uint8_t issues, profiles;
    ForeignIssue issue[NP_MAX_ISSUES];
    ForeignProfile profile[NP_MAX_SEATS];
    uint32_t notes;
    const char *note[FOREIGN_MAX_NOTES]; /* what was approximated, left out or kept though odd */
    Arena arena;
} Foreign;

void foreign_init(Foreign *foreign);
void foreign_finish(Foreign *foreign);
void foreign_note(Foreign *foreign, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A file's name without its folder and its ending, at most FOREIGN_MAX_NAME bytes of it. */
const char *foreign_name_of(Foreign *foreign, const char *path);

/* The options of an issue of numbers from low to high, `apart` (> 0) from each other; 0: a continuum. All of them
 * where they are at most `steps`, otherwise as many, evenly spread, and a note; steps 0: NP_MAX_OPTIONS and
 * FOREIGN_STEPS. At least 2. */
void foreign_spread(Foreign *foreign, ForeignIssue *issue, double apart, uint32_t steps);

int foreign_find_option(const ForeignIssue *issue, const char *name);       /* -1: none */
double foreign_best(const Foreign *foreign, const ForeignProfile *profile); /* the most utility */
/* What the weights sum to, to nine decimals. */
double foreign_weights_sum(const Foreign *foreign, const ForeignProfile *profile);
/* Notes what all formats share: weights that do not sum to 1, a reservation that nothing meets. */
void foreign_review(Foreign *foreign);

#endif
