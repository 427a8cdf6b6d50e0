#include <assert.h>
#include <stdio.h>

#include "core/record/study_writer.h"

/* --- the writer --- */

StudyWriter *study_writer(Record *record) {
    if (record->studies) return record->studies;
    StudyWriter *writer = record->studies = memory_new(1, sizeof *writer);
    writer->cell = memory_new(STUDY_BATCH, sizeof *writer->cell);
    writer->outcome = memory_new(STUDY_BATCH, sizeof *writer->outcome);
    writer->seat = memory_new((size_t)STUDY_BATCH * NP_MAX_SEATS, sizeof *writer->seat);
    return writer;
}

void study_writer_destroy(StudyWriter *writer) {
    if (!writer) return;
    for (int i = 0; i < 2; i++) sqlite3_finalize(writer->add_seats[i]);
    text_finish(&writer->texts);
    memory_free(writer->cell);
    memory_free(writer->outcome);
    memory_free(writer->seat);
    memory_free(writer);
}

bool study_writer_waits(const Record *record) {
    const StudyWriter *writer = record->studies;
    return writer && writer->cells + writer->outcomes > 0;
}

void study_writer_forget(Record *record) {
    StudyWriter *writer = record->studies;
    if (!writer) return;
    writer->cells = writer->outcomes = writer->seats = 0;
    text_clear(&writer->texts);
}

bool study_writer_agrees(Record *record, Error *error) {
    StudyWriter *writer = record->studies;
    if (!writer || writer->conflict.kind == ERROR_NONE) return true;
    Error said = writer->conflict;
    writer->conflict = (Error){0};
    return error_set(error, said.kind, "%s", said.text);
}

static bool make_room(Record *record, uint32_t waiting, Error *error) {
    bool full = waiting == STUDY_BATCH || record->studies->texts.length > STUDY_BATCH_BYTES;
    return !full || record_commit(record, error);
}

static bool bounded(const OpenStudy *open, uint64_t repetition, uint64_t cell, Error *error) {
    char place[96];
    assert(cell < open->cells);
    if (repetition < STUDY_MOST_JOBS / open->cells) return true;
    study_place(place, open, repetition, cell);
    return error_set(error, ERROR_USAGE, "%s: a study has fewer than %llu jobs.", place,
                     (unsigned long long)STUDY_MOST_JOBS);
}

/* --- texts --- */

static PendingText since(const StudyWriter *writer, size_t at) {
    return (PendingText){(uint32_t)at, (uint32_t)(writer->texts.length - at)};
}

static PendingText keep(StudyWriter *writer, const char *text) {
    size_t at = writer->texts.length;
    text_add(&writer->texts, text);
    return since(writer, at);
}

static PendingText keep_package(StudyWriter *writer, const Domain *domain, const Outcome *package) {
    size_t at = writer->texts.length;
    names_package(domain, package, &writer->texts);
    return since(writer, at);
}

static PendingText keep_accords(StudyWriter *writer, const Domain *domain, const Verdict *verdict) {
    size_t at = writer->texts.length;
    text_add(&writer->texts, "[");
    for (uint32_t i = 0; i < verdict->accords; i++) {
        if (i > 0) text_add(&writer->texts, ",");
        names_package(domain, &verdict->accord[i], &writer->texts);
    }
    text_add(&writer->texts, "]");
    return since(writer, at);
}

/* --- cells --- */

bool record_cell(Record *record, uint64_t study, uint64_t cell, const char *settings,
                 const char *numbers, Error *error) {
    assert(record->writing);
    OpenStudy open;
    if (record->failure.kind) return write_failed(record, error);
    if (!study_open(record, study, &open, error)) return false;
    assert(cell < open.cells);
    StudyWriter *writer = study_writer(record);
    if (!make_room(record, writer->cells, error)) return false;
    PendingCell *waits = &writer->cell[writer->cells++];
    *waits = (PendingCell){.study = study, .cell = cell};
    waits->settings = keep(writer, settings);
    waits->numbers = keep(writer, numbers);
    return true;
}

/* --- outcomes --- */

static void pend_verdict(PendingOutcome *waits, const Verdict *verdict) {
    waits->kind = verdict->kind;
    waits->reason = verdict->reason;
    waits->seat = verdict->seat;
    waits->in_force = verdict->in_force;
    waits->signatories = verdict->signatories;
    waits->ended_at = verdict->ended_at;
    waits->events = verdict->events;
    waits->first_distance = verdict->first_distance;
    waits->last_distance = verdict->last_distance;
    waits->digest = verdict->digest;
}

static void pend_peace(StudyWriter *writer, PendingOutcome *waits, const Domain *domain,
                       const Peace *peace) {
    waits->observed = peace->observed;
    if (!peace->observed) return;
    waits->peace_until = peace->until;
    waits->peace_broken_at = peace->broken_at;
    waits->peace_probes = peace->probes;
    waits->peace_steps = peace->steps;
    waits->peace_in_force = keep_package(writer, domain, &peace->in_force);
}

static void pend_outcome(StudyWriter *writer, const OpenStudy *open, const StudyOutcome *outcome) {
    const Verdict *verdict = &outcome->verdict;
    PendingOutcome *waits = &writer->outcome[writer->outcomes++];
    *waits = (PendingOutcome){.study = *open,
                              .cell = outcome->cell,
                              .repetition = outcome->repetition,
                              .seed = outcome->seed,
                              .epoch = outcome->epoch,
                              .recorded = outcome->header_hash != NULL,
                              .seats = writer->seats};
    pend_verdict(waits, verdict);
    if (outcome->header_hash) waits->header_hash = *outcome->header_hash;
    waits->drawn = keep(writer, outcome->drawn);
    if (verdict->kind == VERDICT_AGREEMENT)
        waits->agreement = keep_package(writer, outcome->domain, &verdict->agreement);
    waits->accords = keep_accords(writer, outcome->domain, verdict);
    pend_peace(writer, waits, outcome->domain, &verdict->peace);
    memcpy(&writer->seat[writer->seats], verdict->seat_result, open->seats * sizeof *writer->seat);
    writer->seats += open->seats;
}

bool record_outcome(Record *record, uint64_t study, const StudyOutcome *outcome, Error *error) {
    assert(record->writing && outcome->verdict.kind != VERDICT_OPEN);
    OpenStudy open;
    if (record->failure.kind) return write_failed(record, error);
    if (!study_open(record, study, &open, error) ||
        !bounded(&open, outcome->repetition, outcome->cell, error))
        return false;
    StudyWriter *writer = study_writer(record);
    if (!make_room(record, writer->outcomes, error)) return false;
    pend_outcome(writer, &open, outcome);
    return true;
}

/* --- failures --- */

bool record_failure(Record *record, uint64_t study, uint64_t cell, uint64_t repetition,
                    const char *why, Error *error) {
    assert(record->writing);
    OpenStudy open;
    char safe[1001];
    Error trouble = {0};
    if (!record_commit(record, error) || !study_open(record, study, &open, error) ||
        !bounded(&open, repetition, cell, error))
        return false;
    Cell cells[] = {cell_integer((int64_t)study), cell_integer((int64_t)repetition),
                    cell_integer((int64_t)cell), cell_text(text_safe(safe, sizeof safe, why))};
    if (write_begin(record, &trouble) &&
        statement_run(record, STATEMENT_ADD_FAILURE, cells, 4, &trouble) &&
        write_commit(record, &trouble))
        return true;
    return write_give_up(record, &trouble, NULL, error);
}
