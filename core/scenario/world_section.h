/* The sections of the world, for each other: variables, levers, shocks, what they do, and forms. Not for
 * other folders. */
#ifndef CORE_SCENARIO_WORLD_SECTION_H
#define CORE_SCENARIO_WORLD_SECTION_H

#include "core/scenario/section.h"
#include "core/world/model.h"

/* Numbers of the world are at most this, either sign: their billionths are exact enough, and products of a
 * few of them finite. */
#define WORLD_MOST 1e6

extern const Shape shape_form, shape_effects;
extern const Shape shape_variables, shape_levers, shape_shocks;

/* A number within least .. most, or a form; a number is a form without terms. Forms without bounds of
 * their own take these. */
void form_read(Draft *draft, const Node *node, double least, double most, Form *form);

/* Names first, so that everything may name everything. */
void variables_announce(Draft *draft, const Node *node);
void variables_read(Draft *draft, const Node *node);
void levers_read(Draft *draft, const Node *node);
void shocks_read(Draft *draft, const Node *node);

/* A list of effects, of a lever or a shock: returns how many. */
uint8_t effects_read(Draft *draft, const Node *node, Consequence consequence[]);

/* The world, made when the first section needs one. */
WorldModel *draft_need_world(Draft *draft);

#endif
