/* Changes to a scenario, as given by --set and as recorded: a JSON array of "PATH=VALUE". */
#ifndef CLI_SETTING_LIST_H
#define CLI_SETTING_LIST_H

#include "cli/options.h"
#include "core/base/memory.h"
#include "core/scenario/scenario.h"

enum { SETTING_LIST_MAX = 256 };

typedef struct SettingList {
    Setting setting[SETTING_LIST_MAX];
    size_t count;
    Arena arena; /* owns the strings */
} SettingList;

void setting_list_init(SettingList *list);
void setting_list_finish(SettingList *list);

/* "PATH=VALUE"; ERROR_USAGE when there is no "=" or there are too many. */
bool setting_list_add(SettingList *list, const char *assignment, Error *error);
/* Adds what the command line says: --set PATH=VALUE as it stands; --strategy SEAT=SPEC is short for
 * --set seats.SEAT.strategy=SPEC. */
bool setting_list_given(SettingList *list, const Options *options, Error *error);
/* Adds what setting_list_json wrote; ERROR_SCENARIO when it is anything else. */
bool setting_list_read(SettingList *list, const char *json, Error *error);
void setting_list_json(const SettingList *list, Text *out);

#endif
