/* The math library: what is exact from Lua, exp, log and pow from core/base/real.h, chance from the seat's stream. */
#include <lauxlib.h>
#include <lualib.h>

#include "agents/lua_box.h"
#include "core/base/real.h"

static bool is_whole(double x) {
    /* Beyond 2^53 there is nothing but whole numbers, and infinities count as such. No call of the C library. */
    const double every_whole = 9007199254740992.0;
    if (!(x > -every_whole && x < every_whole)) return x == x;
    return x == (double)(long long)x;
}

/* C99 Annex F for negative bases: defined for whole exponents, whose last bit decides the sign. */
double lua_math_power(double x, double y) {
    if (!(x < 0)) return real_pow(x, y);
    double infinity = __builtin_inf();
    if (x == -infinity || y == infinity || y == -infinity || is_whole(y)) {
        double half = y / 2, power = real_pow(-x, y);
        bool odd = is_whole(y) && !is_whole(half);
        return odd ? -power : power;
    }
    return __builtin_nan("");
}

static int power(lua_State *state) {
    lua_pushnumber(state, lua_math_power(luaL_checknumber(state, 1), luaL_checknumber(state, 2)));
    return 1;
}

static int exponential(lua_State *state) {
    lua_pushnumber(state, real_exp(luaL_checknumber(state, 1)));
    return 1;
}

static int logarithm(lua_State *state) {
    double of = real_log(luaL_checknumber(state, 1));
    if (!lua_isnoneornil(state, 2)) of /= real_log(luaL_checknumber(state, 2));
    lua_pushnumber(state, of);
    return 1;
}

static int square_root(lua_State *state) {
    lua_pushnumber(state, real_sqrt(luaL_checknumber(state, 1)));
    return 1;
}

/* --- chance --- */

static const Host *host_of(lua_State *state) {
    const Host *host = lua_box_of(state)->host;
    if (host == NULL) luaL_error(state, "there is no chance before the run is opened");
    return host;
}

static uint64_t draw(const Host *host) {
    uint64_t high = host->random_u32(host);
    return high << 32 | host->random_u32(host);
}

/* Even over 0 .. most: what would favour the low ones is drawn again. */
static uint64_t draw_up_to(const Host *host, uint64_t most) {
    if (most == UINT64_MAX) return draw(host);
    uint64_t range = most + 1, uneven = (UINT64_MAX % range + 1) % range, drawn;
    do drawn = draw(host);
    while (drawn > UINT64_MAX - uneven);
    return drawn % range;
}

static int chance(lua_State *state) {
    const Host *host = host_of(state);
    int arguments = lua_gettop(state);
    if (arguments > 2) return luaL_error(state, "wrong number of arguments");
    if (arguments == 0) {
        lua_pushnumber(state, host->random_unit(host));
        return 1;
    }
    lua_Integer least = arguments == 1 ? 1 : luaL_checkinteger(state, 1);
    lua_Integer most = luaL_checkinteger(state, arguments);
    luaL_argcheck(state, least <= most, arguments, "interval is empty");
    uint64_t drawn = draw_up_to(host, (uint64_t)most - (uint64_t)least);
    uint64_t chosen = drawn + (uint64_t)least; /* around the end of the numbers, if need be */
    lua_pushinteger(state, (lua_Integer)chosen);
    return 1;
}

void lua_math_open(lua_State *state) {
    static const char *const kept[] = {"abs", "ceil",       "floor", "fmod",       "huge",
                                       "max", "maxinteger", "min",   "mininteger", "modf",
                                       "pi",  "tointeger",  "type",  "ult",        NULL};
    static const luaL_Reg own[] = {{"exp", exponential},  {"log", logarithm}, {"pow", power},
                                   {"sqrt", square_root}, {"random", chance}, {NULL, NULL}};
    luaL_requiref(state, LUA_MATHLIBNAME, luaopen_math, 0);
    lua_base_keep(state, kept);
    luaL_setfuncs(state, own, 0);
    lua_setglobal(state, "math");
}
