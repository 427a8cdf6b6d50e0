#include "cli/sweep_result.h"

#include <string.h>

#include "cli/study_digest.h"
#include "core/base/sim_time.h"
#include "core/study/median.h"
#include "core/study/multiplicity.h"
#include "core/study/proportion.h"
#include "core/study/resample.h"

/* Replicates of the bootstrap: enough for the ends of 95 %, and fewer where a sample is large, whose ends hardly
 * move. */
enum { REPLICATES = 999, FEWEST_REPLICATES = 199, MOST_DRAWS = 4000000 };

/* --- a cell's runs --- */

/* What is read of the runs of a cell, by repetition; NaN where there is none, or one that failed. */
typedef struct Sample {
    const SweepPlan *plan;
    double *utility[NP_MAX_SEATS], *gain[NP_MAX_SEATS], *days;
    uint8_t *code[1 + NP_MAX_ISSUES]; /* of shares */
    uint64_t count, room;             /* repetitions */
    uint64_t fault;                   /* the first repetition that an agent's fault has ended */
    Tally tally;
} Sample;

/* Half the width of a share's interval that is worth a table. */
static const double WANTED = 0.1;

static double none(void) {
    return interval_unknown().estimate;
}

static void make_room(Sample *sample, uint64_t count, uint8_t seats) {
    uint32_t shares = 1 + sample->plan->shares;
    if (count > sample->room) {
        sample->room = 2 * count + 64;
        for (uint32_t i = 0; i < shares; i++)
            sample->code[i] = memory_grow(sample->code[i], sample->room, 1);
        sample->days = memory_grow(sample->days, sample->room, sizeof *sample->days);
        for (SeatId seat = 0; seat < seats; seat++) {
            sample->utility[seat] =
                memory_grow(sample->utility[seat], sample->room, sizeof(double));
            sample->gain[seat] = memory_grow(sample->gain[seat], sample->room, sizeof(double));
        }
    }
    for (; sample->count < count; sample->count++) {
        sample->days[sample->count] = none();
        for (uint32_t i = 0; i < shares; i++) sample->code[i][sample->count] = SHARE_MISSING;
        for (SeatId seat = 0; seat < seats; seat++)
            sample->utility[seat][sample->count] = sample->gain[seat][sample->count] = none();
    }
}

/* Agreement first, then the issues asked for. */
static uint8_t shared_issue(const SweepPlan *plan, uint32_t share) {
    return share == 0 ? NP_NO_OPTION : plan->share[share - 1];
}

static bool take_run(void *context, const OutcomeRow *row) {
    Sample *sample = context;
    uint64_t at = row->repetition;
    make_room(sample, at + 1, row->seats);
    tally_add(&sample->tally, &(TallyRun){.ended = true,
                                          .kind = row->kind,
                                          .reason = row->reason,
                                          .observed = row->observed,
                                          .held = row->held});
    const SweepPlan *plan = sample->plan;
    for (uint32_t i = 0; i <= plan->shares; i++)
        sample->code[i][at] =
            share_code(&sweep_plan_terms(plan)->domain, shared_issue(plan, i), row);
    if (row->reason == REASON_AGENT_FAULT) {
        if (sample->tally.breakdowns[REASON_AGENT_FAULT] == 1) sample->fault = at;
        return true;
    }
    sample->days[at] = (double)row->ended_at / SIM_DAY;
    for (SeatId seat = 0; seat < row->seats; seat++) {
        sample->utility[seat][at] = utility_real(row->utility[seat]);
        sample->gain[seat][at] = utility_real(row->utility[seat] - row->reservation[seat]);
    }
    return true;
}

static void sample_finish(Sample *sample) {
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) {
        memory_free(sample->utility[seat]);
        memory_free(sample->gain[seat]);
    }
    for (uint32_t i = 0; i <= NP_MAX_ISSUES; i++) memory_free(sample->code[i]);
    memory_free(sample->days);
    *sample = (Sample){0};
}

/* --- numbers --- */

typedef struct Reckoner {
    SweepResult *result;
    Record *record;
    Sample first, other;
    double *some; /* those of a sample that are there */
    uint64_t room;
} Reckoner;

static Bootstrap bootstrap_for(const Reckoner *reckoner, uint64_t count) {
    uint64_t replicates = MOST_DRAWS / (count + 1);
    if (replicates > REPLICATES) replicates = REPLICATES;
    if (replicates < FEWEST_REPLICATES) replicates = FEWEST_REPLICATES;
    return (Bootstrap){.replicates = (uint32_t)replicates,
                       .confidence = 0.95,
                       .key = rng_key(reckoner->result->plan->seed, "bootstrap/sweep")};
}

static uint64_t keep_some(Reckoner *reckoner, const double *all, uint64_t count) {
    uint64_t kept = 0;
    if (count > reckoner->room) {
        reckoner->room = 2 * count;
        reckoner->some = memory_grow(reckoner->some, reckoner->room, sizeof *reckoner->some);
    }
    for (uint64_t i = 0; i < count; i++)
        if (all[i] == all[i]) reckoner->some[kept++] = all[i];
    return kept;
}

typedef Interval (*Estimate)(const double *sample, size_t count, const Bootstrap *bootstrap);

/* Of one run there is an estimate, and nothing is known of how far off it is. */
static Interval estimate(Reckoner *reckoner, Estimate of, const double *all, uint64_t count) {
    uint64_t kept = keep_some(reckoner, all, count);
    Interval interval = interval_unknown();
    Bootstrap bootstrap = bootstrap_for(reckoner, kept);
    if (kept == 1) interval.estimate = reckoner->some[0];
    return kept < 2 ? interval : of(reckoner->some, kept, &bootstrap);
}

static void reckon_seat(Reckoner *reckoner, const Sample *sample, SeatId seat,
                        SeatNumbers *numbers) {
    const double *utility = sample->utility[seat];
    numbers->utility = estimate(reckoner, mean_bootstrap, utility, sample->count);
    numbers->median = estimate(reckoner, median_bootstrap, utility, sample->count);
    numbers->gain = estimate(reckoner, mean_bootstrap, sample->gain[seat], sample->count);
}

/* This cell less the first, repetition by repetition: with the same luck. */
static void compare_seat(const Reckoner *reckoner, SeatId seat, SeatNumbers *numbers,
                         Adequacy *adequacy) {
    const Sample *first = &reckoner->first, *other = &reckoner->other;
    uint64_t pairs = first->count < other->count ? first->count : other->count;
    Bootstrap bootstrap = bootstrap_for(reckoner, pairs);
    numbers->difference =
        paired_mean(other->utility[seat], first->utility[seat], pairs, &bootstrap);
    uint64_t differing = 0;
    for (uint64_t i = 0; i < pairs; i++) {
        double difference = other->utility[seat][i] - first->utility[seat][i];
        differing += difference > 0 || difference < 0;
    }
    /* Where nothing differs there is nothing to be found. */
    if (differing > 0)
        adequacy_of_pairs(adequacy, numbers->difference.pairs, pairs, differing,
                          bootstrap.confidence);
}

/* Those of another shard are not missed. */
static uint64_t runs_planned(const SweepPlan *plan, uint64_t cell, const Sample *sample) {
    uint64_t repetitions = plan->repetitions, planned = 0;
    if (sample->count > repetitions) repetitions = sample->count;
    for (uint64_t r = 0; r < repetitions; r++) planned += shard_plays(plan->shard, cell, r);
    return planned > sample->tally.runs ? planned : sample->tally.runs;
}

static void reckon_cell(Reckoner *reckoner, const Sample *sample, CellNumbers *cell,
                        Adequacy *adequacy) {
    SweepResult *result = reckoner->result;
    cell->tally = sample->tally;
    cell->finished = cell->tally.runs - cell->tally.failed;
    cell->agreement = proportion_wilson(cell->tally.agreements, cell->finished, STUDY_Z95);
    cell->days = estimate(reckoner, mean_bootstrap, sample->days, sample->count);
    for (SeatId seat = 0; seat < sweep_plan_terms(result->plan)->seats; seat++)
        reckon_seat(reckoner, sample, seat, &cell->seat[seat]);
    Bootstrap bootstrap = bootstrap_for(reckoner, cell->finished);
    adequacy_of_runs(adequacy, cell->finished, runs_planned(result->plan, cell->cell, sample));
    /* The points of lhs and sobol are not looked at one by one. */
    if (!result->compares || cell->finished == 0) return;
    adequacy_of_proportion(adequacy, cell->tally.agreements, cell->finished, STUDY_Z95, WANTED);
    adequacy_of_bootstrap(adequacy, cell->finished, &bootstrap);
}

static void reckon_shares(Reckoner *reckoner, const Sample *sample, uint64_t cell) {
    SweepResult *result = reckoner->result;
    const Sample *first = &reckoner->first;
    for (uint32_t i = 0; i <= result->plan->shares; i++) {
        ShareCodes own = {sample->code[i], sample->count}, there = {first->code[i], first->count};
        share_reckon(&result->share[i], cell, &own, cell > 0 && result->compares ? &there : NULL);
    }
}

/* --- all cells --- */

static void note_fault(SweepResult *result, uint64_t cell, const Sample *sample) {
    uint64_t runs = sample->tally.breakdowns[REASON_AGENT_FAULT];
    if (runs == 0) return;
    uint32_t count = ++result->faulted_count;
    result->faulted = memory_grow(result->faulted, count, sizeof *result->faulted);
    result->faulted[count - 1] = (FaultedCell){.job = {cell, sample->fault}, .runs = runs};
}

static void sum_up(SweepResult *result, const Tally *tally) {
    Tally *sum = &result->tally;
    sum->runs += tally->runs;
    sum->agreements += tally->agreements;
    sum->failed += tally->failed;
    sum->observed += tally->observed;
    sum->held += tally->held;
    for (uint8_t reason = 0; reason <= REASON_AGENT_FAULT; reason++)
        sum->breakdowns[reason] += tally->breakdowns[reason];
}

static bool read_cell(Reckoner *reckoner, uint64_t number, Error *error) {
    SweepResult *result = reckoner->result;
    CellNumbers *cell = &result->cell[number];
    Sample *sample = number == 0 ? &reckoner->first : &reckoner->other;
    uint8_t seats = sweep_plan_terms(result->plan)->seats;
    Adequacy adequacy = {0};
    cell->cell = number;
    cell->seat = &result->seat[number * seats];
    sample->count = 0;
    sample->tally = (Tally){0};
    if (!record_cell_outcomes(reckoner->record, result->study, number, take_run, sample, error))
        return false;
    make_room(sample, sample->count > 0 ? sample->count : 1, seats);
    reckon_cell(reckoner, sample, cell, &adequacy);
    reckon_shares(reckoner, sample, number);
    for (SeatId seat = 0; seat < seats; seat++)
        if (number > 0 && result->compares)
            compare_seat(reckoner, seat, &cell->seat[seat], &adequacy);
        else
            cell->seat[seat].difference =
                (PairedMean){.difference = interval_unknown(), .p = none()};
    if (sample->tally.runs > 0) sweep_warn(result, number, &adequacy);
    note_fault(result, number, sample);
    sum_up(result, &sample->tally);
    result->cells += sample->tally.runs > 0;
    if (sample->count > result->repetitions) result->repetitions = sample->count;
    return true;
}

/* All seats of all cells are one family of comparisons. */
static void correct_for_many(SweepResult *result) {
    uint64_t count = result->plan->cells * sweep_plan_terms(result->plan)->seats;
    double *p = memory_new(count, sizeof *p);
    for (uint64_t i = 0; i < count; i++) p[i] = result->seat[i].difference.p;
    multiplicity_holm(p, count, p);
    for (uint64_t i = 0; i < count; i++) result->seat[i].p_holm = p[i];
    memory_free(p);
}

static bool read_cells(SweepResult *result, Record *record, Error *error) {
    Reckoner reckoner = {.result = result,
                         .record = record,
                         .first = {.plan = result->plan},
                         .other = {.plan = result->plan}};
    bool good = true;
    for (uint64_t cell = 0; cell < result->plan->cells && good; cell++)
        good = read_cell(&reckoner, cell, error);
    sample_finish(&reckoner.first);
    sample_finish(&reckoner.other);
    memory_free(reckoner.some);
    if (good) correct_for_many(result);
    for (uint32_t i = 0; i <= result->plan->shares && good; i++)
        share_correct(&result->share[i], result->plan->cells);
    return good;
}

static bool take_lost(void *context, uint64_t cell, uint64_t repetition, uint32_t attempts,
                      const char *why) {
    SweepResult *result = context;
    result->lost = memory_grow(result->lost, result->lost_count + 1, sizeof *result->lost);
    result->lost[result->lost_count++] =
        (LostJob){.job = {cell, repetition},
                  .attempts = attempts,
                  .why = arena_text(&result->arena, why, strlen(why))};
    tally_add(&result->cell[cell].tally, &(TallyRun){.ended = false});
    tally_add(&result->tally, &(TallyRun){.ended = false});
    return true;
}

bool sweep_result_read(SweepResult *result, const SweepPlan *plan, Record *record, uint64_t study,
                       Error *error) {
    uint8_t seats = sweep_plan_terms(plan)->seats;
    *result = (SweepResult){.plan = plan, .study = study, .compares = plan->kind == DESIGN_GRID};
    arena_init(&result->arena);
    result->seat = memory_new(plan->cells * seats, sizeof *result->seat);
    result->cell = memory_new(plan->cells, sizeof *result->cell);
    result->share = memory_new(1 + plan->shares, sizeof *result->share);
    for (uint32_t i = 0; i <= plan->shares; i++)
        result->share[i] =
            share_table(&sweep_plan_terms(plan)->domain, shared_issue(plan, i), plan->cells);
    if (!read_cells(result, record, error)) return false;
    sweep_influence_reckon(result);
    sweep_faults_ask(result);
    uint64_t outcomes;
    return record_failures(record, study, take_lost, result, error) &&
           study_digest(record, study, &result->digest, &outcomes, error);
}

void sweep_result_finish(SweepResult *result) {
    for (uint32_t i = 0; result->share != NULL && i <= result->plan->shares; i++)
        share_table_finish(&result->share[i]);
    memory_free(result->share);
    memory_free(result->cell);
    memory_free(result->seat);
    memory_free(result->warning);
    memory_free(result->influence);
    memory_free(result->lost);
    memory_free(result->faulted);
    arena_finish(&result->arena);
}
