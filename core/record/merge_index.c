#include "core/record/merge_index.h"

#include <string.h>

#include "core/base/memory.h"

/* Hashes are as good as chance. */
static uint64_t first_place(const MergeIndex *index, const Digest *header) {
    uint64_t number;
    memcpy(&number, header->bytes, sizeof number);
    return number & (index->capacity - 1);
}

static void put(MergeIndex *index, const struct MergeEntry *entry) {
    uint64_t at = first_place(index, &entry->identity.header);
    while (index->entry[at].run != 0) at = (at + 1) & (index->capacity - 1);
    index->entry[at] = *entry;
    index->count++;
}

static void grow(MergeIndex *index) {
    MergeIndex larger = {.capacity = index->capacity ? 2 * index->capacity : 64};
    larger.entry = memory_new(larger.capacity, sizeof *larger.entry);
    for (uint64_t i = 0; i < index->capacity; i++)
        if (index->entry[i].run != 0) put(&larger, &index->entry[i]);
    memory_free(index->entry);
    *index = larger;
}

void merge_index_add(MergeIndex *index, const RunIdentity *identity, uint64_t run) {
    if (2 * index->count >= index->capacity) grow(index);
    put(index, &(struct MergeEntry){*identity, run});
}

void merge_index_finish(MergeIndex *index) {
    memory_free(index->entry);
}

static bool same_identity(const RunIdentity *a, const RunIdentity *b) {
    return a->ended == b->ended && digest_equal(&a->header, &b->header) &&
           digest_equal(&a->events, &b->events);
}

bool merge_index_has(const MergeIndex *index, const RunIdentity *identity) {
    if (index->capacity == 0) return false;
    uint64_t at = first_place(index, &identity->header);
    for (; index->entry[at].run != 0; at = (at + 1) & (index->capacity - 1))
        if (same_identity(&index->entry[at].identity, identity)) return true;
    return false;
}

uint64_t merge_index_find(const MergeIndex *index, const Digest *header) {
    if (index->capacity == 0) return 0;
    uint64_t at = first_place(index, header);
    for (; index->entry[at].run != 0; at = (at + 1) & (index->capacity - 1))
        if (digest_equal(&index->entry[at].identity.header, header)) return index->entry[at].run;
    return 0;
}

/* --- reading --- */

static bool add_payload(void *context, const Event *event, const uint8_t *bytes, size_t length) {
    (void)event;
    digest_add(context, bytes, length);
    return true;
}

bool run_identity(Record *record, const RunRow *row, RunIdentity *out, Error *error) {
    DigestState state;
    *out = (RunIdentity){.header = row->header_hash, .events = row->digest, .ended = row->ended};
    if (row->ended) return true;
    digest_begin(&state);
    if (!record_walk(record, row->run, 1, add_payload, &state, error)) return false;
    out->events = digest_end(&state);
    return true;
}

bool merge_index_read(MergeIndex *index, Record *record, Error *error) {
    RunRow row = {0};
    RunIdentity identity;
    Error trouble = {0};
    while (record_next_run(record, row.run, &row, &trouble)) {
        if (!run_identity(record, &row, &identity, error)) return false;
        merge_index_add(index, &identity, row.run);
    }
    return !trouble.kind || error_set(error, trouble.kind, "%s", trouble.text);
}
