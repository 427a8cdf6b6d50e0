/* The studies of one record into another: a set of cells, outcomes and failures united with another, so that shards may
 * be merged in any order, and again. */
#ifndef CORE_RECORD_STUDY_MERGE_H
#define CORE_RECORD_STUDY_MERGE_H

#include "core/record/study_writer.h"

/* Within the caller's transactions on both. */
bool study_merge(Record *to, Record *from, RecordMerge *done, Error *error);

#endif
