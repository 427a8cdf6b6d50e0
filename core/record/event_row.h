/* An event as a row of table `events`: the one place that says which column shows what. Writing binds
 * these cells; the check holds them against the stored ones. The mapping is one to one: a payload that
 * differs in a readable field differs in a column. */
#ifndef CORE_RECORD_EVENT_ROW_H
#define CORE_RECORD_EVENT_ROW_H

#include "core/record/cell.h"
#include "core/record/names.h"
#include "core/record/world_names.h"
#include "core/referee/event.h"

/* The columns in the order of the table. */
typedef enum EventColumn {
    COLUMN_KEY,
    COLUMN_CAUSE,
    COLUMN_AT,
    COLUMN_DECIDED_AT,
    COLUMN_EXPIRES_AT,
    COLUMN_KIND,
    COLUMN_SEAT,
    COLUMN_OFFER,
    COLUMN_PACKAGE,
    COLUMN_PACKAGES,
    COLUMN_SEATS,
    COLUMN_RULING,
    COLUMN_REFUSED,
    COLUMN_REASON,
    COLUMN_ISSUE,
    COLUMN_OPTION,
    COLUMN_BREAKS_COMMITMENT,
    COLUMN_PASSED,
    COLUMN_DEMAND,
    COLUMN_DISTANCE,
    COLUMN_TEXT,
    COLUMN_PAYLOAD,
    EVENT_COLUMNS
} EventColumn;

/* The columns of table `details`: what layout 2 adds. */
typedef enum DetailColumn {
    DETAIL_KEY,
    DETAIL_PLACE,
    DETAIL_SUBJECT,
    DETAIL_WORD,
    DETAIL_AMOUNT,
    DETAIL_BEFORE,
    DETAIL_COLUMNS
} DetailColumn;

/* Room for the texts that a row has to make. */
typedef struct EventScratch {
    char *menu; /* names->longest */
    char issue[16], option[16], refused[16];
    char place[16], subject[16], word[16];
} EventScratch;

/* Keys hold the run in the upper half and the event in the lower one. */
#define EVENT_KEY_LIMIT UINT64_C(0x7fffffff)

static inline int64_t event_key(uint64_t run, uint64_t event) {
    return (int64_t)(run << 32 | event);
}

void event_row(uint64_t run, const Event *event, const uint8_t *payload, size_t length,
               const Names *names, EventScratch *scratch, Cell row[EVENT_COLUMNS]);

/* False when there is no such row: the event says nothing that layout 1 does not. `names` may be NULL. */
bool event_detail_row(uint64_t run, const Event *event, const WorldNames *names,
                      EventScratch *scratch, Cell row[DETAIL_COLUMNS]);

#endif
