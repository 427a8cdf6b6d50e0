#include "cli/sweep_study.h"

#include <string.h>

#include "cli/plan_words.h"
#include "cli/sweep_parts.h"

/* No run has this number: a sweep claims it of its record. */
static const uint64_t WHOLE_RECORD = UINT64_C(1) << 40;

/* --- which study --- */

/* 0: it is not there. */
static uint64_t find_study(const SweepPlan *plan, Record *record) {
    StudyRow row;
    for (uint64_t study = 1; record_study_find(record, study, &row, NULL, NULL, NULL); study++)
        if (digest_equal(&row.hash, &plan->hash)) return study;
    return 0;
}

static bool refuse_again(const SweepPlan *plan, Error *error) {
    char safe[256];
    return error_set(error, ERROR_USAGE,
                     "%s holds this study already: --resume plays what is missing and prints the "
                     "results; with a larger --reps it plays more repetitions",
                     text_safe(safe, sizeof safe, plan->base.record));
}

static bool refuse_another(const SweepPlan *plan, Record *record, Error *error) {
    StudyRow row;
    Text words = {0}, different = {0};
    char safe[256];
    if (!record_study_find(record, 0, &row, &words, NULL, NULL)) {
        text_finish(&words);
        return true;
    }
    plan_words_differ(text_get(&words), text_get(&plan->words), &different);
    error_set(error, ERROR_USAGE,
              "%s holds another study, and there is nothing of this one to resume. What differs: "
              "%s. Without --resume it is begun beside the other",
              text_safe(safe, sizeof safe, plan->base.record), text_get(&different));
    text_finish(&words);
    text_finish(&different);
    return false;
}

static bool may_begin(const SweepPlan *plan, Record *record, bool resume, Error *error) {
    bool there = find_study(plan, record) != 0;
    if (there && !resume) return refuse_again(plan, error);
    return there || !resume || refuse_another(plan, record, error);
}

/* --- what is there of it --- */

typedef struct Look {
    SweepStudy *study;
    const SweepPlan *plan;
} Look;

static bool look_at(void *context, const OutcomeRow *outcome) {
    const Look *look = context;
    SweepStudy *study = look->study;
    if (outcome->repetition >= study->repetitions) study->repetitions = outcome->repetition + 1;
    if (outcome->repetition >= look->plan->repetitions) return true;
    uint64_t number = sweep_job_number(look->plan, (SweepJob){outcome->cell, outcome->repetition});
    study->done[number / 8] |= (uint8_t)(1u << number % 8);
    return true;
}

static uint64_t count_missing(const SweepStudy *study, const SweepPlan *plan) {
    uint64_t jobs = sweep_plan_jobs(plan), missing = 0;
    for (uint64_t number = 0; number < jobs; number++)
        missing += (study->done[number / 8] >> number % 8 & 1) == 0 &&
                   shard_plays(plan->shard, number % plan->cells, number / plan->cells);
    return missing;
}

static bool look(SweepStudy *study, const SweepPlan *plan, Record *record, Error *error) {
    Look looking = {study, plan};
    study->done = memory_new(sweep_plan_jobs(plan) / 8 + 1, 1);
    if (!record_outcomes(record, study->study, look_at, &looking, error)) return false;
    study->missing = count_missing(study, plan);
    return true;
}

/* --- beginning and taking over --- */

static bool claim(SweepStudy *study, const SweepPlan *plan, Error *error) {
    char safe[256];
    study->claims = claims_create(plan->base.record);
    Error why = {0};
    if (claims_take(study->claims, WHOLE_RECORD, &why)) return true;
    if (why.kind != ERROR_IO) return error_set(error, why.kind, "%s", why.text);
    return error_set(error, ERROR_IO, "another sweep is writing to %s",
                     text_safe(safe, sizeof safe, plan->base.record));
}

static bool begin(SweepStudy *study, const SweepPlan *plan, Record *record, bool resume,
                  Error *error) {
    StudyHeader header = sweep_plan_header(plan);
    const char *path = plan->base.record;
    return (!resume || sweep_parts_merge(record, path, 1, sweep_parts_free(path), error)) &&
           may_begin(plan, record, resume, error) &&
           record_study_begin(record, &header, &study->study, error) &&
           look(study, plan, record, error);
}

bool sweep_study_begin(SweepStudy *study, const SweepPlan *plan, bool resume, Error *error) {
    *study = (SweepStudy){0};
    Record *record = record_open(plan->base.record, error);
    bool good = record != NULL && claim(study, plan, error) &&
                begin(study, plan, record, resume, error) && record_checkpoint(record, error);
    record_close(record);
    return good;
}

bool sweep_study_take(const SweepStudy *study, const SweepPlan *plan, const SweepWork *work,
                      Error *error) {
    Record *record = record_open(plan->base.record, error);
    bool good = record != NULL &&
                sweep_parts_merge(record, plan->base.record, work->first_part, work->parts, error);
    for (uint32_t i = 0; i < work->failures && good; i++) {
        const SweepFailure *failure = &work->failure[i];
        good = record_failure(record, study->study, failure->job.cell, failure->job.repetition,
                              failure->why, error);
    }
    good = good && record_checkpoint(record, error);
    record_close(record);
    return good;
}

void sweep_study_finish(SweepStudy *study) {
    memory_free(study->done);
    if (study->claims != NULL) {
        claims_release(study->claims, WHOLE_RECORD);
        claims_destroy(study->claims);
    }
}
