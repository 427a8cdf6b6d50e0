/* A scenario file as commands read it: with the built-in strategies known. */
#ifndef CLI_SCENARIO_FILE_H
#define CLI_SCENARIO_FILE_H

#include "core/scenario/scenario.h"

/* As scenario_read, without settings. */
Scenario *scenario_file_read(const char *path, Text *complaints, Error *error);

#endif
