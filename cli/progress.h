/* How far a long work is, on one line of a terminal: count, rate, and how long it will take. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli/options.h"

typedef struct Progress {
    bool shown;
    uint64_t planned;
    int64_t began_ns, told_ns;
} Progress;

/* Nothing is shown where nobody looks: no terminal, TERM=dumb, --quiet. */
Progress progress_begin(const Options *options, uint64_t planned);
void progress_tell(Progress *progress, uint64_t done);
void progress_end(Progress *progress);

/* "3 s", "12 min", "2 h 5 min", "3 days". */
void progress_words(Text *out, double seconds);

#endif
