#include "lua_scene.h"

#include <stdio.h>
#include <string.h>

#include "agents/host.h"
#include "core/base/memory.h"

static void seat(LuaScene *it) {
    Brief brief = {.run = 1,
                   .seat = UKR,
                   .terms = &it->scene.terms,
                   .profile = &it->scene.profile,
                   .luck = rng_key(1, "strategy/ukraine"),
                   .strategy = "script"};
    static InverseCache cache;
    it->own = memory_new(1, sizeof *it->own);
    host_open(it->own, &brief, &cache);
    it->own->strategy = it->strategy;
    it->state = memory_new(1, NP_MAX_STRATEGY_STATE);
}

bool lua_scene_open(LuaScene *it, const char *script) {
    Error error = {0};
    memset(it, 0, sizeof *it);
    scene_security(&it->scene, 3);
    it->strategy = lua_strategy_load("somewhere/test.lua", script, strlen(script), &error);
    if (it->strategy == NULL) {
        snprintf(it->why, sizeof it->why, "%s", error.text);
        return false;
    }
    for (int i = 0; it->strategy->parameter[i].name != NULL; i++) {
        const Parameter *parameter = &it->strategy->parameter[i];
        it->arguments[i].number = parameter->initial;
        if (parameter->text != NULL) strcpy(it->arguments[i].text, parameter->text);
    }
    seat(it);
    if (it->strategy->open(it->state, &it->own->host, it->arguments, it->why, sizeof it->why))
        return true;
    host_close(it->own);
    memory_free(it->own);
    memory_free(it->state);
    it->own = NULL;
    return false;
}

static bool well(LuaScene *it) {
    if (it->own->fault[0] == '\0') return true;
    snprintf(it->why, sizeof it->why, "%s", it->own->fault);
    return false;
}

bool lua_scene_act(LuaScene *it, SimTime now, Reply *reply) {
    memset(reply, 0, sizeof *reply);
    reply->wake_at = NP_NEVER;
    it->strategy->act(it->state, &it->own->host, now, reply);
    return well(it);
}

bool lua_scene_observe(LuaScene *it, const Observation *seen) {
    it->strategy->observe(it->state, &it->own->host, seen);
    return well(it);
}

void lua_scene_close(LuaScene *it) {
    if (it->own != NULL) {
        it->strategy->close(it->state, &it->own->host);
        host_close(it->own);
        memory_free(it->own);
        memory_free(it->state);
    }
    lua_strategy_free(it->strategy);
    player_destroy(it->scene.player);
}

const char *lua_says(const char *statements) {
    static char said[1024];
    static char script[8192];
    LuaScene it;
    snprintf(script, sizeof script,
             "return {name = 'test', act = function() end, open = function(host) "
             "local function it() %s\nend return nil, tostring(it()) end}",
             statements);
    assert_false(lua_scene_open(&it, script));
    snprintf(said, sizeof said, "%s", it.why);
    lua_scene_close(&it);
    return said;
}
