/* Descent from a package to one of less worth that is still worth enough, by changing one issue at a time
 * and then two: for when a search has run out of its nodes. Not for other folders. */
#ifndef CORE_NEGOTIATION_INVERSE_DESCENT_H
#define CORE_NEGOTIATION_INVERSE_DESCENT_H

#include "core/negotiation/inverse_space.h"

/* `package` is acceptable and worth at least `target`, and stays so. Looks at no more than `budget` others. */
void descent_run(const Space *space, Utility target, uint32_t budget, Outcome *package);

#endif
