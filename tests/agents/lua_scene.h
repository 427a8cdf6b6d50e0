/* Scripts in tests: from a text in the test or a file beside it, with a seat to try them in. */
#ifndef TESTS_AGENTS_LUA_SCENE_H
#define TESTS_AGENTS_LUA_SCENE_H

#include "agents/lua_strategy.h"
#include "scene.h"

/* A script at scene_security's table, three seats. */
typedef struct LuaScene {
    Scene scene;
    const Strategy *strategy;
    Argument arguments[NP_MAX_PARAMETERS];
    struct SeatHost *own;
    uint8_t *state;
    char why[1024]; /* of open, or of the fault */
} LuaScene;

/* False, with `why`, when the script cannot be read or does not open. */
bool lua_scene_open(LuaScene *it, const char *script);
/* False, with `why`, when the script has failed. */
bool lua_scene_act(LuaScene *it, SimTime now, Reply *reply);
bool lua_scene_observe(LuaScene *it, const Observation *seen);
void lua_scene_close(LuaScene *it);

/* Runs statements inside open, and gives what they return as text; or the complaint. */
const char *lua_says(const char *statements);

#endif
