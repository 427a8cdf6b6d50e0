#include "agents/lua_host.h"

#include <lauxlib.h>

#include "agents/lua_names.h"
#include "agents/lua_package.h"

/* What a search costs in steps, about. */
enum { SEARCH = 50, ONE_WALKED = 10, MOST_BETWEEN = 4096 };

/* --- preferences --- */

static int utility(lua_State *state) {
    Outcome package = lua_package_read(state, 1);
    const Host *host = lua_host_of(state);
    lua_pushnumber(state, host->utility(host, &package));
    return 1;
}

static int reservation(lua_State *state) {
    const Host *host = lua_host_of(state);
    lua_pushnumber(state, host->reservation(host));
    return 1;
}

static int value_at(lua_State *state) {
    Outcome package = lua_package_read(state, 1);
    const Host *host = lua_host_of(state);
    lua_pushnumber(state, host->value_at(host, &package, lua_name_time(state, 2)));
    return 1;
}

static int acceptable(lua_State *state) {
    Outcome package = lua_package_read(state, 1);
    const Host *host = lua_host_of(state);
    lua_pushboolean(state, host->acceptable(host, &package));
    return 1;
}

static int needed(lua_State *state) {
    Outcome package = lua_package_read(state, 1);
    const Host *host = lua_host_of(state);
    lua_push_seats(state, host, host->needed(host, &package));
    return 1;
}

static int needs(lua_State *state) {
    Outcome package = lua_package_read(state, 1);
    const Host *host = lua_host_of(state);
    SeatId seat = lua_isnoneornil(state, 2) ? host->seat : lua_name_seat(state, 2);
    lua_pushboolean(state, seat_in(host->needed(host, &package), seat));
    return 1;
}

/* --- search --- */

static int best(lua_State *state) {
    Outcome found;
    const Host *host = lua_host_of(state);
    lua_box_spend(state, SEARCH);
    return lua_package_push_found(state, host->best(host, &found), &found);
}

static int at_least(lua_State *state) {
    Outcome found;
    const Host *host = lua_host_of(state);
    double target = lua_name_number(state, 1);
    lua_box_spend(state, SEARCH);
    return lua_package_push_found(state, host->at_least(host, target, &found), &found);
}

static int nearest(lua_State *state) {
    Outcome found, reference = lua_package_read(state, 3);
    const Host *host = lua_host_of(state);
    double target = lua_name_number(state, 1), slack = lua_name_number(state, 2);
    lua_box_spend(state, SEARCH);
    return lua_package_push_found(state, host->nearest(host, target, slack, &reference, &found),
                                  &found);
}

static int best_with(lua_State *state) {
    Outcome found;
    const Host *host = lua_host_of(state);
    uint8_t issue = lua_name_issue(state, 1), option = lua_name_option(state, issue, 2);
    lua_box_spend(state, SEARCH);
    return lua_package_push_found(state, host->best_with(host, issue, option, &found), &found);
}

static int exact(lua_State *state) {
    const Host *host = lua_host_of(state);
    lua_pushboolean(state, host->exact(host));
    return 1;
}

static int between(lua_State *state) {
    const Host *host = lua_host_of(state);
    double least = lua_name_number(state, 1), most = lua_name_number(state, 2);
    lua_Integer room = luaL_optinteger(state, 3, MOST_BETWEEN);
    luaL_argcheck(state, room >= 1 && room <= MOST_BETWEEN, 3, "1 to 4096 packages at once");
    if (host->between == NULL) return luaL_error(state, "this host cannot list packages");
    Outcome *found = lua_newuserdatauv(state, (size_t)room * sizeof *found, 0);
    uint32_t count = host->between(host, least, most, found, (uint32_t)room);
    lua_box_spend(state, SEARCH + (uint64_t)count * ONE_WALKED);
    lua_createtable(state, (int)count, 0);
    for (uint32_t i = 0; i < count; i++) {
        lua_box_push_package(state, &found[i]);
        lua_rawseti(state, -2, i + 1);
    }
    return 1;
}

static int next_best(lua_State *state) {
    Outcome after, found;
    const Host *host = lua_host_of(state);
    bool begun = !lua_isnoneornil(state, 1);
    if (begun) after = lua_package_read(state, 1);
    if (host->next_best == NULL) return luaL_error(state, "this host cannot walk packages");
    lua_box_spend(state, SEARCH);
    return lua_package_push_found(state, host->next_best(host, begun ? &after : NULL, &found),
                                  &found);
}

static int walk(lua_State *state) {
    lua_settop(state, 2);
    lua_remove(state, 1);
    return next_best(state);
}

static int by_utility(lua_State *state) {
    lua_host_of(state);
    lua_pushcfunction(state, walk);
    return 1;
}

/* --- packages --- */

static int package(lua_State *state) {
    Outcome made = lua_package_read(state, 1);
    return lua_package_push_found(state, true, &made);
}

static int with(lua_State *state) {
    Outcome made = lua_package_read(state, 1);
    luaL_checktype(state, 2, LUA_TTABLE);
    made = lua_package_with(state, made, 2);
    return lua_package_push_found(state, true, &made);
}

static int complete(lua_State *state) {
    Outcome it = lua_package_read(state, 1);
    const Host *host = lua_host_of(state);
    bool whole = true;
    for (uint8_t issue = 0; issue < host->issues; issue++)
        whole &= it.option[issue] != NP_NO_OPTION;
    lua_pushboolean(state, whole);
    return 1;
}

/* --- the world outside --- */

/* What the host does not see is nil. */
static int push_seen(lua_State *state, double number) {
    if (number == number)
        lua_pushnumber(state, number);
    else
        lua_pushnil(state);
    return 1;
}

static int seen(lua_State *state) {
    const Host *host = lua_host_of(state);
    return push_seen(state, host->seen(host, lua_name_variable(state, 1)));
}

static int level(lua_State *state) {
    const Host *host = lua_host_of(state);
    return push_seen(state, host->level(host, lua_name_lever(state, 1)));
}

static int durability(lua_State *state) {
    Outcome it = lua_package_read(state, 1);
    const Host *host = lua_host_of(state);
    return push_seen(state, host->durability(host, &it));
}

static int audience_cost(lua_State *state) {
    Outcome it = lua_package_read(state, 1);
    const Host *host = lua_host_of(state);
    return push_seen(state, host->audience_cost(host, &it));
}

static int types(lua_State *state) {
    const Host *host = lua_host_of(state);
    lua_pushinteger(state, host->types(host, lua_name_seat(state, 1)));
    return 1;
}

/* Types are counted from 1, as Lua counts. */
static uint8_t type_of(lua_State *state, int argument) {
    lua_Integer type = luaL_checkinteger(state, argument);
    luaL_argcheck(state, type >= 1 && type <= UINT8_MAX, argument, "types are counted from 1");
    return (uint8_t)(type - 1);
}

static int belief(lua_State *state) {
    const Host *host = lua_host_of(state);
    SeatId seat = lua_name_seat(state, 1);
    return push_seen(state, host->belief(host, seat, type_of(state, 2)));
}

static int type_utility(lua_State *state) {
    Outcome it = lua_package_read(state, 3);
    const Host *host = lua_host_of(state);
    SeatId seat = lua_name_seat(state, 1);
    return push_seen(state, host->type_utility(host, seat, type_of(state, 2), &it));
}

/* --- what everybody sees --- */

static void set_text(lua_State *state, const char *key, const char *text) {
    lua_pushstring(state, text);
    lua_setfield(state, -2, key);
}

static void set_number(lua_State *state, const char *key, double number) {
    lua_pushnumber(state, number);
    lua_setfield(state, -2, key);
}

static void set_whole(lua_State *state, const char *key, lua_Integer number) {
    lua_pushinteger(state, number);
    lua_setfield(state, -2, key);
}

static void set_truth(lua_State *state, const char *key, bool truth) {
    lua_pushboolean(state, truth);
    lua_setfield(state, -2, key);
}

static void set_seats(lua_State *state, const Host *host, const char *key, SeatSet seats) {
    lua_push_seats(state, host, seats);
    lua_setfield(state, -2, key);
}

/* The thing on top becomes the list's next one, and is found under its id too. */
static void list_add(lua_State *state, uint8_t index, const char *id) {
    lua_pushvalue(state, -1);
    lua_setfield(state, -3, id);
    lua_rawseti(state, -2, index + 1);
}

static void push_issue(lua_State *state, const Issue *issue) {
    lua_createtable(state, 0, 5);
    set_text(state, "id", issue->id);
    set_text(state, "title", issue->title);
    set_truth(state, "separable", issue->separable);
    if (issue->status_quo < issue->options)
        set_text(state, "status_quo", issue->option[issue->status_quo]);
    lua_createtable(state, issue->options, 0);
    for (uint8_t option = 0; option < issue->options; option++) {
        lua_pushstring(state, issue->option[option]);
        lua_rawseti(state, -2, option + 1);
    }
    lua_setfield(state, -2, "options");
}

static void add_issues(lua_State *state, const Host *host) {
    lua_createtable(state, host->issues, host->issues);
    for (uint8_t i = 0; i < host->issues; i++) {
        push_issue(state, &host->issue[i]);
        list_add(state, i, host->issue[i].id);
    }
    lua_setfield(state, -2, "issues");
}

static void add_tables(lua_State *state, const Host *host) {
    lua_newtable(state);
    for (uint8_t i = 0; i < host->tables; i++) {
        const TableTerms *table = &host->table[i];
        lua_newtable(state);
        set_text(state, "id", lua_table_id(host, i));
        set_text(state, "title", table->title);
        set_number(state, "leak", table->leak);
        set_seats(state, host, "members", table->members);
        list_add(state, i, lua_table_id(host, i));
    }
    lua_setfield(state, -2, "tables");
}

static void add_levers(lua_State *state, const Host *host) {
    lua_newtable(state);
    for (uint8_t i = 0; i < host->levers; i++) {
        const Lever *lever = &host->lever[i];
        lua_newtable(state);
        set_text(state, "id", lever->id);
        set_text(state, "title", lever->title);
        set_text(state, "seat", host->seat_id[lever->seat]);
        set_number(state, "start", lever->start);
        set_number(state, "least", lever->least);
        set_number(state, "most", lever->most);
        set_number(state, "cost", lever->cost);
        set_number(state, "upkeep", lever->upkeep);
        set_whole(state, "delay", lever->delay);
        list_add(state, i, lever->id);
    }
    lua_setfield(state, -2, "levers");
}

static void add_variables(lua_State *state, const Host *host) {
    lua_newtable(state);
    for (uint8_t i = 0; i < host->variables; i++) {
        const Variable *variable = &host->variable[i];
        lua_newtable(state);
        set_text(state, "id", variable->id);
        set_text(state, "title", variable->title);
        set_text(state, "unit", variable->unit);
        set_number(state, "start", variable->start);
        set_seats(state, host, "seen_by", variable->seen_by);
        list_add(state, i, variable->id);
    }
    lua_setfield(state, -2, "variables");
}

void lua_host_push(lua_State *state, const Host *host) {
    static const luaL_Reg functions[] = {{"utility", utility},
                                         {"reservation", reservation},
                                         {"value_at", value_at},
                                         {"acceptable", acceptable},
                                         {"needed", needed},
                                         {"needs", needs},
                                         {"best", best},
                                         {"at_least", at_least},
                                         {"nearest", nearest},
                                         {"best_with", best_with},
                                         {"exact", exact},
                                         {"between", between},
                                         {"next_best", next_best},
                                         {"by_utility", by_utility},
                                         {"package", package},
                                         {"with", with},
                                         {"complete", complete},
                                         {"seen", seen},
                                         {"level", level},
                                         {"durability", durability},
                                         {"audience_cost", audience_cost},
                                         {"belief", belief},
                                         {"types", types},
                                         {"type_utility", type_utility},
                                         {NULL, NULL}};
    luaL_newlib(state, functions);
    set_text(state, "seat", host->seat_id[host->seat]);
    set_seats(state, host, "seats", (SeatSet)((UINT64_C(1) << host->seats) - 1));
    set_truth(state, "turns", host->turns);
    set_truth(state, "rounds", host->rounds);
    set_whole(state, "menu_limit", host->menu_limit);
    set_whole(state, "deadline", host->deadline);
    set_whole(state, "delay", host->delay);
    set_whole(state, "lookahead", host->lookahead);
    set_whole(state, "day", 86400);
    if (host->mediator != NP_NO_SEAT) set_text(state, "mediator", host->seat_id[host->mediator]);
    add_issues(state, host);
    add_tables(state, host);
    add_levers(state, host);
    add_variables(state, host);
}
