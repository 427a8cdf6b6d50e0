/* What agents' faults have ended in a sweep. */
#include <string.h>

#include "cli/sweep_players.h"
#include "cli/sweep_result.h"

enum { MOST_ASKED = 8, MOST_TOLD = 20 };

/* --- why --- */

static void ask(SweepResult *result, SweepPlayers *players, FaultedCell *faulted) {
    Text why = {0};
    Error error = {0};
    const SweepRun *run = sweep_players_play(players, faulted->job, &error);
    if (run != NULL && sweep_run_fault(run, &why))
        faulted->why = arena_text(&result->arena, text_get(&why), why.length);
    text_finish(&why);
}

/* Programs, and what is kept in a process of its own, are not let in here to be asked. */
void sweep_faults_ask(SweepResult *result) {
    if (result->faulted_count == 0 || result->plan->processes) return;
    SweepPlayers *players = sweep_players_create(result->plan);
    for (uint32_t i = 0; i < result->faulted_count && i < MOST_ASKED; i++)
        ask(result, players, &result->faulted[i]);
    sweep_players_destroy(players);
}

/* --- telling --- */

static void tell(const SweepResult *result, const FaultedCell *faulted, Text *out) {
    text_addf(out, "  cell %llu, %llu run%s, the first of them repetition %llu",
              (unsigned long long)faulted->job.cell, (unsigned long long)faulted->runs,
              faulted->runs == 1 ? "" : "s", (unsigned long long)faulted->job.repetition);
    if (faulted->why != NULL) text_add(out, ": ");
    if (faulted->why != NULL) text_add_safe(out, faulted->why);
    text_add(out, "\n    ");
    sweep_cell_command(result->plan, faulted->job, out);
    text_add(out, "\n");
}

void sweep_faults_table(const SweepResult *result, Text *out) {
    if (result->faulted_count == 0) return;
    text_add(out, "\nEnded by an agent's fault\n");
    for (uint32_t i = 0; i < result->faulted_count && i < MOST_TOLD; i++)
        tell(result, &result->faulted[i], out);
    if (result->faulted_count > MOST_TOLD)
        text_addf(out, "  … and in %u cells more: --json has all\n",
                  result->faulted_count - MOST_TOLD);
}

void sweep_faults_json(const SweepResult *result, Json *json) {
    Text command = {0};
    json_array(json, "faults");
    for (uint32_t i = 0; i < result->faulted_count; i++) {
        const FaultedCell *faulted = &result->faulted[i];
        text_clear(&command);
        sweep_cell_command(result->plan, faulted->job, &command);
        json_object(json, NULL);
        json_int(json, "cell", (int64_t)faulted->job.cell);
        json_int(json, "runs", (int64_t)faulted->runs);
        json_int(json, "repetition", (int64_t)faulted->job.repetition);
        json_int(json, "seed", (int64_t)study_seed(result->plan->seed, faulted->job.repetition));
        json_string(json, "why", faulted->why);
        json_string(json, "command", text_get(&command));
        json_end_object(json);
    }
    json_end_array(json);
    text_finish(&command);
}
