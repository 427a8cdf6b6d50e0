/* What the seat has come to know, as a script reads it: only the fields that its kind uses. */
#include "agents/lua_host.h"
#include "agents/lua_names.h"
#include "core/referee/event.h"

/* Which fields mean something, by kind. */
enum {
    OFFER = 1,
    MENU = 2,
    PACKAGE = 4, /* the number in the menu, from 1 */
    SEATS = 8,
    OPTION = 16, /* issue and option, where they are meant */
    LEVER = 32,
    AMOUNT = 64,
    EXPIRES = 128,
    RULING = 256,
    WORD = 512
};

static const uint16_t fields[] = {
    [NP_EVENT_OFFER] = OFFER | MENU | EXPIRES,
    [NP_EVENT_ACCEPTANCE] = OFFER | PACKAGE | SEATS | MENU,
    [NP_EVENT_REJECTION] = OFFER,
    [NP_EVENT_WITHDRAWAL] = OFFER | PACKAGE,
    [NP_EVENT_RULE_OUT] = OPTION,
    [NP_EVENT_REFUSAL] = RULING | OFFER,
    [NP_EVENT_LAPSE] = OFFER,
    [NP_EVENT_ACCORD] = OFFER | PACKAGE | SEATS | MENU,
    [NP_EVENT_SIGNATURE] = OFFER | PACKAGE | SEATS | MENU,
    [NP_EVENT_AGREEMENT] = MENU,
    [NP_EVENT_LEVER] = LEVER | AMOUNT,
    [NP_EVENT_STATEMENT] = OPTION | LEVER | WORD,
    [NP_EVENT_WORLD] = AMOUNT,
    [NP_EVENT_APPRAISAL] = WORD | AMOUNT,
    [NP_EVENT_LEAK] = OFFER | MENU | PACKAGE,
    [NP_EVENT_STATUS_QUO] = OPTION,
    [NP_EVENT_AUDIENCE_COST] = AMOUNT,
};

static void set_text(lua_State *state, const char *key, const char *text) {
    lua_pushstring(state, text);
    lua_setfield(state, -2, key);
}

static void set_whole(lua_State *state, const char *key, lua_Integer number) {
    lua_pushinteger(state, number);
    lua_setfield(state, -2, key);
}

static void add_menu(lua_State *state, const Observation *seen) {
    lua_createtable(state, seen->packages, 0);
    for (uint8_t k = 0; k < seen->packages && k < NP_MAX_MENU; k++) {
        lua_box_push_package(state, &seen->menu[k]);
        lua_rawseti(state, -2, k + 1);
    }
    lua_setfield(state, -2, "menu");
}

static void add_option(lua_State *state, const Host *host, const Observation *seen) {
    if (seen->issue >= host->issues) return;
    const Issue *issue = &host->issue[seen->issue];
    set_text(state, "issue", issue->id);
    if (seen->option < issue->options) set_text(state, "option", issue->option[seen->option]);
}

static void add_words(lua_State *state, const Observation *seen) {
    if (seen->kind == NP_EVENT_STATEMENT) set_text(state, "word", statement_name(seen->word));
    if (seen->kind == NP_EVENT_APPRAISAL) set_text(state, "word", aspect_name(seen->word));
}

static void add_subject(lua_State *state, const Host *host, const Observation *seen,
                        uint16_t used) {
    if ((used & LEVER) != 0 && seen->subject < host->levers)
        set_text(state, "lever", host->lever[seen->subject].id);
    if (seen->kind == NP_EVENT_WORLD && seen->subject < host->variables)
        set_text(state, "variable", host->variable[seen->subject].id);
    if (seen->kind == NP_EVENT_SHOCK) set_whole(state, "subject", seen->subject + 1);
    if ((used & AMOUNT) == 0) return;
    lua_pushnumber(state, seen->amount);
    lua_setfield(state, -2, "amount");
}

static void add_refusal(lua_State *state, const Observation *seen) {
    set_text(state, "ruling", ruling_name(seen->ruling));
    set_text(state, "refused", action_kind_name(seen->refused));
}

void lua_seen_push(lua_State *state, const Host *host, const Observation *seen) {
    uint16_t used = seen->kind < sizeof fields / sizeof fields[0] ? fields[seen->kind] : 0;
    lua_createtable(state, 0, 8);
    set_text(state, "kind", event_kind_name(seen->kind));
    set_whole(state, "at", seen->at);
    if (seen->seat < host->seats) set_text(state, "seat", host->seat_id[seen->seat]);
    if (seen->table < host->tables) set_text(state, "table", lua_table_id(host, seen->table));
    if ((used & OFFER) != 0) set_whole(state, "offer", seen->offer);
    if ((used & PACKAGE) != 0) set_whole(state, "package", seen->package + 1);
    if ((used & EXPIRES) != 0 && seen->expires_at != NP_NEVER)
        set_whole(state, "expires_at", seen->expires_at);
    if ((used & MENU) != 0) add_menu(state, seen);
    if ((used & OPTION) != 0) add_option(state, host, seen);
    if ((used & RULING) != 0) add_refusal(state, seen);
    if ((used & WORD) != 0) add_words(state, seen);
    if (seen->kind == NP_EVENT_LEAK) set_text(state, "leaked", event_kind_name(seen->refused));
    add_subject(state, host, seen, used);
    if ((used & SEATS) == 0) return;
    lua_push_seats(state, host, seen->seats);
    lua_setfield(state, -2, "seats");
}
