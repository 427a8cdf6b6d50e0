#include "agents/lua_strategy.h"

const Strategy *lua_strategy_load(const char *path, const char *bytes, size_t length,
                                  Error *error) {
    (void)bytes;
    (void)length;
    error_set(error, ERROR_SCENARIO, "%s: strategies in Lua are not there yet.", path);
    return NULL;
}

void lua_strategy_free(const Strategy *strategy) {
    (void)strategy;
}
