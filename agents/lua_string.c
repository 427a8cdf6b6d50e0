/* The string library within limits: patterns by lua_pattern.h, texts no longer than they may be, no addresses. */
#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

#include "agents/lua_box.h"
#include "agents/lua_pattern.h"

/* --- Lua's own, at a price --- */

enum { BYTES_A_STEP = 16 };

static int at_a_price(lua_State *state) {
    if (lua_type(state, 1) == LUA_TSTRING)
        lua_box_spend(state, lua_rawlen(state, 1) / BYTES_A_STEP);
    return lua_tocfunction(state, lua_upvalueindex(1))(state);
}

/* Of the table on top. */
static void price(lua_State *state, const char *name) {
    lua_getfield(state, -1, name);
    lua_pushcclosure(state, at_a_price, 1);
    lua_setfield(state, -2, name);
}

static int repeat(lua_State *state) {
    size_t length, between;
    const char *text = luaL_checklstring(state, 1, &length);
    lua_Integer times = luaL_checkinteger(state, 2);
    const char *separator = luaL_optlstring(state, 3, "", &between);
    if (length + between > 0 && times > (lua_Integer)(LUA_BOX_STRING / (length + between)))
        return luaL_error(state, "a text of more than 16 KiB");
    luaL_Buffer buffer;
    luaL_buffinit(state, &buffer);
    for (lua_Integer i = 0; i < times && length + between > 0; i++) {
        if (i > 0) luaL_addlstring(&buffer, separator, between);
        luaL_addlstring(&buffer, text, length);
    }
    lua_box_spend(state, luaL_bufflen(&buffer) / BYTES_A_STEP);
    luaL_pushresult(&buffer);
    return 1;
}

/* --- patterns --- */

static PatternMatch begin(lua_State *state, int subject, const char **pattern) {
    size_t length, of_pattern;
    PatternMatch match = {.subject = luaL_checklstring(state, subject, &length),
                          .most = LUA_BOX_STEPS};
    *pattern = luaL_checklstring(state, subject + 1, &of_pattern);
    match.subject_end = match.subject + length;
    match.pattern_end = *pattern + of_pattern;
    return match;
}

/* One attempt, paid for. */
static const char *attempt(lua_State *state, PatternMatch *match, const char *at,
                           const char *pattern) {
    uint64_t before = match->steps;
    match->captures = 0;
    match->depth = 0;
    const char *end = pattern_match(match, at, pattern);
    lua_box_spend(state, match->steps - before);
    if (match->complaint != NULL) luaL_error(state, "%s", match->complaint);
    return end;
}

static void push_capture(lua_State *state, const PatternMatch *match, int which, const char *from,
                         const char *end) {
    if (which == 0 && match->captures == 0) {
        lua_pushlstring(state, from, (size_t)(end - from));
        return;
    }
    if (which >= match->captures) luaL_error(state, "invalid capture index %%%d", which + 1);
    const PatternCapture *capture = &match->capture[which];
    if (capture->length == CAPTURE_OPEN) luaL_error(state, "unfinished capture");
    if (capture->length == CAPTURE_POSITION)
        lua_pushinteger(state, capture->from - match->subject + 1);
    else
        lua_pushlstring(state, capture->from, (size_t)capture->length);
}

/* All captures; the whole match when there are none and it is asked for. */
static int push_captures(lua_State *state, const PatternMatch *match, const char *from,
                         const char *end, bool whole) {
    int count = match->captures == 0 && whole ? 1 : match->captures;
    luaL_checkstack(state, count, "too many captures");
    for (int i = 0; i < count; i++) push_capture(state, match, i, from, end);
    return count;
}

static const char *start_of(lua_State *state, const PatternMatch *match, int argument) {
    lua_Integer length = match->subject_end - match->subject;
    lua_Integer from = luaL_optinteger(state, argument, 1);
    if (from < 0) from = from < -length ? 1 : length + from + 1;
    if (from == 0) from = 1;
    return from > length + 1 ? NULL : match->subject + from - 1;
}

static int found_at(lua_State *state, const PatternMatch *match, const char *from,
                    const char *end) {
    lua_pushinteger(state, from - match->subject + 1);
    lua_pushinteger(state, end - match->subject);
    return 2;
}

static int find_plain(lua_State *state, const PatternMatch *match, const char *from,
                      const char *pattern) {
    size_t length = (size_t)(match->pattern_end - pattern);
    for (; (size_t)(match->subject_end - from) >= length; from++) {
        lua_box_spend(state, 1);
        if (memcmp(from, pattern, length) == 0) return found_at(state, match, from, from + length);
    }
    return luaL_pushfail(state), 1;
}

static int search(lua_State *state, bool find) {
    const char *pattern;
    PatternMatch match = begin(state, 1, &pattern);
    const char *from = start_of(state, &match, 3);
    if (from == NULL) return luaL_pushfail(state), 1;
    if (find && lua_toboolean(state, 4)) return find_plain(state, &match, from, pattern);
    bool anchored = pattern < match.pattern_end && *pattern == '^';
    pattern += anchored;
    do {
        const char *end = attempt(state, &match, from, pattern);
        if (end == NULL) continue;
        int places = find ? found_at(state, &match, from, end) : 0;
        return places + push_captures(state, &match, from, end, !find);
    } while (from++ < match.subject_end && !anchored);
    return luaL_pushfail(state), 1;
}

static int find(lua_State *state) {
    return search(state, true);
}

static int match_once(lua_State *state) {
    return search(state, false);
}

/* Upvalues: subject, pattern, where to go on, where the last match ended (-1: none). */
static int next_match(lua_State *state) {
    lua_settop(state, 0);
    lua_pushvalue(state, lua_upvalueindex(1));
    lua_pushvalue(state, lua_upvalueindex(2));
    const char *pattern;
    PatternMatch match = begin(state, 1, &pattern);
    lua_Integer at = lua_tointeger(state, lua_upvalueindex(3));
    lua_Integer last = lua_tointeger(state, lua_upvalueindex(4));
    for (const char *from = match.subject + at; from <= match.subject_end; from++) {
        const char *end = attempt(state, &match, from, pattern);
        if (end == NULL || end - match.subject == last) continue;
        lua_pushinteger(state, end - match.subject);
        lua_copy(state, -1, lua_upvalueindex(3));
        lua_replace(state, lua_upvalueindex(4));
        return push_captures(state, &match, from, end, true);
    }
    return 0;
}

static int every_match(lua_State *state) {
    luaL_checkstring(state, 1);
    luaL_checkstring(state, 2);
    const char *pattern;
    PatternMatch match = begin(state, 1, &pattern);
    const char *from = start_of(state, &match, 3);
    lua_settop(state, 2);
    lua_pushinteger(state,
                    from == NULL ? match.subject_end - match.subject + 1 : from - match.subject);
    lua_pushinteger(state, -1);
    lua_pushcclosure(state, next_match, 4);
    return 1;
}

/* --- gsub --- */

static void add_bounded(lua_State *state, luaL_Buffer *buffer, const char *bytes, size_t length) {
    lua_box_spend(state, 1 + length / BYTES_A_STEP);
    luaL_addlstring(buffer, bytes, length);
    if (luaL_bufflen(buffer) > LUA_BOX_STRING) luaL_error(state, "a text of more than 16 KiB");
}

static void add_value(lua_State *state, luaL_Buffer *buffer) {
    size_t length = lua_rawlen(state, -1);
    lua_box_spend(state, 1 + length / BYTES_A_STEP);
    luaL_addvalue(buffer);
    if (luaL_bufflen(buffer) > LUA_BOX_STRING) luaL_error(state, "a text of more than 16 KiB");
}

/* "%1" and the like in a replacement text. */
static void add_template(lua_State *state, const PatternMatch *match, luaL_Buffer *buffer,
                         const char *from, const char *end) {
    size_t length;
    const char *text = lua_tolstring(state, 3, &length);
    for (size_t i = 0; i < length; i++) {
        if (text[i] != '%') {
            add_bounded(state, buffer, text + i, 1);
            continue;
        }
        char which = text[++i];
        if (which == '%') {
            add_bounded(state, buffer, "%", 1);
        } else if (which == '0') {
            add_bounded(state, buffer, from, (size_t)(end - from));
        } else if (which >= '1' && which <= '9') {
            push_capture(state, match, which - '1', from, end);
            lua_tostring(state, -1);
            add_value(state, buffer);
        } else {
            luaL_error(state, "invalid use of '%%' in replacement string");
        }
    }
}

static void add_replacement(lua_State *state, const PatternMatch *match, luaL_Buffer *buffer,
                            const char *from, const char *end) {
    int type = lua_type(state, 3);
    if (type == LUA_TSTRING || type == LUA_TNUMBER) {
        add_template(state, match, buffer, from, end);
        return;
    }
    if (type == LUA_TTABLE) {
        push_capture(state, match, 0, from, end);
        lua_gettable(state, 3);
    } else {
        lua_pushvalue(state, 3);
        lua_call(state, push_captures(state, match, from, end, true), 1);
    }
    if (!lua_toboolean(state, -1)) {
        lua_pop(state, 1);
        add_bounded(state, buffer, from, (size_t)(end - from));
        return;
    }
    if (!lua_isstring(state, -1))
        luaL_error(state, "invalid replacement value (a %s)", luaL_typename(state, -1));
    lua_tostring(state, -1);
    add_value(state, buffer);
}

static int replace(lua_State *state) {
    const char *pattern;
    int type = lua_type(state, 3);
    luaL_argexpected(state,
                     type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION ||
                         type == LUA_TTABLE,
                     3, "string/function/table");
    PatternMatch match = begin(state, 1, &pattern);
    lua_Integer most = luaL_optinteger(state, 4, LUA_BOX_STRING + 1), made = 0;
    bool anchored = pattern < match.pattern_end && *pattern == '^';
    pattern += anchored;
    if (type == LUA_TNUMBER) lua_tostring(state, 3);
    const char *from = match.subject, *last = NULL;
    luaL_Buffer buffer;
    luaL_buffinit(state, &buffer);
    while (made < most) {
        const char *end = attempt(state, &match, from, pattern);
        if (end != NULL && end != last) {
            made++;
            add_replacement(state, &match, &buffer, from, end);
            from = last = end;
        } else if (from < match.subject_end) {
            add_bounded(state, &buffer, from++, 1);
        } else {
            break;
        }
        if (anchored) break;
    }
    add_bounded(state, &buffer, from, (size_t)(match.subject_end - from));
    luaL_pushresult(&buffer);
    lua_pushinteger(state, made);
    return 2;
}

/* --- format --- */

/* Lua's own does the work, once what %s shows has no address and what is not a number has no sign. */
static void prepare(lua_State *state, char conversion, int argument) {
    if (argument > lua_gettop(state)) return;
    if (conversion == 'p') luaL_error(state, "there is no '%%p': addresses differ from run to run");
    if (conversion == 's') {
        lua_base_text(state, argument, NULL);
        lua_replace(state, argument);
    } else if (lua_type(state, argument) == LUA_TNUMBER) {
        lua_Number number = lua_tonumber(state, argument);
        if (number == number) return;
        lua_pushnumber(state, __builtin_copysign(number, 1));
        lua_replace(state, argument);
    }
}

static int format(lua_State *state) {
    size_t length;
    const char *text = luaL_checklstring(state, 1, &length);
    int argument = 1;
    lua_box_spend(state, length / BYTES_A_STEP);
    for (size_t i = 0; i < length; i++) {
        if (text[i] != '%' || text[++i] == '%') continue;
        while (i < length && strchr("-+ #0123456789.", text[i]) != NULL && text[i] != '\0') i++;
        prepare(state, text[i], ++argument);
    }
    return lua_tocfunction(state, lua_upvalueindex(1))(state);
}

void lua_string_open(lua_State *state) {
    static const char *const kept[] = {"byte",    "char", "format", "len", "lower",
                                       "reverse", "sub",  "upper",  NULL};
    static const char *const priced[] = {"byte", "lower", "reverse", "sub", "upper"};
    static const luaL_Reg own[] = {{"find", find},    {"match", match_once},   {"rep", repeat},
                                   {"gsub", replace}, {"gmatch", every_match}, {NULL, NULL}};
    luaL_requiref(state, LUA_STRLIBNAME, luaopen_string, 0);
    lua_base_keep(state, kept);
    luaL_setfuncs(state, own, 0);
    for (size_t i = 0; i < sizeof priced / sizeof priced[0]; i++) price(state, priced[i]);
    lua_getfield(state, -1, "format");
    lua_pushcclosure(state, format, 1);
    lua_setfield(state, -2, "format");
    /* What is asked of a text, ("x"):rep(3), is this library; arithmetic on texts is Lua's own. */
    lua_pushliteral(state, "");
    lua_getmetatable(state, -1);
    lua_pushvalue(state, -3);
    lua_setfield(state, -2, "__index");
    lua_pushboolean(state, false);
    lua_setfield(state, -2, "__metatable");
    lua_pop(state, 2);
    lua_setglobal(state, "string");
}
