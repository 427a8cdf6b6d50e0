/* How the reference scenario ends, with the term that asks whether a peace holds and without it. */
#include "tests/referee/trial.h"

#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"

enum { OPTIONS = NP_MAX_OPTIONS, REASONS = REASON_AGENT_FAULT + 1, ENDS = OPTIONS + REASONS };

static const char *const file = "configs/riyadh-2025.yaml";

/* The security option of a deal, or the reason of a breakdown. */
static int end_of(const Verdict *verdict, uint8_t security) {
    if (verdict->kind == VERDICT_AGREEMENT) return verdict->agreement.option[security];
    return OPTIONS + verdict->reason;
}

static const char *end_name(const Issue *security, int end) {
    if (end < OPTIONS) return setting("deal: `%s`", security->option[end]);
    return setting("no deal: %s", reason_name((uint8_t)(end - OPTIONS)));
}

static bool any_type(const Verdict *verdict, const void *context) {
    (void)verdict, (void)context;
    return true;
}

typedef struct Pair {
    SeatId a, b;
    uint8_t type_a, type_b;
} Pair;

static bool of_types(const Verdict *verdict, const void *context) {
    const Pair *pair = context;
    return verdict->seat_result[pair->a].type == pair->type_a &&
           verdict->seat_result[pair->b].type == pair->type_b;
}

/* Counts the ends of the runs that are of a kind; returns how many those are. */
static uint64_t count_ends(const Trial *trial, uint8_t security, uint64_t count[ENDS],
                           bool (*counts)(const Verdict *, const void *), const void *context) {
    uint64_t runs = 0;
    memset(count, 0, ENDS * sizeof count[0]);
    for (uint64_t i = 0; i < trial->runs; i++) {
        if (!counts(&trial->verdict[i], context)) continue;
        count[end_of(&trial->verdict[i], security)]++;
        runs++;
    }
    return runs;
}

static void print_both(const Trial *with, const Trial *without, uint8_t security) {
    uint64_t a[ENDS], b[ENDS];
    const Issue *issue = &with->scenario->negotiation.terms.domain.issue[security];
    count_ends(with, security, a, any_type, NULL);
    count_ends(without, security, b, any_type, NULL);
    printf("| end | with enforcement | without |\n|---|---|---|\n");
    for (int end = 0; end < ENDS; end++) {
        if (a[end] + b[end] == 0) continue;
        printf("| %s | ", end_name(issue, end));
        say_share(a[end], with->runs);
        printf(" | ");
        say_share(b[end], without->runs);
        printf(" |\n");
    }
    printf("| any deal | ");
    say_share(trial_deals(with), with->runs);
    printf(" | ");
    say_share(trial_deals(without), without->runs);
    printf(" |\n\nSecurity options that do not appear were in no deal of either column.\n\n");
}

static void print_pair(const Trial *trial, uint8_t security, const Pair *pair) {
    uint64_t count[ENDS];
    const Negotiation *negotiation = &trial->scenario->negotiation;
    uint64_t runs = count_ends(trial, security, count, of_types, pair);
    for (int end = 0; end < ENDS; end++) {
        if (count[end] == 0) continue;
        printf("| %s | %s | %llu | %s | ", negotiation->type[pair->a][pair->type_a].id,
               negotiation->type[pair->b][pair->type_b].id, (unsigned long long)runs,
               end_name(&negotiation->terms.domain.issue[security], end));
        say_share(count[end], runs);
        printf(" |\n");
    }
}

static void print_types(const char *says, const Trial *trial, uint8_t security) {
    const Terms *terms = &trial->scenario->negotiation.terms;
    Pair pair = {.a = trial_seat(trial, "us"), .b = trial_seat(trial, "russia")};
    printf(
        "### By type, %s\n\n| US | Russia | runs | end | share of these |\n|---|---|---|---|---|\n",
        says);
    for (pair.type_a = 0; pair.type_a < terms->seat[pair.a].types; pair.type_a++)
        for (pair.type_b = 0; pair.type_b < terms->seat[pair.b].types; pair.type_b++)
            print_pair(trial, security, &pair);
    printf("\n");
}

/* Which peaces somebody broke on purpose (deterrence failed), a bit a run. */
static bool *attacked;

static void note_attack(void *context, uint64_t run, const Event *event) {
    (void)context;
    if (event->kind == NP_EVENT_RENEWED_WAR && event->seat != NP_NO_SEAT) attacked[run - 1] = true;
}

/* Implemented, tested, broken, changed by a later step: of the deals with one security option, or with any. */
static void print_peace(const Trial *trial, uint8_t security, int option, const char *name) {
    uint64_t deals = 0, probed = 0, broken = 0, stepped = 0, probes = 0, attacks = 0;
    for (uint64_t i = 0; i < trial->runs; i++) {
        const Verdict *verdict = &trial->verdict[i];
        if (!verdict->peace.observed) continue;
        if (option >= 0 && verdict->agreement.option[security] != option) continue;
        deals++;
        probed += verdict->peace.probes > 0;
        probes += verdict->peace.probes;
        broken += verdict->peace.broken_at != NP_NEVER;
        attacks += attacked[i];
        stepped += verdict->peace.steps > 0;
    }
    if (deals == 0) return;
    printf("| %s | %llu | ", name, (unsigned long long)deals);
    say_share(probed, deals);
    printf(" | %.2f | ", (double)probes / (double)deals);
    say_share(broken, deals);
    printf(" | %llu | ", (unsigned long long)attacks);
    say_share(stepped, deals);
    printf(" |\n");
}

static void print_peaces(const Trial *trial, uint8_t security) {
    const Issue *issue = &trial->scenario->negotiation.terms.domain.issue[security];
    printf("### What becomes of the deals in ten years\n\n"
           "The same runs as with enforcement, `--horizon 10`. Implemented are the deals that "
           "entered force.\n\n"
           "| deal | implemented | probed at least once | probes each | broken | changed by a "
           "later step |\n"
           "|---|---|---|---|---|---|\n");
    for (int option = 0; option < issue->options; option++)
        print_peace(trial, security, option, setting("`%s`", issue->option[option]));
    print_peace(trial, security, -1, "all");
    printf(
        "\nBy construction: all else equal, a stronger guarantee is probed less and breaks less "
        "(H6, and part of T10). That is written\n"
        "into the scenario's `credibility` and `effect` numbers and is no finding. All else is not "
        "equal between the rows: deals with\n"
        "different guarantees differ in their other provisions and in when they came about.\n\n");
}

void page_end_states(uint64_t seeds) {
    attacked = memory_new(seeds, sizeof *attacked);
    Trial with = trial_play(STAGE_FILE(file, "enforcement.observe=3652d"), seeds,
                            &(Watcher){.happened = note_attack});
    Trial without = trial_play(STAGE_FILE(file, "enforcement={}"), seeds, NULL);
    uint8_t security = trial_issue(&with, "security");
    assert_true(without.scenario->negotiation.terms.durability == NULL);
    printf("## How `%s` ends\n\n"
           "*With enforcement* a seat values a deal by how long its peace is expected to hold. "
           "*Without*, "
           "`--set enforcement={}`:\nevery deal counts as if it held for ever. Everything else is "
           "the same. "
           "What changes between the columns is therefore the\nwhole effect of the term in this "
           "scenario.\n\n",
           file);
    print_both(&with, &without, security);
    print_types("with enforcement", &with, security);
    print_types("without enforcement", &without, security);
    print_peaces(&with, security);
    trial_finish(&with);
    trial_finish(&without);
    memory_free(attacked);
}
