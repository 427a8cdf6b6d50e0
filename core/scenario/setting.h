/* Settings: PATH=VALUE, put into the tree of a file before it is read. */
#ifndef CORE_SCENARIO_SETTING_H
#define CORE_SCENARIO_SETTING_H

#include "core/scenario/scenario.h"
#include "core/scenario/yaml_tree.h"

/* Puts the value of source number `source` where the path says. Words of the path are keys, numbers of
 * list entries (from 0) or, in lists of maps, the entry's "id". A missing optional key is made; a missing
 * seat or issue is not. */
void setting_apply(const Setting *setting, uint32_t source, Node *root, Complaints *complaints,
                   Arena *arena);

#endif
