#include "tests/core/record/study_sample.h"

#include <stdio.h>
#include <string.h>

StudyHeader study_header(void) {
    RunHeader run = sample_header(1);
    return (StudyHeader){.plan = STUDY_PLAN,
                         .scenario_name = run.scenario_name,
                         .scenario_text = run.scenario_text,
                         .scenario_length = run.scenario_length,
                         .seed = 7,
                         .cells = STUDY_CELLS,
                         .version = run.version,
                         .started_at = run.started_at,
                         .seats = 2,
                         .seat_id = {"ukraine", "russia"}};
}

uint64_t study_begin(Record *record) {
    Error error = {0};
    StudyHeader header = study_header();
    uint64_t study = 0;
    assert_good(record_study_begin(record, &header, &study, &error), error);
    for (uint64_t cell = 0; cell < STUDY_CELLS; cell++) {
        char settings[64], numbers[64];
        int days = 30 * (int)(cell + 1);
        snprintf(settings, sizeof settings, "[\"time.deadline=%dd\"]", days);
        snprintf(numbers, sizeof numbers, "{\"time.deadline\":%d}", days);
        assert_good(record_cell(record, study, cell, settings, numbers, &error), error);
    }
    return study;
}

static void break_down(Verdict *verdict) {
    verdict->kind = VERDICT_BREAKDOWN;
    verdict->reason = REASON_WALK_OUT;
    verdict->seat = 1;
    verdict->in_force = -1;
    verdict->signatories = 0;
    verdict->accords = 0;
    verdict->first_distance = verdict->last_distance = UTILITY_NONE;
    verdict->seat_result[1].first_demand = verdict->seat_result[1].last_demand = UTILITY_NONE;
    verdict->seat_result[1].offers = 0;
}

static void look_after(Verdict *verdict, uint64_t job) {
    verdict->peace = (Peace){.observed = true,
                             .until = verdict->ended_at + 365 * 86400,
                             .broken_at = job % 4 == 0 ? verdict->ended_at + 86400 : NP_NEVER,
                             .probes = 3,
                             .steps = 1,
                             .in_force = sample_package(0, 0)};
}

StudyOutcome study_outcome(uint64_t cell, uint64_t repetition) {
    uint64_t job = repetition * STUDY_CELLS + cell;
    StudyOutcome outcome = {.cell = cell,
                            .repetition = repetition,
                            .seed = 1000 + repetition,
                            .epoch = SAMPLE_EPOCH,
                            .drawn = job % 5 == 0 ? "[\"seats.russia.patience=0.5\"]" : "[]",
                            .domain = &sample_negotiation.terms.domain,
                            .verdict = sample_verdict()};
    Verdict *verdict = &outcome.verdict;
    verdict->digest = digest_of(&job, sizeof job);
    verdict->events = 10 + job;
    verdict->seat_result[0].utility = 500000000 + (Utility)job;
    verdict->seat_result[1].costs = (Utility)(job % 7);
    verdict->seat_result[1].type = job % 2;
    if (job % 3 == 1) break_down(verdict);
    if (verdict->kind == VERDICT_AGREEMENT && job % 2 == 0) look_after(verdict, job);
    return outcome;
}

void study_record(Record *record, uint64_t study, uint64_t cell, uint64_t repetition) {
    Error error = {0};
    StudyOutcome outcome = study_outcome(cell, repetition);
    assert_good(record_outcome(record, study, &outcome, &error), error);
}

const char *study_rows(const char *path) {
    return sample_query(
        path,
        "SELECT t.*, c.hash FROM studies t JOIN scenarios c USING (scenario) ORDER BY t.study;"
        "SELECT * FROM study_seats ORDER BY study, seat;"
        "SELECT * FROM cells ORDER BY study, cell;"
        "SELECT * FROM outcomes ORDER BY key;"
        "SELECT * FROM outcome_seats ORDER BY key;"
        "SELECT * FROM outcome_runs ORDER BY key, header_hash;"
        "SELECT * FROM failures ORDER BY study, repetition, cell, attempt, why");
}
