/* Where the reference scenario is: beside the sources, or installed beside the program. */
#ifndef CLI_REFERENCE_SCENARIO_H
#define CLI_REFERENCE_SCENARIO_H

#include <stddef.h>

#include "core/base/error.h"

/* ERROR_NO_INPUT when it is in neither place. */
bool reference_scenario_find(char *path, size_t size, Error *error);

#endif
