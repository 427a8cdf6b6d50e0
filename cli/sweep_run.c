#include "cli/sweep_run.h"

#include <string.h>

#include "cli/entry.h"

/* --- while it is played --- */

void sweep_run_begin(SweepRun *run, const SweepPlan *plan, const SweepCell *cell, SweepJob job) {
    run->job = job;
    run->seed = study_seed(plan->seed, job.repetition);
    run->cell = cell;
    run->faulty = false;
    run->fault[0] = '\0';
    script_clear(&run->script);
}

void sweep_run_finish(SweepRun *run) {
    script_finish(&run->script);
}

static void note_fault(SweepRun *run, const Event *event) {
    run->faulty = true;
    memcpy(run->fault, event->text, event->text_length);
    run->fault[event->text_length] = '\0';
}

void sweep_run_events(SweepRun *run, bool kept, const Event *events, const uint8_t *bytes,
                      const uint32_t *offsets, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (events[i].kind == NP_EVENT_FAULT) note_fault(run, &events[i]);
        if (kept) script_add(&run->script, bytes + offsets[i], offsets[i + 1] - offsets[i]);
    }
}

bool sweep_run_fault(const SweepRun *run, Text *out) {
    const Terms *terms = &run->cell->scenario->negotiation.terms;
    if (run->verdict.reason != REASON_AGENT_FAULT) return false;
    text_add(out, "the agent of ");
    text_add(out, run->verdict.seat < terms->seats ? terms->seat[run->verdict.seat].id : "a seat");
    text_addf(out, " failed: %s", run->fault);
    return true;
}

void sweep_run_recall(const SweepRun *run, Script *script) {
    for (uint64_t i = 0; i < run->script.count; i++) {
        size_t length;
        const uint8_t *bytes = script_bytes(&run->script, i, &length);
        script_add(script, bytes, length);
    }
}

bool sweep_run_keeps(const SweepRun *run, const SweepPlan *plan) {
    const Negotiation *negotiation = &run->cell->scenario->negotiation;
    bool keeps = plan->full;
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++)
        keeps |= negotiation->on_fault[seat] == ON_FAULT_SUBSTITUTE;
    return keeps;
}

/* --- in the record --- */

static bool enter_header(const SweepRun *run, const SweepPlan *plan, Record *record,
                         uint64_t *number, Error *error) {
    const SweepCell *cell = run->cell;
    RunHeader header;
    Arena arena;
    arena_init(&arena);
    entry_header(&header, cell->scenario, &cell->cast, &arena);
    header.settings = text_get(&cell->settings);
    header.seed = run->seed;
    header.lane = plan->base.lane;
    for (SeatId seat = 0; seat < header.seats; seat++)
        header.external[seat] = seat_in(cell->cast.programs, seat);
    bool begun = record_begin(record, &header, &cell->scenario->negotiation, number, error);
    arena_finish(&arena);
    return begun;
}

static bool enter_events(const SweepRun *run, Record *record, uint64_t number, Error *error) {
    Event event;
    bool good = true;
    for (uint64_t i = 0; good && script_event(&run->script, i, &event); i++) {
        size_t length;
        const uint8_t *bytes = script_bytes(&run->script, i, &length);
        uint32_t offsets[2] = {0, (uint32_t)length};
        good = record_events(record, number, &event, bytes, offsets, 1, error);
    }
    return good;
}

static bool enter_outcome(const SweepRun *run, Record *record, uint64_t study,
                          const Digest *header_hash, Error *error) {
    StudyOutcome outcome = {.cell = run->job.cell,
                            .repetition = run->job.repetition,
                            .seed = run->seed,
                            .epoch = run->cell->scenario->negotiation.terms.epoch,
                            .drawn = text_get(&run->cell->drawn),
                            .domain = &run->cell->scenario->negotiation.terms.domain,
                            .verdict = run->verdict,
                            .header_hash = header_hash};
    return record_outcome(record, study, &outcome, error);
}

/* The outcome goes before the run's end, with which it is committed: a run that has ended has an outcome. */
static bool enter_in_full(const SweepRun *run, const SweepPlan *plan, Record *record,
                          uint64_t study, Error *error) {
    uint64_t number;
    RunRow row;
    return enter_header(run, plan, record, &number, error) &&
           enter_events(run, record, number, error) &&
           record_find_run(record, number, &row, error) &&
           enter_outcome(run, record, study, &row.header_hash, error) &&
           record_end(record, number, &run->verdict, error);
}

bool sweep_run_enter(const SweepRun *run, const SweepPlan *plan, Record *record, uint64_t study,
                     Error *error) {
    return plan->full ? enter_in_full(run, plan, record, study, error)
                      : enter_outcome(run, record, study, NULL, error);
}
