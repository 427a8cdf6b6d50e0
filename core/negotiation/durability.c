#include "core/negotiation/durability.h"

void durability_settle(Durability *durability) {
    (void)durability;
}
