#include "tests/referee/trial.h"

#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/study/mean.h"

enum { LIVE = 4, REPLICATES = 1999, SETTINGS_AT_ONCE = 16 };

Trial trial_play(Scenario *scenario, uint64_t runs, const Watcher *watcher) {
    Trial trial = {scenario, runs, memory_new(runs, sizeof(Verdict))};
    BrokerRun *run = memory_new(runs, sizeof *run);
    for (uint64_t i = 0; i < runs; i++)
        run[i] = (BrokerRun){.run = i + 1,
                             .negotiation = &scenario->negotiation,
                             .seed = i + 1,
                             .strategy = scenario->strategy};
    theatre_play(run, runs, LIVE, watcher, trial.verdict);
    memory_free(run);
    return trial;
}

void trial_finish(Trial *trial) {
    scenario_destroy(trial->scenario);
    memory_free(trial->verdict);
}

uint64_t trial_deals(const Trial *trial) {
    uint64_t deals = 0;
    for (uint64_t i = 0; i < trial->runs; i++) deals += trial->verdict[i].kind == VERDICT_AGREEMENT;
    return deals;
}

SeatId trial_seat(const Trial *trial, const char *id) {
    const Terms *terms = &trial->scenario->negotiation.terms;
    for (SeatId seat = 0; seat < terms->seats; seat++)
        if (strcmp(terms->seat[seat].id, id) == 0) return seat;
    fail_msg("%s has no seat %s", terms->name, id);
    return NP_NO_SEAT;
}

uint8_t trial_issue(const Trial *trial, const char *id) {
    int issue = domain_find_issue(&trial->scenario->negotiation.terms.domain, id);
    if (issue < 0) fail_msg("no issue %s", id);
    return (uint8_t)issue;
}

void say_share(uint64_t hits, uint64_t of) {
    Interval interval = proportion_wilson(hits, of, STUDY_Z95);
    if (of == 0)
        printf("–");
    else
        printf("%.1f %% (%.1f – %.1f)", 100 * interval.estimate, 100 * interval.least,
               100 * interval.most);
}

void say_mean(const double *sample, size_t count, const char *name) {
    if (count == 0) {
        printf("–");
        return;
    }
    Bootstrap bootstrap = {REPLICATES, 0.95, rng_key(1, name)};
    Interval interval = mean_bootstrap(sample, count, &bootstrap);
    printf("%.4f (%.4f – %.4f)", interval.estimate, interval.least, interval.most);
}

const char *say_whether(Interval larger, Interval smaller) {
    if (larger.least > smaller.most) return "support";
    if (larger.most < smaller.least) return "contradiction";
    return "neither, the intervals overlap";
}

const char *setting(const char *format, ...) {
    static char buffer[SETTINGS_AT_ONCE][512];
    static uint32_t turn;
    char *out = buffer[turn++ % SETTINGS_AT_ONCE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(out, sizeof buffer[0], format, arguments);
    va_end(arguments);
    return out;
}
