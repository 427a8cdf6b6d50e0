/* How many runs ended how: what `run --reps` and `sweep` say of many together. */
#ifndef CLI_TALLY_H
#define CLI_TALLY_H

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/referee/verdict.h"

typedef struct Tally {
    uint64_t runs, agreements;
    uint64_t failed; /* without a verdict, or ended by an agent's fault */
    uint64_t breakdowns[REASON_AGENT_FAULT + 1];
    uint64_t observed,
        held; /* agreements that were looked at afterwards, and how many of them held */
} Tally;

/* How one of them ended. */
typedef struct TallyRun {
    bool ended; /* has a verdict */
    VerdictKind kind;
    Reason reason;
    bool observed, held;
} TallyRun;

void tally_add(Tally *tally, const TallyRun *run);
/* "20 runs: 12 agreements, 8 broke down (deadline); 12 of 12 peaces held as long as was looked". */
void tally_words(const Tally *tally, Text *out);
/* Members of schema nonpaper.sweep/1: runs, agreements, failed, digest, breakdowns and, where looked at, peace. */
void tally_json(const Tally *tally, const Digest *digest, Json *json);
void tally_breakdowns(const Tally *tally, Json *json);

#endif
