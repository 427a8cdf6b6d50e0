/* What a script is given, what it may answer, and what becomes of a script that fails. */
#include <stdio.h>
#include <string.h>

#include "agents/repertoire.h"
#include "core/base/memory.h"
#include "lua_scene.h"

static void assert_within(const char *said, const char *expected) {
    if (strstr(said, expected) == NULL) fail_msg("\"%s\" is not in: %s", expected, said);
}

#define SAYS(expected, statements) assert_string_equal(lua_says(statements), expected)

static void a_script_says_what_it_is(void **state) {
    (void)state;
    static const char script[] =
        "#!/usr/bin/lua\nlocal p = {{name = 'e', initial = 0.5, least = 0, most = 1, summary = "
        "'pace'},"
        "{name = 'issue', text = 'security'}}\n"
        "return {name = 'mine', summary = 'does', source = 'me 2026', parameters = p,"
        "open = function(host, arguments) return nil, arguments.e .. ' ' .. arguments.issue end,"
        "act = function() end}";
    LuaScene it;
    assert_false(lua_scene_open(&it, script));
    assert_string_equal(it.why, "0.5 security");
    assert_string_equal(it.strategy->name, "mine");
    assert_string_equal(it.strategy->summary, "does");
    assert_string_equal(it.strategy->source, "me 2026");
    assert_string_equal(it.strategy->parameter[0].summary, "pace");
    assert_float_equal(it.strategy->parameter[0].most, 1, 0);
    assert_string_equal(it.strategy->parameter[1].text, "security");
    assert_null(it.strategy->parameter[2].name);
    lua_scene_close(&it);
}

static void the_table_is_described_by_its_words(void **state) {
    (void)state;
    SAYS("ukraine of 3, 8640000, 86400, open",
         "return host.seat .. ' of ' .. #host.seats .. ', ' .. host.deadline .. ', ' .. host.delay "
         ".. ', ' .. (host.turns and 'turns' or 'open')");
    SAYS("security line 4 israel hold",
         "return host.issues[1].id .. ' ' .. host.issues[2].id .. ' ' .. "
         "#host.issues.security.options "
         ".. ' ' .. host.issues.security.options[2] .. ' ' .. host.issues.line.options[1]");
    SAYS("aid ukraine 0.5",
         "local l = host.levers.aid return l.id .. ' ' .. l.seat .. ' ' .. host.level('aid')");
}

static void packages_are_values(void **state) {
    (void)state;
    SAYS("security=norway, line=hold", "return host.best()");
    SAYS("norway", "return host.best().security");
    SAYS("true", "return host.best() == host.package{security = 'norway', line = 'hold'}");
    SAYS("found", "local t = {[host.best()] = 'found'} return t[host.package{security = 'norway', "
                  "line = 'hold'}]");
    SAYS("security=norway, line=swap", "return host.with(host.best(), {line = 'swap'})");
    SAYS("nil false true",
         "local p = host.package{line = 'swap'} return tostring(p.security) .. ' ' .. "
         "tostring(host.complete(p)) .. ' ' .. tostring(host.complete(host.best()))");
    SAYS("security:norway line:hold ", "local s = '' for issue, option in pairs(host.best()) do s "
                                       "= s .. issue .. ':' .. option .. ' ' end return s");
    SAYS("line=cede line=hold",
         "local s = {} for p in pairs({[host.package{line = 'hold'}] = 1, [host.package{line = "
         "'cede'}] = 1}) do "
         "s[#s + 1] = tostring(p) end table.sort(s) return table.concat(s, ' ')");
}

static void the_host_answers_as_it_does_in_c(void **state) {
    (void)state;
    SAYS("0.8 0.3",
         "return host.utility{security = 'norway', line = 'swap'} .. ' ' .. host.reservation()");
    SAYS("security=israel, line=swap", "return host.at_least(0.64)");
    SAYS("security=training, line=hold", "return host.best_with('security', 'training')");
    SAYS("security=israel, line=swap",
         "return host.nearest(0.6, 0.06, {security = 'israel', line = 'cede'})");
    SAYS("nil", "return host.best_with('security', 'neutrality')");
    SAYS("true true false",
         "return tostring(host.exact()) .. ' ' .. tostring(host.needs(host.best())) .. ' ' .. "
         "tostring(host.acceptable{security = 'neutrality'})");
    SAYS("ukraine russia us", "return table.concat(host.needed(host.best()), ' ')");
    SAYS("1 1.0", "return host.types('russia') .. ' ' .. host.belief('russia', 1)");
    SAYS("true",
         "for i = 1, 1000 do local n = math.random(3) if n < 1 or n > 3 then return n end end "
         "local u = math.random() return u >= 0 and u < 1");
}

/* Whether the list and the walk are there depends on the host; a script is told. */
static void the_space_is_walked_from_the_best_down(void **state) {
    (void)state;
    const char *said =
        lua_says("local last, n = 2, 0 for p in host.by_utility() do local u = host.utility(p) "
                 "if u > last then return 'up' end last = u n = n + 1 end return n");
    if (strstr(said, "this host cannot") == NULL) assert_string_equal(said, "9");
}

/* --- answers --- */

static Reply reply_of(const char *statements) {
    static char script[4096];
    LuaScene it;
    Reply reply;
    snprintf(script, sizeof script,
             "return {name = 'test', act = function(state, host, now, reply) %s end}", statements);
    assert_true(lua_scene_open(&it, script));
    if (!lua_scene_act(&it, DAYS(1), &reply)) fail_msg("%s", it.why);
    lua_scene_close(&it);
    return reply;
}

static void every_move_can_be_made(void **state) {
    (void)state;
    Reply reply = reply_of(
        "reply.offer({security = 'israel', line = 'swap'}, {valid_for = 3 * host.day}) "
        "reply.offer({host.best(), {security = 'israel', line = 'hold'}}) "
        "reply.accept(7, 2) reply.reject(8) reply.withdraw(9) reply.rule_out('line', 'cede') "
        "reply.lever('aid', 0.75) reply.say('demand', {issue = 'line', option = 'hold'}) "
        "reply.wake(now + host.day)");
    Outcome first = deal(1, 1), second = deal(0, 0);
    assert_int_equal(reply.moves, 8);
    assert_int_equal(reply.wake_at, DAYS(2));
    assert_memory_equal(&reply.move[0].menu[0], &first, sizeof first);
    assert_int_equal(reply.move[0].valid_for, DAYS(3));
    assert_int_equal(reply.move[1].packages, 2);
    assert_memory_equal(&reply.move[1].menu[0], &second, sizeof second);
    assert_int_equal(reply.move[2].offer, 7);
    assert_int_equal(reply.move[2].package, 1);
    assert_int_equal(reply.move[3].kind, NP_REJECT);
    assert_int_equal(reply.move[4].offer, 9);
    assert_int_equal(reply.move[5].option, 2);
    assert_float_equal(reply.move[6].level, 0.75, 0);
    assert_int_equal(reply.move[7].statement, NP_SAY_DEMAND);
    assert_int_equal(reply.move[7].lever, NP_NO_LEVER);
}

static void a_reply_has_no_room_for_a_ninth_move(void **state) {
    (void)state;
    Reply reply = reply_of("for i = 1, 8 do assert(reply.pass()) end assert(not reply.walk_out())");
    assert_int_equal(reply.moves, 8);
    assert_int_equal(reply.move[7].kind, NP_PASS);
}

/* --- failing --- */

static void a_script_that_fails_is_its_seats_fault(void **state) {
    (void)state;
    static const struct {
        const char *statements, *why;
    } rows[] = {
        {"reply.lever('aid', 0/0)", "bad argument #2 to 'lever' (not a number)"},
        {"reply.lever('aid', 'much')", "number expected, got string"},
        {"reply.offer({host.best(), host.best(), host.best(), host.best(), host.best()})",
         "at most 4"},
        {"reply.offer({1, 2})", "package expected, got number"},
        {"reply.offer({security = 'nowhere'})", "there is no option \"nowhere\""},
        {"reply.offer(host)", "there is no issue"},
        {"reply.accept(-1)", "no offer has that number"},
        {"reply.accept(1, 5)", "numbered from 1 to 4"},
        {"reply.say('insult')", "there is no statement \"insult\""},
        {"reply.wake(0/0)", "not a number"},
        {"state.x.y = 1", "attempt to index a nil value (field 'x')"},
        {"error('enough')", "test.lua:1: enough"},
        {"while true do end", "test.lua:1: more than 10,000,000 steps"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char script[512];
        LuaScene it;
        Reply reply;
        snprintf(script, sizeof script,
                 "return {name = 'test', act = function(state, host, now, reply) %s end}",
                 rows[i].statements);
        assert_true(lua_scene_open(&it, script));
        assert_false(lua_scene_act(&it, 0, &reply));
        assert_within(it.why, rows[i].why);
        assert_within(it.why, "test.lua:1: ");
        assert_false(lua_scene_act(&it, 0, &reply)); /* and stays it */
        assert_int_equal(reply.moves, 0);
        lua_scene_close(&it);
    }
}

static void a_player_hands_the_fault_on(void **state) {
    (void)state;
    Scene scene;
    Error error = {0};
    const char *path = NONPAPER_SOURCE_DIR "/tests/agents/scripts/fails_later.lua";
    scene_security(&scene, 2);
    Repertoire *repertoire = repertoire_create(TRUST_SCRIPTS);
    assert_true(repertoire_load(repertoire, path, &error));
    player_destroy(scene.player);
    scene.player = player_create(repertoire);
    assert_true(scene_open(&scene, path));
    Occasion occasion = {.at = 0};
    Grant grant = {1, UKR, 1, &occasion, 0, NULL};
    Answer answer;
    assert_true(player_obey(scene.player, &grant, &answer, &error));
    occasion.at = DAYS(1);
    assert_false(player_obey(scene.player, &grant, &answer, &error));
    assert_int_equal(error.kind, ERROR_AGENT);
    assert_within(error.text, "fails_later.lua:9: the second time is too much");
    scene_close(&scene);
    repertoire_destroy(repertoire);
}

/* --- what the seat comes to know --- */

static void observations_have_the_fields_of_their_kind(void **state) {
    (void)state;
    static const char script[] =
        "return {name = 'test', open = function() return {} end,"
        "observe = function(state, host, seen) local t = {} "
        "for k, v in pairs(seen) do if k == 'menu' then v = tostring(v[1]) .. '/' .. #v end "
        "if k == 'seats' then v = table.concat(v, '+') end t[#t + 1] = k .. '=' .. tostring(v) end "
        "state.said = table.concat(t, ' ') end,"
        "act = function(state) error(state.said, 0) end}";
    static const struct {
        Observation seen;
        const char *said;
    } rows[] = {
        {{.kind = NP_EVENT_OFFER,
          .at = 5,
          .seat = RUS,
          .offer = 3,
          .packages = 2,
          .expires_at = NP_NEVER},
         "at=5 kind=offer menu=security=norway, line=hold/2 offer=3 seat=russia table=public"},
        {{.kind = NP_EVENT_ACCEPTANCE,
          .seat = USA,
          .offer = 3,
          .package = 1,
          .packages = 1,
          .seats = 5},
         "at=0 kind=acceptance menu=security=norway, line=hold/1 offer=3 package=2 seat=us "
         "seats=ukraine+us table=public"},
        {{.kind = NP_EVENT_REFUSAL,
          .seat = UKR,
          .ruling = NP_RULING_INFEASIBLE,
          .refused = NP_OFFER},
         "at=0 kind=refusal offer=0 refused=offer ruling=infeasible seat=ukraine table=public"},
        {{.kind = NP_EVENT_LEVER, .seat = RUS, .subject = 1, .amount = 2},
         "amount=2.0 at=0 kind=lever lever=tempo seat=russia table=public"},
        {{.kind = NP_EVENT_STATEMENT,
          .seat = RUS,
          .word = NP_SAY_THREAT,
          .subject = 1,
          .issue = NP_NO_OPTION,
          .option = NP_NO_OPTION},
         "at=0 kind=statement lever=tempo seat=russia table=public word=threat"},
        {{.kind = NP_EVENT_APPRAISAL, .seat = UKR, .word = NP_ASPECT_RESERVATION, .amount = 0.5},
         "amount=0.5 at=0 kind=appraisal seat=ukraine table=public word=reservation"},
        {{.kind = NP_EVENT_OPENING, .seat = NP_NO_SEAT}, "at=0 kind=opening table=public"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        LuaScene it;
        Reply reply;
        Observation seen = rows[i].seen;
        for (int k = 0; k < NP_MAX_MENU; k++) seen.menu[k] = deal(0, 0);
        assert_true(lua_scene_open(&it, script));
        assert_true(lua_scene_observe(&it, &seen));
        assert_false(lua_scene_act(&it, 0, &reply));
        assert_string_equal(it.why, rows[i].said);
        lua_scene_close(&it);
    }
}

/* --- the same bytes again --- */

static void replies_do_not_depend_on_where_things_lie(void **state) {
    (void)state;
    enum { TIMES = 5, ASKED = 40 };
    static Reply reply[TIMES][ASKED];
    static const char script[] =
        "return {name = 'test', open = function() return {seen = {}, junk = {}} end,"
        "act = function(state, host, now, reply) "
        "for i = 1, 200 do local k = 'k' .. math.random(1000) state.junk[k] = {} state.junk[k .. "
        "'x'] = i "
        "state.junk['k' .. i] = nil state.junk[#state.junk + i % 3] = i end "
        "local sum = 0 for k, v in pairs(state.junk) do "
        "sum = (sum * 31 + #tostring(k) + (type(v) == 'number' and v or 7)) % 1000003 end "
        "local options = host.issues.security.options "
        "reply.offer({security = options[1 + sum % 3], line = host.issues.line.options[1 + sum % "
        "2]}) "
        "reply.wake(now + 1 + sum + #state.junk) reply.lever('aid', (sum / 1000003) ^ 0.37) end}";
    memset(reply, 0, sizeof reply);
    for (int time = 0; time < TIMES; time++) {
        LuaScene it;
        void *between[7];
        for (int i = 0; i < 7; i++) between[i] = memory_new(1 + (size_t)time * 37 + (size_t)i, 113);
        assert_true(lua_scene_open(&it, script));
        for (int i = 0; i < 7; i += 2) memory_free(between[i]);
        for (int i = 0; i < ASKED; i++)
            if (!lua_scene_act(&it, DAYS(i), &reply[time][i])) fail_msg("%s", it.why);
        lua_scene_close(&it);
        for (int i = 1; i < 7; i += 2) memory_free(between[i]);
    }
    for (int time = 1; time < TIMES; time++)
        assert_memory_equal(reply[time], reply[0], sizeof reply[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_script_says_what_it_is),
        cmocka_unit_test(the_table_is_described_by_its_words),
        cmocka_unit_test(packages_are_values),
        cmocka_unit_test(the_host_answers_as_it_does_in_c),
        cmocka_unit_test(the_space_is_walked_from_the_best_down),
        cmocka_unit_test(every_move_can_be_made),
        cmocka_unit_test(a_reply_has_no_room_for_a_ninth_move),
        cmocka_unit_test(a_script_that_fails_is_its_seats_fault),
        cmocka_unit_test(a_player_hands_the_fault_on),
        cmocka_unit_test(observations_have_the_fields_of_their_kind),
        cmocka_unit_test(replies_do_not_depend_on_where_things_lie),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
