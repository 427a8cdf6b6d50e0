/* The parts of a generated scenario, between recipe.c and recipe_world.c. */
#ifndef TESTS_GENERATED_RECIPE_PARTS_H
#define TESTS_GENERATED_RECIPE_PARTS_H

#include "core/base/text.h"
#include "tests/generated/choices.h"

typedef enum RecipeMechanism { OPEN_TABLE, ALTERNATING, SIMULTANEOUS, SINGLE_TEXT } RecipeMechanism;

enum { RECIPE_ISSUES = 4 };

typedef struct Recipe {
    Choices *choices;
    Text *yaml;
    RecipeMechanism mechanism;
    uint32_t seats, issues, variables, levers;
    uint32_t options[RECIPE_ISSUES];
    bool status_quo[RECIPE_ISSUES];
    uint32_t authority; /* 1 + the seat that must be authorised; 0: none */
} Recipe;

/* recipe_world.c */
void recipe_write_world(Recipe *recipe);
void recipe_write_enforcement(Recipe *recipe);
void write_outside_option(Recipe *recipe); /* a number or a form, and the end of the line */

#endif
