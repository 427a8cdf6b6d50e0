/* What it costs to write a strategy elsewhere than in the program: a question to the host, and a step of one small
 * strategy, in a shared object and in Lua, against the same built in. */
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "agents/host.h"
#include "agents/lua_strategy.h"
#include "agents/repertoire.h"
#include "cli/bench.h"
#include "cli/bench_plain.h"
#include "cli/bench_python.h"
#include "cli/output.h"
#include "core/base/memory.h"
#include "core/base/sim_time.h"
#include "proto/wall_clock.h"

static const char script[] =
    "local function step(self, host, now, reply)\n"
    "    local target = 1 - 0.5 * now / host.deadline\n"
    "    if host.utility(self.heard) >= target then return reply.accept(self.offer) end\n"
    "    reply.offer(host.nearest(target, 0.02, self.heard) or host.at_least(target) or "
    "host.best())\n"
    "end\n"
    "return {name = 'plain', parameters = {{name = 'questions', initial = 0, least = 0, most = "
    "1}},\n"
    "open = function(host, arguments) return {questions = arguments.questions > 0} end,\n"
    "observe = function(self, host, seen)\n"
    "    if seen.kind == 'offer' then self.heard, self.offer = seen.menu[1], seen.offer end\n"
    "end,\n"
    "act = function(self, host, now, reply)\n"
    "    if not self.questions then return step(self, host, now, reply) end\n"
    "    local utility, heard = host.utility, self.heard\n"
    "    for i = 1, 1000 do utility(heard) end\n"
    "end}\n";

/* One seat in one run, asked by hand. */
enum { STATE_ROOM = 1024 };

typedef struct Asked {
    SeatHost own;
    InverseCache cache;
    const Strategy *strategy;
    Outcome heard[32];
    _Alignas(max_align_t) uint8_t state[STATE_ROOM];
} Asked;

static bool sit_down(Asked *asked, const Scenario *scenario, const Strategy *strategy,
                     bool questions, Error *error) {
    const Negotiation *negotiation = &scenario->negotiation;
    Argument arguments[NP_MAX_PARAMETERS] = {{.number = questions}};
    Brief brief = {.run = 1,
                   .terms = &negotiation->terms,
                   .profile = &negotiation->profile[0],
                   .luck = rng_key(1, "strategy/bench"),
                   .strategy = "plain"};
    char why[256] = "";
    assert(strategy->state_size <= STATE_ROOM);
    host_open(&asked->own, &brief, &asked->cache);
    asked->own.strategy = asked->strategy = strategy;
    for (uint8_t i = 0; i < 32; i++)
        for (uint8_t issue = 0; issue < NP_MAX_ISSUES; issue++)
            asked->heard[i].option[issue] = issue < negotiation->terms.domain.issues
                                                ? (uint8_t)((i + issue) % 5)
                                                : NP_NO_OPTION;
    return strategy->open(asked->state, &asked->own.host, arguments, why, sizeof why) ||
           error_set(error, ERROR_INTERNAL, "%s", why);
}

static void get_up(Asked *asked) {
    if (asked->strategy->close != NULL) asked->strategy->close(asked->state, &asked->own.host);
    host_close(&asked->own);
    inverse_cache_finish(&asked->cache);
}

static void ask(Asked *asked, unsigned i) {
    Reply reply = {.wake_at = NP_NEVER};
    Observation seen = {.kind = NP_EVENT_OFFER,
                        .seat = 1,
                        .offer = i + 1,
                        .expires_at = NP_NEVER,
                        .packages = 1,
                        .menu = {asked->heard[i % 32]}};
    asked->strategy->observe(asked->state, &asked->own.host, &seen);
    asked->strategy->act(asked->state, &asked->own.host, (SimTime)(i % 100) * SIM_DAY, &reply);
}

/* Steps a second. */
static bool measure(const Scenario *scenario, const Strategy *strategy, bool questions,
                    unsigned times, double *rate, Error *error) {
    Asked *asked = memory_new(1, sizeof *asked);
    bool good = sit_down(asked, scenario, strategy, questions, error);
    if (good) {
        ask(asked, 0);
        int64_t began = wall_monotonic_ns();
        for (unsigned i = 0; i < times; i++) ask(asked, i);
        *rate = times / bench_seconds_since(began);
        if (asked->own.fault[0] != '\0')
            good = error_set(error, ERROR_INTERNAL, "%s", asked->own.fault);
    }
    get_up(asked);
    memory_free(asked);
    return good;
}

static bool compare(Bench *bench, const Scenario *scenario, const Strategy *other, bool questions,
                    BenchCase said, Error *error) {
    Samples values = {.count = 0}, limits = {.count = 0};
    double each = questions ? BENCH_QUESTIONS : 1, rate;
    unsigned times = bench_size(bench, questions ? 200 : 20000);
    for (unsigned i = 0; i < bench->repeats; i++) {
        if (!measure(scenario, bench_plain(), questions, times, &rate, error)) return false;
        samples_add(&limits, rate * each);
        if (!measure(scenario, other, questions, times, &rate, error)) return false;
        samples_add(&values, rate * each);
    }
    bench_add(bench, said, &values, &limits);
    return true;
}

/* Both cases of one strategy. */
static bool compare_both(Bench *bench, const Scenario *scenario, const Strategy *other,
                         const BenchCase said[2], Error *error) {
    return compare(bench, scenario, other, true, said[0], error) &&
           compare(bench, scenario, other, false, said[1], error);
}

/* --- in Lua --- */

static bool measure_lua(Bench *bench, const Scenario *scenario, Error *error) {
    static const BenchCase said[] = {
        {.name = "strategy/lua-question",
         .unit = "calls/s",
         .what = "A question to the host, the worth of a package of 5 issues: limit is a strategy "
                 "in C that asks the same."},
        {.name = "strategy/lua-step",
         .unit = "steps/s",
         .what = "A step: an offer is heard, weighed, and answered by the nearest package of "
                 "3,125; limit is the same strategy in C."}};
    const Strategy *lua = lua_strategy_load("bench.lua", script, sizeof script - 1, error);
    bool good = lua != NULL && compare_both(bench, scenario, lua, said, error);
    lua_strategy_free(lua);
    return good;
}

/* --- in a shared object --- */

static bool find_plugin(char *path, size_t size) {
    char program[4096];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0) return false;
    program[length] = '\0';
    *strrchr(program, '/') = '\0';
    int written = snprintf(path, size, "%s/bench_plain.so", program);
    return written > 0 && (size_t)written < size && access(path, R_OK) == 0;
}

static bool measure_plugin(Bench *bench, const Scenario *scenario, Error *error) {
    static const BenchCase said[] = {
        {.name = "strategy/so-question",
         .unit = "calls/s",
         .what = "The same question from a shared object in this process: limit is the same "
                 "strategy built in."},
        {.name = "strategy/so-step",
         .unit = "steps/s",
         .what = "The same step in a shared object in this process: limit is the same strategy "
                 "built in."}};
    char path[1024];
    if (!find_plugin(path, sizeof path)) {
        output_note("strategy/so is left out: no bench_plain.so lies beside the program");
        return true;
    }
    Repertoire *repertoire = repertoire_create(TRUST_CODE);
    bool good = repertoire_load(repertoire, path, error);
    const Strategy *strategy = good ? repertoire_find(repertoire, path, error) : NULL;
    good = strategy != NULL && compare_both(bench, scenario, strategy, said, error);
    repertoire_destroy(repertoire);
    return good;
}

static const BenchTable two_seats = {.mechanism = "{kind: open-table}",
                                     .strategy = "boulware",
                                     .seats = 2,
                                     .issues = 5,
                                     .options = 5,
                                     .days = 100};

static bool measure_in_process(Bench *bench, Error *error) {
    Scenario *scenario = bench_scenario(&two_seats, error);
    bool good = scenario != NULL && measure_plugin(bench, scenario, error) &&
                measure_lua(bench, scenario, error);
    scenario_destroy(scenario);
    return good;
}

bool bench_strategy_question(const Bench *bench, double *rate, Error *error) {
    Scenario *scenario = bench_scenario(&two_seats, error);
    bool good = scenario != NULL &&
                measure(scenario, bench_plain(), true, bench_size(bench, 200), rate, error);
    *rate *= BENCH_QUESTIONS;
    scenario_destroy(scenario);
    return good;
}

bool bench_strategy(Bench *bench, Error *error) {
    bench_one_core();
    bool good = measure_in_process(bench, error) && bench_python(bench, error);
    bench_all_cores();
    return good;
}
