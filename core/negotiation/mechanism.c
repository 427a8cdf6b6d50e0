#include "core/negotiation/mechanism.h"

#include <stddef.h>
#include <string.h>

const Mechanism *const mechanisms[] = {
    &mechanism_open_table,
    &mechanism_alternating_offers,
    &mechanism_single_text,
    &mechanism_simultaneous,
    NULL,
};

const Mechanism *mechanism_find(const char *name) {
    for (size_t i = 0; mechanisms[i] != NULL; i++)
        if (strcmp(mechanisms[i]->name, name) == 0) return mechanisms[i];
    return NULL;
}
