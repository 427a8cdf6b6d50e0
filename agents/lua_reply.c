/* The answer of a script: functions that add moves to it. Each says whether there was room for the move. */
#include <lauxlib.h>

#include "agents/lua_host.h"
#include "agents/lua_names.h"
#include "agents/lua_package.h"
#include "agents/table.h"

static Reply *reply_of(lua_State *state) {
    Reply *reply = lua_box_of(state)->reply;
    if (reply == NULL) luaL_error(state, "moves are made in act only");
    return reply;
}

/* Everything that can fail is read before the move is added. */
static int add(lua_State *state, const Action *action) {
    Action *room = reply_add(reply_of(state), (ActionKind)action->kind);
    if (room != NULL) *room = *action;
    lua_pushboolean(state, room != NULL);
    return 1;
}

/* The number of an offer, as it was seen. */
static uint32_t offer_number(lua_State *state, int argument) {
    lua_Integer number = luaL_checkinteger(state, argument);
    luaL_argcheck(state, number >= 0 && number <= UINT32_MAX, argument, "no offer has that number");
    return (uint32_t)number;
}

static uint8_t package_number(lua_State *state, int argument) {
    lua_Integer number = luaL_optinteger(state, argument, 1);
    luaL_argcheck(state, number >= 1 && number <= NP_MAX_MENU, argument,
                  "the packages of an offer are numbered from 1 to 4");
    return (uint8_t)(number - 1);
}

/* Names from the table of further words at `argument`; the value lies on top while it is read. */
static bool has_word(lua_State *state, int argument, const char *key) {
    if (lua_isnoneornil(state, argument)) return false;
    luaL_checktype(state, argument, LUA_TTABLE);
    if (lua_getfield(state, argument, key) != LUA_TNIL) return true;
    lua_pop(state, 1);
    return false;
}

static uint8_t table_word(lua_State *state, int argument) {
    return has_word(state, argument, "table") ? lua_name_table(state, lua_gettop(state)) : 0;
}

/* A list of packages is one whose first element is there; a table of issues and options has none. */
static bool is_menu(lua_State *state) {
    if (!lua_istable(state, 1)) return false;
    bool list = lua_rawgeti(state, 1, 1) != LUA_TNIL;
    lua_pop(state, 1);
    return list;
}

static void read_menu(lua_State *state, Action *action) {
    lua_Integer count = lua_base_border(state, 1);
    luaL_argcheck(state, count <= NP_MAX_MENU, 1, "an offer holds at most 4 packages");
    for (lua_Integer k = 1; k <= count; k++) {
        lua_rawgeti(state, 1, k);
        action->menu[action->packages++] = lua_package_read(state, lua_gettop(state));
        lua_pop(state, 1);
    }
}

static int offer(lua_State *state) {
    Action action = {.kind = NP_OFFER};
    if (is_menu(state))
        read_menu(state, &action);
    else
        action.menu[action.packages++] = lua_package_read(state, 1);
    action.table = table_word(state, 2);
    if (has_word(state, 2, "valid_for")) action.valid_for = lua_name_time(state, lua_gettop(state));
    return add(state, &action);
}

static int accept(lua_State *state) {
    return add(state, &(Action){.kind = NP_ACCEPT,
                                .offer = offer_number(state, 1),
                                .package = package_number(state, 2)});
}

static int reject(lua_State *state) {
    return add(state, &(Action){.kind = NP_REJECT, .offer = offer_number(state, 1)});
}

static int withdraw(lua_State *state) {
    return add(state, &(Action){.kind = NP_WITHDRAW,
                                .offer = offer_number(state, 1),
                                .package = package_number(state, 2)});
}

static int rule_out(lua_State *state) {
    Action action = {.kind = NP_RULE_OUT, .issue = lua_name_issue(state, 1)};
    action.option = lua_name_option(state, action.issue, 2);
    return add(state, &action);
}

static int walk_out(lua_State *state) {
    return add(state, &(Action){.kind = NP_WALK_OUT});
}

static int pass(lua_State *state) {
    return add(state, &(Action){.kind = NP_PASS});
}

static int lever(lua_State *state) {
    return add(state, &(Action){.kind = NP_LEVER,
                                .lever = lua_name_lever(state, 1),
                                .level = lua_name_number(state, 2)});
}

/* reply.say("demand", {issue = …, option = …, lever = …, table = …}) */
static int say(lua_State *state) {
    static const char *const words[] = {"demand", "signal", "threat", "promise", "deny"};
    Action action = {
        .kind = NP_STATEMENT, .issue = NP_NO_OPTION, .option = NP_NO_OPTION, .lever = NP_NO_LEVER};
    action.statement = (uint8_t)(1 + lua_name_word(state, 1, "statement", words, 5));
    if (has_word(state, 2, "issue")) {
        action.issue = lua_name_issue(state, lua_gettop(state));
        if (has_word(state, 2, "option"))
            action.option = lua_name_option(state, action.issue, lua_gettop(state));
    }
    if (has_word(state, 2, "lever")) action.lever = lua_name_lever(state, lua_gettop(state));
    action.table = table_word(state, 2);
    return add(state, &action);
}

static int wake(lua_State *state) {
    Reply *reply = reply_of(state);
    SimTime at = lua_name_time(state, 1);
    if (at < reply->wake_at) reply->wake_at = at < 0 ? 0 : at;
    return 0;
}

void lua_reply_push(lua_State *state) {
    static const luaL_Reg functions[] = {
        {"offer", offer},       {"accept", accept}, {"reject", reject}, {"withdraw", withdraw},
        {"rule_out", rule_out}, {"lever", lever},   {"say", say},       {"walk_out", walk_out},
        {"pass", pass},         {"wake", wake},     {NULL, NULL}};
    luaL_newlib(state, functions);
}
