/* nonpaper_host in Lua's manner: fields of what everybody sees, functions for the rest; things go by their names. */
#ifndef AGENTS_LUA_HOST_H
#define AGENTS_LUA_HOST_H

#include "agents/lua_box.h"

/* Leaves the table that scripts are given as `host`. */
void lua_host_push(lua_State *state, const Host *host);
/* Leaves the table that scripts are given as `reply`: functions that add moves to the box's reply. */
void lua_reply_push(lua_State *state);
/* Leaves what the seat has come to know, as a table of the fields that mean something. */
void lua_seen_push(lua_State *state, const Host *host, const Observation *seen);

#endif
