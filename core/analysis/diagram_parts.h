/* Parts of the diagram's making; for diagram*.c alone. */
#ifndef CORE_ANALYSIS_DIAGRAM_PARTS_H
#define CORE_ANALYSIS_DIAGRAM_PARTS_H

#include "core/analysis/diagram.h"

/* In this order: who is sure to be asked, what options mean, whose consent does not matter after all. */
void diagram_find_consent(Diagram *diagram);
void diagram_enter_ties(Diagram *diagram);
void diagram_relax_consent(Diagram *diagram);

/* No package is worth less to the seat, before durability. */
Utility diagram_floor(const Diagram *diagram, SeatId seat);

/* The issues in the order in which they are decided. */
void diagram_order(const Diagram *diagram, uint8_t order[NP_MAX_ISSUES]);

/* The node that choosing `option` in a node leads to; false where nobody may choose that. */
bool diagram_step(const Diagram *diagram, uint8_t layer, const NodeKey *from, uint8_t option,
                  NodeKey *to);

/* Cuts off what leads nowhere and fills least and most. */
void diagram_bound(Diagram *diagram);

/* One package, by a descent that needs no paths; of SCOPE_ZONE a member. */
bool diagram_look_apart(const Diagram *diagram, Outcome *package);

#endif
