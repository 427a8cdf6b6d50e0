/* The sandbox: what differs from run to run in Lua does not here, and what is hostile is contained. */
#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"
#include "lua_scene.h"

#define SAYS(expected, statements) assert_string_equal(lua_says(statements), expected)
/* Within the complaint. */
#define FAILS(expected, statements) assert_within(lua_says(statements), expected)

static void assert_within(const char *said, const char *expected) {
    if (strstr(said, expected) == NULL) fail_msg("\"%s\" is not in: %s", expected, said);
}

/* --- the language is Lua --- */

static void powers_and_lengths_bind_as_ever(void **state) {
    (void)state;
    SAYS("8.0", "return 2^3");
    SAYS("512.0", "return 2^3^2");
    SAYS("-4.0", "return -2^2");
    SAYS("0.25", "return 2^-2");
    SAYS("3", "local t = {1, 2, 3} return #t");
    SAYS("-3", "local t = {a = {1, 2, 3}} return -#t.a");
    SAYS("6", "local t = {1, 2, 3} return #t * 2");
    SAYS("9.0", "local t = {1, 2, 3} return (#t) ^ 2");
    SAYS("8.0", "local t = {1, 2, 3} return 2 ^ #t");
    SAYS("false", "local t = {} return not #t");
    SAYS("0.001953125", "local a = 2 return a ^ -(-3) ^ 2");
    SAYS("-0.125", "return -2 ^ -3");
    SAYS("5", "return #'hello'");
    SAYS("5", "return #[[#^--x]]");
    SAYS("#^", "--[==[ # ^ ]] ]==] return '#^' -- # ^");
    SAYS("7", "return #setmetatable({}, {__len = function() return 7 end})");
    SAYS("nan", "return (-8) ^ (1/3)");
    SAYS("-8.0", "return (-2) ^ 3");
    SAYS("1.4142135623731", "return 2 ^ 0.5");
    SAYS("userdata",
         "local t = setmetatable({}, {__pow = function(_, n) return type(n) end}) return t ^ 2");
    FAILS("test.lua:2: attempt to get length of a nil value", "\n local x return #x");
    FAILS("test.lua:2: attempt to take a power of a table value", "\n return {} ^ 2");
}

/* The operators' values are nobody's to play with. */
static void a_script_is_given_nothing(void **state) {
    (void)state;
    LuaScene it;
    assert_false(lua_scene_open(
        &it, "local given = select('#', ...) return {name = 'test', act = function() end, "
             "open = function() return nil, given .. tostring(_G['np_' .. '_power']) end}"));
    assert_string_equal(it.why, "0nil");
    lua_scene_close(&it);
}

static void tables_sort_stably(void **state) {
    (void)state;
    SAYS("1 2 3 5 8", "local t = {5, 3, 8, 1, 2} table.sort(t) return table.concat(t, ' ')");
    SAYS("true",
         "local t = {} for i = 1, 500 do t[i] = {key = i * 7 % 10, at = i} end "
         "table.sort(t, function(a, b) return a.key < b.key end) "
         "for i = 2, 500 do local a, b = t[i - 1], t[i] "
         "if a.key > b.key or a.key == b.key and a.at > b.at then return i end end return true");
    SAYS("1,9,2,3", "local t = {1, 2, 3} table.insert(t, 2, 9) return table.concat(t, ',')");
    SAYS("2 1,3", "local t = {1, 2, 3} return table.remove(t, 2) .. ' ' .. table.concat(t, ',')");
    SAYS("4", "local t = {1, 2, 3} t[#t + 1] = 4 return select('#', table.unpack(t))");
}

static void patterns_match_as_in_the_manual(void **state) {
    (void)state;
    SAYS("hello 7 11", "local a, b = ('say hello'):find('h%a+') return ('say hello'):match('h%a+') "
                       ".. ' ' .. ('xxxxxxhello'):find('hel') .. ' ' .. b + 2");
    SAYS("a|b|c", "local t = {} for w in ('a, b,c'):gmatch('%w+') do t[#t + 1] = w end "
                  "return table.concat(t, '|')");
    SAYS("key=value",
         "local k, v = ('key = value'):match('^(%w+)%s*=%s*(%w+)$') return k .. '=' .. v");
    SAYS("h3ll0 w0rld 3",
         "local s, n = ('hello world'):gsub('[eo]', {e = '3', o = '0'}) return s .. ' ' .. n");
    SAYS("<<a>> <<b>>", "return (('a b'):gsub('%w', '<<%0>>'))");
    SAYS("(a(b)c)", "return ('x(a(b)c)y'):match('%b()')");
    SAYS("THE (quick) fox", "return (('THE (quick) fox'):gsub('%f[%a]%u%f[%A]', ''))");
    SAYS("abab", "return ('xababy'):match('((ab)%2)')");
    SAYS("2 3", "local a, b = ('abc'):match('a()b()') return a .. ' ' .. b");
    SAYS("ab", "return ('aab'):match('a-b', 2)");
    SAYS("3", "return ('a.b'):find('b', 1, true)");
    SAYS("nil", "return ('abc'):match('^b')");
    SAYS("-a-b-", "return (('ab'):gsub('', '-'))");
    FAILS("malformed pattern", "return ('x'):find('[a')");
    FAILS("malformed pattern", "return ('x'):find('%')");
}

/* --- nothing differs from run to run --- */

static void nothing_shows_an_address(void **state) {
    (void)state;
    SAYS("table", "return {}");
    SAYS("function", "return print or tostring");
    SAYS("table", "return string.format('%s', {})");
    SAYS("security=norway", "return host.package{security = 'norway'}");
    FAILS("there is no '%p'", "return string.format('%p', {})");
    FAILS("there is no '%p'", "return string.format('%5p', {})");
    FAILS("an error without words (a table)", "error({})");
    SAYS("nan", "return 0/0");
    SAYS("nan nan 1 2.5", "return table.concat({0/0, -(0/0), 1, 2.5}, ' ')");
    SAYS("nan nan", "return string.format('%.1f', 0/0) .. ' ' .. string.format('%.1f', -(0/0))");
}

static void tables_are_gone_through_in_order(void **state) {
    (void)state;
    SAYS("-1 1 2.5 3 a b false true",
         "local t, s = {b = 1, a = 1, [3] = 1, [2.5] = 1, [1] = 1, [-1] = 1, [true] = 1, [false] = "
         "1}, {} "
         "for k in pairs(t) do s[#s + 1] = tostring(k) end return table.concat(s, ' ')");
    SAYS("-1 a", "local t = {a = 1, [-1] = 1} local k = next(t) return k .. ' ' .. next(t, k)");
    SAYS("nil", "return next({})");
    SAYS("2",
         "local t, n = {1, 2, 3}, 0 for k in pairs(t) do t[k + 1] = nil n = n + 1 end return n");
    SAYS("line security",
         "local s = {} for i in pairs({security = 1, line = 1}) do s[#s + 1] = i end "
         "return table.concat(s, ' ')");
    FAILS("a table with a table as a key cannot be gone through",
          "for _ in pairs({[{}] = 1}) do end");
    FAILS("a table with a function as a key", "return next({[print or next] = 1})");
}

static void what_reaches_outside_is_not_there(void **state) {
    (void)state;
    SAYS("", "local found = {} "
             "for _, name in ipairs{'io', 'os', 'load', 'loadstring', 'loadfile', 'dofile', "
             "'require', 'package', "
             "'debug', 'collectgarbage', 'coroutine', 'utf8', 'print', 'warn'} do "
             "if _G[name] then found[#found + 1] = name end end "
             "for _, name in ipairs{'dump', 'pack', 'unpack', 'packsize'} do "
             "if string[name] then found[#found + 1] = name end end "
             "for _, name in ipairs{'sin', 'cos', 'tan', 'atan', 'randomseed'} do "
             "if math[name] then found[#found + 1] = name end end "
             "if table.move then found[#found + 1] = 'move' end "
             "return table.concat(found, ' ')");
    FAILS("no '__gc'", "setmetatable({}, {__gc = function() end})");
    FAILS("no weak tables", "setmetatable({}, {__mode = 'k'})");
    SAYS("false", "return getmetatable('')");
    SAYS("false", "return getmetatable(host.best())");
    FAILS("a package cannot be changed", "host.best().security = 'israel'");
}

/* The collector runs when so many steps are done: even tables made weak by a trick forget at one moment. */
static const char forgetful[] =
    "local mt = {} local weak = setmetatable({}, mt) mt['__' .. 'mode'] = 'v' "
    "local hash, n = 0, 0 for i = 1, 4000 do weak[i] = {} if i % 10 == 0 then n = 0 "
    "for _ in pairs(weak) do n = n + 1 end hash = (hash * 31 + n) % 1000003 end end "
    "return n < 4000 and hash or 'nothing was collected'";

static void the_collector_cannot_be_timed(void **state) {
    (void)state;
    char first[1024];
    snprintf(first, sizeof first, "%s", lua_says(forgetful));
    assert_string_not_equal(first, "nothing was collected");
    for (int i = 0; i < 3; i++) {
        void *between = memory_new(1, 1000 + 4096 * (size_t)i);
        assert_string_equal(lua_says(forgetful), first);
        memory_free(between);
    }
}

/* --- attacks --- */

static void endless_loops_end(void **state) {
    (void)state;
    FAILS("test.lua:2: more than 10,000,000 steps", "\nwhile true do end");
    FAILS("more than 10,000,000 steps", "local function f() return f() end f()");
    FAILS("more than 10,000,000 steps", "while true do pcall(error) end");
    FAILS("more than 10,000,000 steps",
          "while true do pcall(function() while true do end end) end");
    FAILS("more than 10,000,000 steps",
          "xpcall(function() while true do end end, function() while true do end end)");
    FAILS("more than 10,000,000 steps", "for _ in pairs(setmetatable({}, {__pairs = function() "
                                        "return function() return 1 end end})) do end");
    FAILS("more than 10,000,000 steps",
          "local x <close> = setmetatable({}, {__close = function() while true do end end}) "
          "while true do end");
    FAILS("more than 10,000,000 steps",
          "local t = setmetatable({}, {__index = function(t, k) return 1 end}) "
          "for _ in ipairs(t) do end");
    FAILS("more than 10,000,000 steps", "while true do ('x'):rep(10000):upper() end");
    FAILS("more than 10,000,000 steps",
          "local t = {} for i = 1, 300 do t[i] = i end while true do table.sort(t) end");
    FAILS("more than 10,000,000 steps", "local t = {} for i = 1, 5000 do t['k' .. i] = i end "
                                        "while true do next(t) end");
}

static void patterns_that_backtrack_for_ever_end(void **state) {
    (void)state;
    FAILS("more than 10,000,000 steps", "return ('a'):rep(3000):find(('a-'):rep(20) .. 'b')");
    FAILS("more than 10,000,000 steps",
          "while true do pcall(string.find, ('a'):rep(300), ('a*'):rep(10) .. 'b') end");
    FAILS("too complex", "return ('('):rep(300):find(('(.'):rep(20) .. ('.?'):rep(300))");
}

static void memory_is_bounded(void **state) {
    (void)state;
    FAILS("test.lua:2: more than 32 MiB of memory",
          "\nlocal t = {} for i = 1, 1e7 do t[i] = {i} end");
    FAILS("a text of more than 16 KiB", "return ('x'):rep(1e9)");
    FAILS("a text of more than 16 KiB", "return ('x'):rep(1e9, 'yyy')");
    FAILS("a text of more than 16 KiB", "local s = 'x' while true do s = s .. s end");
    FAILS("a text of more than 16 KiB",
          "local s = 'x' while true do pcall(function() s = s .. s end) end");
    FAILS("a text of more than 16 KiB", "return (('x'):rep(16000):gsub('x', ('y'):rep(16000)))");
    FAILS("a text of more than 16 KiB",
          "local t = {} for i = 1, 3000 do t[i] = ('x'):rep(10000) end "
          "return table.concat(t)");
    FAILS("more than 250 at once", "return table.unpack({}, 1, 1e7 // 1 | 0)");
    SAYS("16000", "return select('#', ('x'):rep(16000):byte(1, -1))");
}

static void recursion_ends(void **state) {
    (void)state;
    FAILS("more than 32 MiB of memory", "local function f() return 1 + f() end return f()");
    FAILS("C stack overflow",
          "local t = setmetatable({}, {__tostring = function(t) return tostring(t) end}) return t");
    FAILS("C stack overflow", "local function f(s) return (s:gsub('x', f)) end return f('x')");
    FAILS("C stack overflow",
          "local function f() return pcall(f) end local _, a = f() error('C stack overflow')");
    FAILS("loop",
          "local t = {} setmetatable(t, {__index = t}) setmetatable(t, {__index = t}) return t.x");
}

/* Where the scan of the source and Lua's own reading part, the C library's power would come in. */
static void no_power_escapes_the_scan(void **state) {
    (void)state;
    static const char taken[] = "attempt to take a power";
    FAILS(taken, "-- a comment ends here\r return {} ^ 2");
    FAILS(taken, "local s = 'a\\z\n b' return {} ^ #'x' -- '");
    FAILS(taken, "local s = 'a\\z \t\n\r\n b' return {} ^ #'x' -- '");
    FAILS(taken, "local s = 'a\\\r\nb' return {} ^ #'x' -- '");
    FAILS(taken, "local s = 'a\\\n\rb' return {} ^ #'x' -- '");
    FAILS("unfinished string", "local s = 'a\r' return {} ^ 2");
    SAYS("ab", "return 'a\\z  \n  b'");
    SAYS("5", "return #'a\\z  \n  ^#b^'");
}

static void odd_arguments_are_complaints(void **state) {
    (void)state;
    FAILS("table expected", "local f = pairs{1} f(1)");
    FAILS("table expected", "local f = pairs{1} f(host.best())");
    FAILS("table expected", "local f = pairs{1} f()");
    SAYS("1", "return ('abc'):find('a', math.mininteger)");
    SAYS("nil", "return ('abc'):find('x', math.mininteger, true)");
    SAYS("nil", "return ('abc'):find('a', math.maxinteger)");
    SAYS("a", "return ('abc'):gmatch('a', math.mininteger)()");
    /* `#` of such a table is any of its borders; looking for one ends. */
    SAYS("true", "local t = {[0] = 1, [math.mininteger] = 1} for i = 0, 62 do t[1 << i] = 1 end "
                 "local n = #t return t[n] == 1 and t[n + 1] == nil");
    SAYS("true", "local t = {[0] = 1, [math.maxinteger] = 1} for i = 0, 62 do t[1 << i] = 1 end "
                 "table.insert(t, 2) table.remove(t) return #t > 0");
}

static void errors_say_where(void **state) {
    (void)state;
    FAILS("test.lua:3: attempt to index a nil value (local 'x')", "\n\nlocal x return x.y");
    FAILS("test.lua:2: there is no issue \"securty\"; the nearest is \"security\"",
          "\nreturn host.best().securty");
    FAILS("test.lua:1: there is no option \"norwai\"; the nearest is \"norway\"",
          "return host.best_with('security', 'norwai')");
    FAILS("test.lua:1: there is no issue \"aaa\"",
          "return host.utility{zzz = 1, aaa = 1, security = 'norway'}");
    FAILS("bad argument #1 to 'at_least' (not a number)", "return host.at_least(0/0)");
    FAILS("test.lua:1: bad argument #1 to 'utility' (package expected, got number)",
          "return host.utility(3)");
    FAILS("moves are made in act only", "return 'moves are made in act only'");
}

static void scripts_are_texts(void **state) {
    (void)state;
    LuaScene it;
    static const struct {
        const char *script, *why;
    } rows[] = {
        {"\x1bLua", "not a text"},
        {"return 1", "a strategy is a table"},
        {"return {}", "'name' must be a word"},
        {"return {name = 'a b'}", "'name' must be a word"},
        {"return {name = 'a'}", "'act' must be a function"},
        {"return {name = 'a', act = 1}", "'act' must be a function"},
        {"\n\nreturn {", "test.lua:3: unexpected symbol near <eof>"},
        {"local np__power = 1", "test.lua:1: the names np__length and np__power are taken"},
        {"while true do end", "test.lua:1: more than 10,000,000 steps"},
        {"return {name = 'a', act = error, parameters = {{name = 'x', initial = 0/0}}}",
         "parameter 'x': 'initial' must be a number"},
        {"return {name = 'a', act = error, parameters = {{name = 'x', initial = 3, least = 4, most "
         "= 5}}}",
         "must lie between"},
        {"return {name = 'a', act = error, parameters = {{name = 'x', text = ''}, {name = 'x', "
         "text = ''}}}",
         "two parameters 'x'"},
        {"return {name = 'a', act = error, open = function() error() end}",
         "an error without words (a nil)"},
        {"return {name = 'a', act = error, open = function() return nil, 'no \\27[31m' end}",
         "no \\x1b[31m"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_false(lua_scene_open(&it, rows[i].script));
        assert_within(it.why, rows[i].why);
        lua_scene_close(&it);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(powers_and_lengths_bind_as_ever),
        cmocka_unit_test(a_script_is_given_nothing),
        cmocka_unit_test(tables_sort_stably),
        cmocka_unit_test(patterns_match_as_in_the_manual),
        cmocka_unit_test(nothing_shows_an_address),
        cmocka_unit_test(tables_are_gone_through_in_order),
        cmocka_unit_test(what_reaches_outside_is_not_there),
        cmocka_unit_test(the_collector_cannot_be_timed),
        cmocka_unit_test(endless_loops_end),
        cmocka_unit_test(patterns_that_backtrack_for_ever_end),
        cmocka_unit_test(memory_is_bounded),
        cmocka_unit_test(recursion_ends),
        cmocka_unit_test(no_power_escapes_the_scan),
        cmocka_unit_test(odd_arguments_are_complaints),
        cmocka_unit_test(errors_say_where),
        cmocka_unit_test(scripts_are_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
