/* T5: a firm deadline bunches agreements late, a stochastic one does not. */
#include "tests/referee/trial.h"

#include <stdio.h>

#include "core/base/memory.h"
#include "core/base/sim_time.h"

enum { RUNS = 500, TENTHS = 10 };

typedef struct Row {
    const char *says, *file;
    const char *strategy; /* of both; NULL: drawn, with the reservation values, for every run */
    SimTime longest;      /* the talks may last so long */
} Row;

typedef struct Count {
    uint64_t deals, tenth[TENTHS];
} Count;

/* The same pairs of firms in both halves of the comparison: how late each concedes, and what it has without a deal. */
static Scenario *drawn_pair(const Row *row, uint64_t number) {
    Rng rng = rng_stream(rng_key(number, "calibration/firms"));
    double e_seller = 0.1 + 0.9 * rng_unit(&rng);
    double e_buyer = 0.1 + 0.9 * rng_unit(&rng);
    double r_seller = 0.15 + 0.3 * rng_unit(&rng);
    double r_buyer = 0.15 + 0.3 * rng_unit(&rng);
    return STAGE_FILE(row->file,
                      setting("seats.seller.strategy=\"boulware(e=%.3f, every=3)\"", e_seller),
                      setting("seats.buyer.strategy=\"boulware(e=%.3f, every=3)\"", e_buyer),
                      setting("seats.seller.reservation=%.4f", r_seller),
                      setting("seats.buyer.reservation=%.4f", r_buyer));
}

static Scenario *same_pair(const Row *row) {
    return STAGE_FILE(row->file, setting("seats.seller.strategy=\"%s\"", row->strategy),
                      setting("seats.buyer.strategy=\"%s\"", row->strategy));
}

static void count_run(Count *count, const Row *row, uint64_t seed) {
    Scenario *scenario = row->strategy != NULL ? same_pair(row) : drawn_pair(row, seed);
    Verdict verdict = theatre_play_scenario(scenario, seed, NULL);
    scenario_destroy(scenario);
    if (verdict.kind != VERDICT_AGREEMENT) return;
    SimTime tenth = verdict.ended_at * TENTHS / row->longest;
    count->deals++;
    count->tenth[tenth < TENTHS ? tenth : TENTHS - 1]++;
}

/* Returns the share of deals in the last tenth. */
static Interval print_row(const Row *row) {
    Count count = {0};
    for (uint64_t seed = 1; seed <= RUNS; seed++) count_run(&count, row, seed);
    printf("| %s | ", row->says);
    say_share(count.deals, RUNS);
    printf(" | ");
    say_share(count.tenth[TENTHS - 1], count.deals);
    printf(" | ");
    for (int k = 0; k < TENTHS; k++)
        printf("%s%llu", k ? " " : "", (unsigned long long)count.tenth[k]);
    printf(" |\n");
    return proportion_wilson(count.tenth[TENTHS - 1], count.deals, STUDY_Z95);
}

void page_deadline(void) {
    static const char *const firm = "configs/textbook/firm-deadline.yaml";
    static const char *const open = "configs/textbook/stochastic-deadline.yaml";
    const SimTime two_months = (SimTime)60 * SIM_DAY, half_a_year = (SimTime)180 * SIM_DAY;
    const Row row[] = {
        {"firm, as in its file (boulware, e = 0.2)", firm, "boulware(e=0.2, every=3)", two_months},
        {"stochastic, boulware, e = 0.2", open, "boulware(e=0.2, every=3)", half_a_year},
        {"firm, linear", firm, "linear(every=3)", two_months},
        {"stochastic, as in its file (linear)", open, "linear(every=3)", half_a_year},
        {"firm, drawn pairs", firm, NULL, two_months},
        {"stochastic, drawn pairs", open, NULL, half_a_year},
    };
    printf(
        "## T5: a firm deadline bunches agreements late, a stochastic one does not\n\n"
        "Roth, Murnighan and Schoumaker 1988; Binmore, Rubinstein and Wolinsky 1986. Two firms in\n"
        "`%s` (60 days, known to both) and `%s` (60 days on average,\n180 at most). "
        "%d seeds a row. Nothing in the firm file is random, so every seed of a row with one "
        "strategy is the same\n"
        "run; drawn pairs differ in pace (boulware, e from 0.1 to 1) and in reservation value "
        "(0.15 to 0.45), "
        "the same\npairs in both halves. A tenth is one of the longest time that the talks may "
        "last.\n\n"
        "| deadline | deals | of the deals, in the last tenth | deals in each tenth |\n"
        "|---|---|---|---|\n",
        firm, open, RUNS);
    Interval late[sizeof row / sizeof row[0]];
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) late[i] = print_row(&row[i]);
    printf("\nDrawn pairs, deals in the last tenth, firm against stochastic: %s.\n"
           "With the strategies of the two files: %s; but there the strategies differ as well as "
           "the deadlines.\n"
           "The built-in strategies concede by the clock towards the last possible day and do not "
           "reckon with a risk of\n"
           "breakdown, which is where the theory has the difference come from: a stochastic "
           "deadline takes deals away from\n"
           "them, and does not make them hurry.\n\n",
           say_whether(late[4], late[5]), say_whether(late[0], late[3]));
}
