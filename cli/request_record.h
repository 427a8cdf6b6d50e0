/* Inside request.c: the part of a request that a record answers. Not for others. */
#ifndef CLI_REQUEST_RECORD_H
#define CLI_REQUEST_RECORD_H

#include "cli/request.h"
#include "cli/setting_list.h"

/* RESUME and BRANCH: finds the run, stages its scenario under the settings that held and that are new, and takes over
 * what it recorded. */
bool request_read_record(PlayRequest *request, SettingList *list, Error *error);

#endif
