/* Which version of the conversation can say what. */
#include "core/negotiation/mechanism.h"
#include "proto/codec.h"

static bool has_types(const Terms *terms) {
    for (SeatId seat = 0; seat < terms->seats; seat++)
        if (terms->seat[seat].types > 1) return true;
    return false;
}

/* An agent that passes these fields over would take another negotiation for this one. */
uint32_t brief_version(const Brief *brief) {
    const Terms *terms = brief->terms;
    const Profile *profile = brief->profile;
    bool table = terms->closed_tables > 0 || terms->mechanism->rounds ||
                 terms->mechanism->mediated || terms->unauthorised != 0 ||
                 terms->audience_base != 0 || terms->audience_step != 0 || terms->breaks_off != 0;
    bool world = terms->levers > 0 || terms->variables > 0 || terms->durability != NULL;
    bool self = profile->meanwhile != 0 || profile->eroded != 0 || profile->aftermath != 0 ||
                profile->hazard != 0;
    return table || world || self || has_types(terms) ? 2 : 1;
}

static bool is_new(const Observation *seen) {
    return seen->kind > NP_EVENT_FAULT || seen->ruling > NP_RULING_MENU_TOO_LARGE;
}

uint32_t grant_version(const Grant *grant) {
    for (uint32_t i = 0; i < grant->observations; i++)
        if (is_new(grant->observation[i])) return 2;
    return 1;
}

Grant grant_without_statements(const Grant *grant, Arena *arena) {
    Occasion *occasion = arena_new(arena, grant->occasions * sizeof *occasion);
    const Observation **kept = arena_new(arena, grant->observations * sizeof *kept);
    uint32_t seen = 0, count = 0;
    for (uint32_t i = 0; i < grant->occasions; i++) {
        occasion[i] = grant->occasion[i];
        occasion[i].observations = 0;
        for (uint32_t k = 0; k < grant->occasion[i].observations; k++, seen++) {
            if (grant->observation[seen]->kind == NP_EVENT_STATEMENT) continue;
            kept[count++] = grant->observation[seen];
            occasion[i].observations++;
        }
    }
    return (Grant){grant->run, grant->seat, grant->occasions, occasion, count, kept};
}
