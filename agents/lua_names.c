#include "agents/lua_names.h"

#include <lauxlib.h>
#include <string.h>

#include "core/base/text.h"

const Host *lua_host_of(lua_State *state) {
    const Host *host = lua_box_of(state)->host;
    if (host == NULL) luaL_error(state, "the host can be asked in open, observe and act only");
    return host;
}

static uint8_t fail(lua_State *state, int argument, const char *what, const char *const *words,
                    uint8_t count) {
    char shown[128];
    const char *word = lua_tostring(state, argument), *nearest = text_nearest(word, words, count);
    text_safe(shown, sizeof shown, word);
    if (nearest != NULL)
        luaL_error(state, "there is no %s \"%s\"; the nearest is \"%s\"", what, shown, nearest);
    else
        luaL_error(state, "there is no %s \"%s\"", what, shown);
    return 0;
}

uint8_t lua_name_word(lua_State *state, int argument, const char *what, const char *const *words,
                      uint8_t count) {
    if (lua_type(state, argument) != LUA_TSTRING)
        luaL_error(state, "%s must be named by a string, not by a %s", what,
                   luaL_typename(state, argument));
    const char *word = lua_tostring(state, argument);
    for (uint8_t i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0) return i;
    return fail(state, argument, what, words, count);
}

uint8_t lua_name_seat(lua_State *state, int argument) {
    const Host *host = lua_host_of(state);
    return lua_name_word(state, argument, "seat", host->seat_id, host->seats);
}

uint8_t lua_name_issue(lua_State *state, int argument) {
    const Host *host = lua_host_of(state);
    const char *words[NP_MAX_ISSUES];
    for (uint8_t i = 0; i < host->issues; i++) words[i] = host->issue[i].id;
    return lua_name_word(state, argument, "issue", words, host->issues);
}

uint8_t lua_name_option(lua_State *state, uint8_t issue, int argument) {
    const Issue *it = &lua_host_of(state)->issue[issue];
    return lua_name_word(state, argument, "option", it->option, it->options);
}

const char *lua_table_id(const Host *host, uint8_t table) {
    return host->table[table].id != NULL ? host->table[table].id : "public";
}

uint8_t lua_name_table(lua_State *state, int argument) {
    const Host *host = lua_host_of(state);
    const char *words[NP_MAX_TABLES];
    for (uint8_t i = 0; i < host->tables; i++) words[i] = lua_table_id(host, i);
    return lua_name_word(state, argument, "table", words, host->tables);
}

uint8_t lua_name_lever(lua_State *state, int argument) {
    const Host *host = lua_host_of(state);
    const char *words[NP_MAX_LEVERS];
    for (uint8_t i = 0; i < host->levers; i++) words[i] = host->lever[i].id;
    return lua_name_word(state, argument, "lever", words, host->levers);
}

uint8_t lua_name_variable(lua_State *state, int argument) {
    const Host *host = lua_host_of(state);
    const char *words[NP_MAX_VARIABLES];
    for (uint8_t i = 0; i < host->variables; i++) words[i] = host->variable[i].id;
    return lua_name_word(state, argument, "variable", words, host->variables);
}

double lua_name_number(lua_State *state, int argument) {
    double number = luaL_checknumber(state, argument);
    if (number != number) luaL_argerror(state, argument, "not a number");
    return number;
}

#define LONGEST 1e15

SimTime lua_name_time(lua_State *state, int argument) {
    double seconds = lua_name_number(state, argument);
    if (seconds < 0) return -1;
    return seconds > LONGEST ? (SimTime)LONGEST : (SimTime)seconds;
}

void lua_push_seats(lua_State *state, const Host *host, SeatSet seats) {
    lua_newtable(state);
    for (SeatId seat = 0, count = 0; seat < host->seats; seat++) {
        if (!seat_in(seats, seat)) continue;
        lua_pushstring(state, host->seat_id[seat]);
        lua_rawseti(state, -2, ++count);
    }
}
