/* What people call things, in a script: seats, issues, options, levers … by the scenario's words. Whoever gets a word wrong is
 * told the nearest one. Functions raise Lua errors. */
#ifndef AGENTS_LUA_NAMES_H
#define AGENTS_LUA_NAMES_H

#include "agents/lua_box.h"

/* The host of the call under way; an error outside of one. */
const Host *lua_host_of(lua_State *state);

/* The argument's number among the scenario's things of that kind. */
uint8_t lua_name_seat(lua_State *state, int argument);
uint8_t lua_name_issue(lua_State *state, int argument);
uint8_t lua_name_option(lua_State *state, uint8_t issue, int argument);
uint8_t lua_name_table(lua_State *state, int argument);
uint8_t lua_name_lever(lua_State *state, int argument);
uint8_t lua_name_variable(lua_State *state, int argument);
/* Which of these words, in this order, from 0. */
uint8_t lua_name_word(lua_State *state, int argument, const char *what, const char *const *words,
                      uint8_t count);
/* The table's word; the public one has a name even where the scenario gives none. */
const char *lua_table_id(const Host *host, uint8_t table);
/* A moment or a duration: seconds, whole ones of what may have a fraction; -1 .. 10^15. */
SimTime lua_name_time(lua_State *state, int argument);
/* A number that is one. */
double lua_name_number(lua_State *state, int argument);

/* Leaves the seats' names as a list, in their order. */
void lua_push_seats(lua_State *state, const Host *host, SeatSet seats);

#endif
