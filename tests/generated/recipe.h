/* A scenario file from choices: everything that the format can say, small. */
#ifndef TESTS_GENERATED_RECIPE_H
#define TESTS_GENERATED_RECIPE_H

#include "core/base/text.h"
#include "tests/generated/choices.h"

/* Writes a scenario that the reader takes without an error. */
void recipe_scenario(Choices *choices, Text *yaml);

#endif
