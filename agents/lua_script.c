#include "agents/lua_script.h"

#include <lauxlib.h>
#include <string.h>

#include "agents/lua_source.h"

enum { MOST_WORDS = 400 }; /* bytes of a summary or a source */

void lua_script_run(lua_State *state, const LuaScript *script) {
    lua_box_load(state, script->code.bytes, script->code.length, true);
    lua_box_run(state);
    if (!lua_istable(state, -1))
        luaL_error(state,
                   "%s: a strategy is a table {name = …, act = function … end}, and this "
                   "script returns a %s",
                   script->name, luaL_typename(state, -1));
}

/* --- compiling --- */

typedef struct Reading {
    LuaScript *script;
    Text text;
} Reading;

static int keep_code(lua_State *state, const void *bytes, size_t length, void *code) {
    (void)state;
    text_add_bytes(code, bytes, length);
    return 0;
}

static void compile(lua_State *state, Reading *reading) {
    lua_box_load(state, reading->text.bytes, reading->text.length, false);
    lua_dump(state, keep_code, &reading->script->code, false);
    lua_pop(state, 1);
}

/* --- what it says of itself --- */

static const char *read_words(lua_State *state, LuaScript *script, const char *field,
                              size_t longest) {
    size_t length = 0;
    if (lua_getfield(state, -1, field) == LUA_TNIL) {
        lua_pop(state, 1);
        return NULL;
    }
    const char *text =
        lua_type(state, -1) == LUA_TSTRING ? lua_tolstring(state, -1, &length) : NULL;
    if (text == NULL || length > longest || !text_is_utf8(text, length))
        luaL_error(state, "%s: '%s' must be a text of at most %d bytes", script->name, field,
                   (int)longest);
    text = arena_text(&script->words, text, length);
    lua_pop(state, 1);
    return text;
}

static bool is_identifier(const char *name) {
    if (name[0] < 'a' || name[0] > 'z') return false;
    return name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

static const char *read_name(lua_State *state, LuaScript *script) {
    const char *name = read_words(state, script, "name", 63);
    if (name == NULL || !is_identifier(name))
        luaL_error(state, "%s: 'name' must be a word of a-z, 0-9 and _", script->name);
    return name;
}

static double read_number(lua_State *state, const LuaScript *script, const char *name,
                          const char *field) {
    lua_getfield(state, -1, field);
    double number = lua_tonumber(state, -1);
    if (lua_type(state, -1) != LUA_TNUMBER || !(number >= -1e15 && number <= 1e15))
        luaL_error(state, "%s: parameter '%s': '%s' must be a number", script->name, name, field);
    lua_pop(state, 1);
    return number;
}

/* {name = …, initial = …, least = …, most = …, summary = …} or {name = …, text = …, summary = …} */
static Parameter read_parameter(lua_State *state, LuaScript *script) {
    Parameter it = {.name = read_name(state, script)};
    it.summary = read_words(state, script, "summary", MOST_WORDS);
    if (it.summary == NULL) it.summary = "";
    it.text = read_words(state, script, "text", NP_PARAMETER_TEXT - 1);
    if (it.text != NULL) return it;
    it.initial = read_number(state, script, it.name, "initial");
    it.least = read_number(state, script, it.name, "least");
    it.most = read_number(state, script, it.name, "most");
    if (!(it.least <= it.initial && it.initial <= it.most))
        luaL_error(state, "%s: parameter '%s': 'initial' must lie between 'least' and 'most'",
                   script->name, it.name);
    return it;
}

static void read_parameters(lua_State *state, LuaScript *script) {
    if (lua_getfield(state, -1, "parameters") != LUA_TNIL) {
        if (!lua_istable(state, -1))
            luaL_error(state, "%s: 'parameters' must be a list", script->name);
        lua_Integer count = lua_base_border(state, lua_gettop(state));
        if (count > NP_MAX_PARAMETERS)
            luaL_error(state, "%s: at most %d parameters", script->name, NP_MAX_PARAMETERS);
        for (lua_Integer i = 1; i <= count; i++) {
            if (lua_rawgeti(state, -1, i) != LUA_TTABLE)
                luaL_error(state, "%s: a parameter is a table {name = …, initial = …}",
                           script->name);
            script->parameter[i - 1] = read_parameter(state, script);
            for (lua_Integer k = 1; k < i; k++)
                if (strcmp(script->parameter[k - 1].name, script->parameter[i - 1].name) == 0)
                    luaL_error(state, "%s: two parameters '%s'", script->name,
                               script->parameter[i - 1].name);
            lua_pop(state, 1);
        }
    }
    lua_pop(state, 1);
}

static void check_function(lua_State *state, const LuaScript *script, const char *field,
                           bool mandatory) {
    int type = lua_getfield(state, -1, field);
    if (type != LUA_TFUNCTION && (mandatory || type != LUA_TNIL))
        luaL_error(state, "%s: '%s' must be a function", script->name, field);
    lua_pop(state, 1);
}

static int introduce(lua_State *state) {
    Reading *reading = lua_touserdata(state, 1);
    LuaScript *script = reading->script;
    compile(state, reading);
    lua_script_run(state, script);
    script->strategy.name = read_name(state, script);
    script->strategy.summary = read_words(state, script, "summary", MOST_WORDS);
    if (script->strategy.summary == NULL) script->strategy.summary = "";
    script->strategy.source = read_words(state, script, "source", MOST_WORDS);
    read_parameters(state, script);
    script->strategy.parameter = script->parameter;
    check_function(state, script, "open", false);
    check_function(state, script, "observe", false);
    check_function(state, script, "act", true);
    check_function(state, script, "close", false);
    return 0;
}

/* --- life --- */

static void name_script(LuaScript *script, const char *path) {
    char shown[256];
    const char *slash = strrchr(path, '/');
    text_safe(shown, sizeof shown, slash != NULL ? slash + 1 : path);
    script->name = arena_text(&script->words, shown, strlen(shown));
}

bool lua_script_read(LuaScript *script, const char *path, const char *bytes, size_t length,
                     Error *error) {
    char why[LUA_BOX_WHY];
    Reading reading = {.script = script};
    arena_init(&script->words);
    name_script(script, path);
    bool good = lua_source_read(script->name, bytes, length, &reading.text, error);
    if (good) {
        LuaBox *box = lua_box_create(script->name);
        good = lua_box_do(box, introduce, &reading, why) ||
               error_set(error, ERROR_SCENARIO, "%s", why);
        lua_box_destroy(box);
    }
    text_finish(&reading.text);
    return good;
}

void lua_script_finish(LuaScript *script) {
    text_finish(&script->code);
    arena_finish(&script->words);
}
