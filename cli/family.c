#include "cli/family.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

static void add(Family *family, const RunRow *row) {
    if (family->count == family->capacity) {
        family->capacity = family->capacity ? 2 * family->capacity : 64;
        family->kin = memory_grow(family->kin, family->capacity, sizeof *family->kin);
    }
    family->kin[family->count++] =
        (Kin){.run = row->run, .parent = row->parent, .header = row->header_hash};
    family->branches |= row->branch;
}

static int by_run(const void *a, const void *b) {
    uint64_t first = ((const Kin *)a)->run, second = ((const Kin *)b)->run;
    return first < second ? -1 : first > second;
}

static Kin *find(const Family *family, uint64_t run) {
    Kin wanted = {.run = run};
    return bsearch(&wanted, family->kin, family->count, sizeof wanted, by_run);
}

/* A parent that its child does not name by number is known by its header. Such branches are few. */
static uint64_t find_header(const Family *family, const Digest *header) {
    for (uint32_t i = 0; i < family->count; i++)
        if (digest_equal(&family->kin[i].header, header)) return family->kin[i].run;
    return 0;
}

/* Only an earlier run is a parent: so there are no circles, whatever a damaged record says. */
static void settle_parent(Family *family, Kin *kin) {
    Kin *parent = kin->parent != 0 ? find(family, kin->parent) : NULL;
    if (parent == NULL || parent >= kin)
        kin->parent = 0;
    else
        kin->depth = parent->depth + 1;
}

/* In front of the children that are there already. */
static void add_child(Family *family, uint32_t child) {
    Kin *kin = &family->kin[child];
    if (kin->parent == 0) return;
    Kin *parent = find(family, kin->parent);
    kin->next = parent->first_child;
    parent->first_child = child + 1;
}

bool family_read(Family *family, Record *record, Error *error) {
    RunRow row = {0};
    Error trouble = {0};
    *family = (Family){0};
    while (record_next_run(record, row.run, &row, &trouble)) {
        if (row.branch && row.parent == 0) row.parent = find_header(family, &row.parent_hash);
        add(family, &row);
    }
    for (uint32_t i = 0; i < family->count; i++) settle_parent(family, &family->kin[i]);
    for (uint32_t i = family->count; i > 0; i--) add_child(family, i - 1);
    return !trouble.kind || error_set(error, trouble.kind, "%s", trouble.text);
}

void family_finish(Family *family) {
    memory_free(family->kin);
}

static uint32_t next_root(const Family *family, uint32_t from) {
    for (uint32_t i = from; i < family->count; i++)
        if (family->kin[i].parent == 0) return i + 1;
    return 0;
}

uint32_t family_next(const Family *family, uint32_t at) {
    if (at == 0) return next_root(family, 0);
    const Kin *kin = &family->kin[at - 1];
    if (kin->first_child != 0) return kin->first_child;
    while (kin->parent != 0) {
        if (kin->next != 0) return kin->next;
        kin = find(family, kin->parent);
    }
    return next_root(family, (uint32_t)(kin - family->kin) + 1);
}
