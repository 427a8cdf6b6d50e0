/* rank(a > b = c > d, e) */
#include <string.h>

#include "core/study/factor_text.h"

enum { ITEM_MOST_BYTES = 64 };

/* What separates nothing in a YAML map. */
static bool is_name(Piece item) {
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.+-";
    for (size_t i = 0; i < item.length; i++)
        if (item.at[i] == '\0' || strchr(letters, item.at[i]) == NULL) return false;
    return item.length <= ITEM_MOST_BYTES;
}

static bool check_item(const FactorText *text, Piece item, const Factor *factor,
                       const char *const *known) {
    if (item.length == 0) return factor_refuse(text, item, "expected an item to rank here");
    if (!is_name(item))
        return factor_refuse(text, item, "an item is 1 to %d of A-Z, a-z, 0-9, _, ., + and -",
                             ITEM_MOST_BYTES);
    if (factor->ranked == FACTOR_MOST_RANKED)
        return factor_refuse(text, item, "at most %d items can be ranked", FACTOR_MOST_RANKED);
    for (uint32_t i = 0; i < factor->ranked; i++)
        if (strlen(known[i]) == item.length && memcmp(known[i], item.at, item.length) == 0)
            return factor_refuse(text, item, "ranked twice");
    return true;
}

/* A tier has one kind of bond. `bond` stands before the item that is read. */
static bool check_bond(const FactorText *text, const char *bond, const Factor *factor) {
    uint32_t last = factor->ranked - 1;
    bool tied = factor->tied >> last & 1u, silent = factor->silent >> last & 1u;
    if ((*bond != ',' || !tied) && (*bond != '=' || !silent)) return true;
    return factor_refuse(text, (Piece){bond, 1},
                         "\"=\" and \",\" in one tier: are they equal, or not ranked?");
}

bool factor_read_rank(const FactorText *text, Piece value, Factor *factor) {
    const char *open = memchr(value.at, '(', value.length), *bond = open;
    Piece rest = {open + 1, (size_t)(value.at + value.length - 1 - (open + 1))}, item;
    const char **items = arena_new(text->arena, FACTOR_MOST_RANKED * sizeof *items);
    bool more = true;
    factor->kind = FACTOR_RANKED;
    factor->item = items;
    while (more) {
        const char *from = rest.at;
        more = piece_split(rest, ">=,", &item, &rest);
        if (item.length == 0) item.at = from;
        if (!check_item(text, item, factor, items)) return false;
        if (factor->ranked > 0 && !check_bond(text, bond, factor)) return false;
        if (*bond == '=') factor->tied |= UINT32_C(1) << factor->ranked;
        if (*bond == ',') factor->silent |= UINT32_C(1) << factor->ranked;
        items[factor->ranked++] = arena_text(text->arena, item.at, item.length);
        bond = rest.at - 1;
    }
    return factor->ranked > 1 || factor_refuse(text, item, "expected \">\" and a second item");
}
