/* Packages in a script: values that know an option for each issue, `package.security == "norway"`, nil where they are
 * silent. They cannot be changed; equal ones are one value, so that they may be compared and be keys of tables.
 * Wherever a package is asked for, a table does too: {security = "norway", line = "hold"}. */
#ifndef AGENTS_LUA_PACKAGE_H
#define AGENTS_LUA_PACKAGE_H

#include "agents/lua_box.h"

void lua_package_open(lua_State *state);
/* The argument, a package or a table of issues and options. */
Outcome lua_package_read(lua_State *state, int argument);
/* The package with some of its options replaced by those of a table. */
Outcome lua_package_with(lua_State *state, Outcome package, int changes);
/* Leaves the package, or nil. */
int lua_package_push_found(lua_State *state, bool found, const Outcome *package);

#endif
