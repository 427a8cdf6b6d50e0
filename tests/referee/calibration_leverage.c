/* T9: an outsider's leverage raises deals and lowers their durability (Beardsley 2008). */
#include "tests/referee/trial.h"

#include <stdio.h>

#include "core/base/memory.h"
#include "core/base/sim_time.h"

enum { SLICES = 21, SMALL_RUNS = 400, RIYADH_RUNS = 400 };

/* Two sides who together expect more of war than there is (optimism), and an outsider whose pressure takes from what
 * either has without a deal. Once there is one, the outsider loses interest and the pressure fades. */
static const char *const talks =
    "nonpaper: 1\nname: outsider\ntime: {start: 2025-01-01, deadline: 100d}\n"
    "mechanism: open-table\n";
static const char *const moving =
    "    optimism: {start: 0.25, least: 0, most: 1, noise: 0.01}\n"
    "    pressure: {start: 0, least: 0, most: 1, drift: {linear: {of: {settled: -0.002}}}}\n"
    "  levers:\n    leverage: {seat: outsider, start: 0, least: 0, most: 1, cost: 0,\n"
    "      effects: [{variable: pressure, add: 1}], pulls: [{at: 1d, level: 0}]}\n";
static const char *const afterwards =
    "enforcement:\n  hazard: {base: 0.01}\n  observe: 1096d\n"
    "  deterrence: {attacker: b, intervention: 0, issue: pie, credibility: {s0: 0},\n"
    "    attack: {linear: {constant: 0.4, of: {optimism: 0.5, pressure: -1}}}}\n";
static const char *const war = "{linear: {constant: 0.4, of: {optimism: 0.5, pressure: -1}}}";

/* "s0: 0.00, s1: 0.05, …", from the first number to the last. */
static void write_values(Text *yaml, double first, double last) {
    for (uint32_t k = 0; k < SLICES; k++)
        text_addf(yaml, "%ss%u: %.3f", k ? ", " : "", k, first + (last - first) * k / (SLICES - 1));
}

static void write_seat(Text *yaml, const char *id, const char *reservation, double first,
                       double last) {
    text_addf(yaml,
              "  %s:\n    strategy: boulware(e=0.5, every=3)\n    reservation: %s\n"
              "    weights: {pie: 1}\n    values: {pie: {",
              id, reservation);
    write_values(yaml, first, last);
    text_add(yaml, "}}\n");
}

static void write_outsider(Text *yaml) {
    text_add(yaml, talks);
    stage_pie(yaml, SLICES);
    text_add(yaml, "world:\n  variables:\n    settled: {input: {issue: pie, values: {");
    write_values(yaml, 1, 1);
    text_addf(yaml, "}}}\n%sconsent:\n  provisions: [{issue: pie, needs: [a, b], options: [",
              moving);
    for (uint32_t k = 0; k < SLICES; k++) text_addf(yaml, "%ss%u", k ? ", " : "", k);
    text_addf(yaml, "]}]\n%sseats:\n", afterwards);
    write_seat(yaml, "a", war, 0, 1);
    write_seat(yaml, "b", war, 1, 0);
    write_seat(yaml, "outsider", "1", 0.5, 0.5); /* nothing that it could want: it tables nothing */
}

/* How often there was a deal, how often it broke within a year, and how often at all. */
typedef struct Row {
    Interval deals, early, broken;
} Row;

static Row print_row(const char *says, Scenario *scenario, uint64_t runs) {
    Trial trial = trial_play(scenario, runs, NULL);
    uint64_t broken = 0, deals = trial_deals(&trial), early = 0;
    for (uint64_t i = 0; i < runs; i++) {
        const Verdict *verdict = &trial.verdict[i];
        if (verdict->kind != VERDICT_AGREEMENT || verdict->peace.broken_at == NP_NEVER) continue;
        broken++;
        early += verdict->peace.broken_at - verdict->ended_at <= SIM_YEAR;
    }
    printf("| %s | ", says);
    say_share(deals, runs);
    printf(" | ");
    say_share(early, deals);
    printf(" | ");
    say_share(broken, deals);
    printf(" |\n");
    trial_finish(&trial);
    return (Row){proportion_wilson(deals, runs, STUDY_Z95),
                 proportion_wilson(early, deals, STUDY_Z95),
                 proportion_wilson(broken, deals, STUDY_Z95)};
}

static void print_finding(const Row *least, const Row *most) {
    printf("\nThe most leverage against none: more deals: %s; broken within a year more often: %s; "
           "broken at all more often: %s.\n\n",
           say_whether(most->deals, least->deals), say_whether(most->early, least->early),
           say_whether(most->broken, least->broken));
}

static void print_outsider(void) {
    Text yaml = {0};
    write_outsider(&yaml);
    printf("### An outsider who loses interest\n\n"
           "Two sides split a pie; each has (1 + optimism)/2 − 0.1 without a deal, optimism "
           "wanders from 0.25. The leverage is\n"
           "the parameter `world.levers.leverage`: its level is taken from what either has without "
           "a deal while the talks\n"
           "go on, and fades by 0.002 a day after it. One side attacks when war pays it more than "
           "the deal. %d seeds a row;\n"
           "observed for three years.\n\n"
           "| leverage | deals | of the deals, broken within a year | within three "
           "|\n|---|---|---|---|\n",
           SMALL_RUNS);
    Row found[5];
    for (int level = 0; level <= 4; level++)
        found[level] = print_row(
            setting("%.2f", level * 0.05),
            STAGE(text_get(&yaml),
                  setting("world.levers.leverage.pulls=[{at: 1d, level: %.2f}]", level * 0.05)),
            SMALL_RUNS);
    print_finding(&found[0], &found[4]);
    printf("That leverage which fades leaves deals below what war then pays is how this small "
           "scenario was written; what is not\n"
           "written is how much of either follows.\n\n");
    text_finish(&yaml);
}

static void print_riyadh(void) {
    static const struct {
        const char *says, *aid, *sanctions;
    } row[] = {{"none: aid 1, sanctions 1", "1", "1"},
               {"half: aid 0.5, sanctions 1.5", "0.5", "1.5"},
               {"full: aid 0, sanctions 2", "0", "2"}};
    printf("### The reference scenario\n\n"
           "`configs/riyadh-2025.yaml`; the leverage is the US's on both sides at once, `us_aid` "
           "down and `us_sanctions` up, from day\n"
           "1. It does not fade. %d seeds a row; observed for ten years.\n\n"
           "| leverage | deals | of the deals, broken within a year | within ten "
           "|\n|---|---|---|---|\n",
           RIYADH_RUNS);
    Row found[sizeof row / sizeof row[0]];
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
        found[i] = print_row(
            row[i].says,
            STAGE_FILE(
                "configs/riyadh-2025.yaml", "enforcement.observe=3652d",
                setting("world.levers.us_aid.pulls=[{at: 1d, level: %s}]", row[i].aid),
                setting("world.levers.us_sanctions.pulls=[{at: 1d, level: %s}]", row[i].sanctions)),
            RIYADH_RUNS);
    print_finding(&found[0], &found[2]);
}

void page_leverage(void) {
    printf("## T9: leverage raises deals and lowers their durability\n\nBeardsley 2008. Supported "
           "where deals "
           "rise with leverage and breaking rises with it.\n\n");
    print_outsider();
    print_riyadh();
}
