/* rank(a > b = c) */
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

bool factor_read_rank(const FactorText *text, Piece value, Factor *factor) {
    const char *open = memchr(value.at, '(', value.length);
    Piece rest = {open + 1, (size_t)(value.at + value.length - 1 - (open + 1))}, item;
    const char **items = arena_new(text->arena, FACTOR_MOST_RANKED * sizeof *items);
    bool more = true, tied = false;
    factor->kind = FACTOR_RANKED;
    factor->item = items;
    while (more) {
        const char *from = rest.at;
        more = piece_split(rest, ">=", &item, &rest);
        if (item.length == 0) item.at = from;
        if (!check_item(text, item, factor, items)) return false;
        if (tied) factor->ties |= UINT32_C(1) << factor->ranked;
        tied = more && rest.at[-1] == '=';
        items[factor->ranked++] = arena_text(text->arena, item.at, item.length);
    }
    return factor->ranked > 1 || factor_refuse(text, item, "expected \">\" and a second item");
}
