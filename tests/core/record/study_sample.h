/* A small study and its outcomes, for the suites of studies. */
#ifndef TESTS_CORE_RECORD_STUDY_SAMPLE_H
#define TESTS_CORE_RECORD_STUDY_SAMPLE_H

#include "core/record/study.h"
#include "tests/core/record/sample.h"

enum { STUDY_CELLS = 3 };
#define STUDY_PLAN "{\"factors\":[\"time.deadline=30d,60d,90d\"],\"seed\":7}"

/* Two seats, three cells. */
StudyHeader study_header(void);
/* Enters the study and its cells; gives its number. */
uint64_t study_begin(Record *record);
/* What the job is made of follows from the two numbers: verdict, digest, seed, utilities; some were looked at afterwards,
 * some have partial accords, some broke down. */
StudyOutcome study_outcome(uint64_t cell, uint64_t repetition);
/* Records that outcome. */
void study_record(Record *record, uint64_t study, uint64_t cell, uint64_t repetition);
/* All rows of all tables of studies, keys included, with scenarios by their hash. */
const char *study_rows(const char *path);

#endif
