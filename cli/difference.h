/* Where two runs part: what differs in what they were given, and the first event that is not the same. */
#ifndef CLI_DIFFERENCE_H
#define CLI_DIFFERENCE_H

#include "cli/run_reference.h"
#include "cli/setting_list.h"

/* One of the two runs at the event where they part. */
typedef struct PartingSide {
    bool there; /* false: the run has ended or was cut short before it */
    Event event, cause;
    bool caused;
    Text told, cause_told; /* a line of the story each */
    Outcome agreement;     /* of the whole run, when it has one */
} PartingSide;

typedef struct Difference {
    uint64_t event; /* the first that differs; 0: all are the same */
    uint64_t same;  /* events before it */
    PartingSide side[2];
} Difference;

/* A path that the two set differently; NULL: not set. */
typedef struct SettingPair {
    const char *path, *value[2];
} SettingPair;

/* False when a record cannot be read. Finish in either case. */
bool difference_find(Difference *difference, RunReference *const run[2], Error *error);
void difference_finish(Difference *difference);

/* Fills `pairs`, which holds 2 * SETTING_LIST_MAX; gives their number. Later settings of a path win. */
size_t difference_settings(const SettingList *const list[2], SettingPair *pairs);

#endif
