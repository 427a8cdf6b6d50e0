#include "cli/sweep_dry_run.h"

#include "cli/output.h"
#include "cli/progress.h"
#include "cli/sweep_players.h"
#include "cli/sweep_troupe.h"
#include "proto/wall_clock.h"

enum { SHOWN = 6, TRIED = 8, ENOUGH_NS = 1000000000 };

/* Jobs spread over the cells, so that slow ones are among them. */
static SweepJob job_to_try(const SweepPlan *plan, uint64_t number) {
    uint64_t tried = plan->cells < TRIED ? plan->cells : TRIED;
    return (SweepJob){.cell = number % tried * (plan->cells - 1) / (tried > 1 ? tried - 1 : 1),
                      .repetition = number / tried % plan->repetitions};
}

typedef struct Trial {
    uint64_t runs;
    double seconds;
    uint64_t faults; /* runs that an agent's fault has ended */
    Text fault;      /* the first: why, and how to play it alone */
} Trial;

static void note_fault(const SweepPlan *plan, const SweepRun *run, Trial *trial) {
    Text why = {0};
    if (sweep_run_fault(run, &why) && trial->faults++ == 0) {
        text_addf(&trial->fault, "cell %llu, repetition %llu: ", (unsigned long long)run->job.cell,
                  (unsigned long long)run->job.repetition);
        text_add_safe(&trial->fault, text_get(&why));
        text_add(&trial->fault, "\n    ");
        sweep_cell_command(plan, run->job, &trial->fault);
    }
    text_finish(&why);
}

static bool try_in_turn(const SweepPlan *plan, uint64_t most, Trial *trial, Error *error) {
    SweepPlayers *players = sweep_players_create(plan);
    int64_t began = wall_monotonic_ns();
    bool good = true;
    while (good && trial->runs < most && wall_monotonic_ns() - began < ENOUGH_NS) {
        const SweepRun *run = sweep_players_play(players, job_to_try(plan, trial->runs), error);
        good = run != NULL;
        if (good) note_fault(plan, run, trial);
        trial->runs += good;
    }
    sweep_players_destroy(players);
    return good;
}

static bool try_at_once(const SweepPlan *plan, uint64_t most, Trial *trial, Error *error) {
    SweepTroupe *troupe = sweep_troupe_create(plan);
    SweepTurn turn[TRIED];
    for (uint32_t i = 0; i < most; i++) turn[i].job = job_to_try(plan, i);
    bool good = sweep_troupe_play(troupe, turn, (uint32_t)most, error);
    for (uint32_t i = 0; i < most && good; i++)
        if (turn[i].run != NULL)
            note_fault(plan, turn[i].run, trial);
        else
            good = error_set(error, turn[i].why.kind, "%s", turn[i].why.text);
    trial->runs = most;
    sweep_troupe_destroy(troupe);
    return good;
}

static bool try_some(const SweepPlan *plan, Trial *trial, Error *error) {
    int64_t began = wall_monotonic_ns();
    uint64_t most = sweep_plan_jobs(plan) < TRIED ? sweep_plan_jobs(plan) : TRIED;
    bool good = (plan->processes ? try_at_once : try_in_turn)(plan, most, trial, error);
    trial->seconds = (double)(wall_monotonic_ns() - began) / 1e9;
    return good;
}

/* --- telling --- */

static uint64_t own_jobs(const SweepPlan *plan) {
    uint64_t jobs = sweep_plan_jobs(plan), own = 0;
    if (plan->shard.shards == 1) return jobs;
    for (uint64_t number = 0; number < jobs; number++)
        own += shard_plays(plan->shard, number % plan->cells, number / plan->cells);
    return own;
}

static double all_seconds(const SweepPlan *plan, const Trial *trial) {
    return trial->seconds / (double)trial->runs * (double)own_jobs(plan) / plan->workers;
}

static void tell_cells(const SweepPlan *plan, Text *out) {
    Text settings = {0};
    for (uint64_t cell = 0; cell < plan->cells && cell < SHOWN; cell++) {
        text_clear(&settings);
        design_settings(plan->design, cell, 0, false, &settings);
        text_addf(out, "  cell %llu: ", (unsigned long long)cell);
        text_add_safe(out, text_get(&settings));
        text_add(out, "\n");
    }
    if (plan->cells > SHOWN)
        text_addf(out, "  … and %llu more\n", (unsigned long long)(plan->cells - SHOWN));
    text_finish(&settings);
    text_add(out, "Seeds:");
    for (uint64_t i = 0; i < plan->repetitions && i < SHOWN; i++)
        text_addf(out, " %llu", (unsigned long long)study_seed(plan->seed, i));
    text_add(out, plan->repetitions > SHOWN ? " …\n" : "\n");
}

static void tell(const SweepPlan *plan, const Trial *trial, Text *out) {
    uint64_t jobs = own_jobs(plan);
    text_addf(out, "%llu cell%s × %llu repetition%s: %llu runs", (unsigned long long)plan->cells,
              plan->cells == 1 ? "" : "s", (unsigned long long)plan->repetitions,
              plan->repetitions == 1 ? "" : "s", (unsigned long long)sweep_plan_jobs(plan));
    if (plan->shard.shards > 1)
        text_addf(out, ", %llu of them in shard %u/%u", (unsigned long long)jobs,
                  plan->shard.shard + 1, plan->shard.shards);
    text_add(out, "\n");
    tell_cells(plan, out);
    text_addf(out, "Time: %llu run%s over the cells took ", (unsigned long long)trial->runs,
              trial->runs == 1 ? "" : "s");
    progress_words(out, trial->seconds);
    text_addf(out, " with what they had to prepare; all of them, with -j %u, about ",
              plan->workers);
    progress_words(out, all_seconds(plan, trial));
    text_add(out, " or less\n");
    if (trial->faults > 0)
        text_addf(out, "%llu of the runs that were tried ended by an agent's fault, such as %s\n",
                  (unsigned long long)trial->faults, text_get(&trial->fault));
    text_add(out, "Nothing was recorded.\n");
    output_result(out);
}

static void tell_json(const SweepPlan *plan, const Trial *trial, Text *text) {
    Text settings = {0};
    Json json = output_json(text, "nonpaper.sweep_plan/1");
    json_int(&json, "cells", (int64_t)plan->cells);
    json_int(&json, "repetitions", (int64_t)plan->repetitions);
    json_int(&json, "runs", (int64_t)own_jobs(plan));
    json_array(&json, "settings");
    for (uint64_t cell = 0; cell < plan->cells && cell < SHOWN; cell++) {
        text_clear(&settings);
        design_settings(plan->design, cell, 0, false, &settings);
        json_string(&json, NULL, text_get(&settings));
    }
    json_end_array(&json);
    json_array(&json, "seeds");
    for (uint64_t i = 0; i < plan->repetitions && i < SHOWN; i++)
        json_int(&json, NULL, (int64_t)study_seed(plan->seed, i));
    json_end_array(&json);
    json_int(&json, "tried", (int64_t)trial->runs);
    json_double(&json, "tried_seconds", trial->seconds);
    json_int(&json, "tried_faults", (int64_t)trial->faults);
    json_int(&json, "jobs", plan->workers);
    json_double(&json, "seconds", all_seconds(plan, trial));
    output_json_end(&json);
    text_finish(&settings);
}

int sweep_dry_run(const SweepPlan *plan) {
    Error error = {0};
    Trial trial = {0};
    Text text = {0};
    if (try_some(plan, &trial, &error))
        (option_given(plan->options, "json") ? tell_json : tell)(plan, &trial, &text);
    text_finish(&text);
    text_finish(&trial.fault);
    return output_finish(output_error(&error));
}
