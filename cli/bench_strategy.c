/* What it costs to write a strategy in Lua: a question to the host, and a step of one small strategy, against
 * the same in C. */
#include <string.h>

#include "agents/host.h"
#include "agents/lua_strategy.h"
#include "cli/bench.h"
#include "core/base/memory.h"
#include "core/base/sim_time.h"
#include "proto/wall_clock.h"

/* The step: hear an offer, weigh it, and accept it or table a package that is as near to it as can be. The
 * questions: what the same package is worth, many times over. */
enum { QUESTIONS = 1000 };

typedef struct Plain {
    Outcome heard;
    uint32_t offer;
    bool questions;
} Plain;

static bool open_plain(void *state, const Host *host, const Argument *arguments, char *why,
                       size_t why_size) {
    (void)host;
    (void)why;
    (void)why_size;
    ((Plain *)state)->questions = arguments[0].number > 0;
    return true;
}

static void observe_plain(void *state, const Host *host, const Observation *seen) {
    Plain *self = state;
    (void)host;
    if (seen->kind != NP_EVENT_OFFER) return;
    self->heard = seen->menu[0];
    self->offer = seen->offer;
}

static void step_plain(const Plain *self, const Host *host, SimTime now, Reply *reply) {
    double target = 1 - 0.5 * (double)now / (double)host->deadline;
    Action *move = &reply->move[reply->moves++];
    if (host->utility(host, &self->heard) >= target) {
        *move = (Action){.kind = NP_ACCEPT, .offer = self->offer};
        return;
    }
    *move = (Action){.kind = NP_OFFER, .packages = 1};
    if (!host->nearest(host, target, 0.02, &self->heard, &move->menu[0]) &&
        !host->at_least(host, target, &move->menu[0]))
        host->best(host, &move->menu[0]);
}

static void act_plain(void *state, const Host *host, SimTime now, Reply *reply) {
    Plain *self = state;
    volatile double worth = 0;
    if (!self->questions) {
        step_plain(self, host, now, reply);
        return;
    }
    for (int i = 0; i < QUESTIONS; i++) worth = host->utility(host, &self->heard);
    (void)worth;
}

static const Parameter plain_parameters[] = {{.name = "questions", .most = 1}, {.name = NULL}};

static const Strategy plain = {.abi = NP_STRATEGY_ABI,
                               .size = sizeof(Strategy),
                               .name = "plain",
                               .summary = "",
                               .parameter = plain_parameters,
                               .state_size = sizeof(Plain),
                               .open = open_plain,
                               .observe = observe_plain,
                               .act = act_plain};

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
typedef struct Asked {
    SeatHost own;
    InverseCache cache;
    const Strategy *strategy;
    Outcome heard[32];
    _Alignas(max_align_t) uint8_t state[sizeof(Plain)];
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

static bool compare(Bench *bench, const Scenario *scenario, const Strategy *lua, bool questions,
                    BenchCase said, Error *error) {
    Samples values = {.count = 0}, limits = {.count = 0};
    double each = questions ? QUESTIONS : 1, rate;
    unsigned times = bench_size(bench, questions ? 200 : 20000);
    for (unsigned i = 0; i < bench->repeats; i++) {
        if (!measure(scenario, &plain, questions, times, &rate, error)) return false;
        samples_add(&limits, rate * each);
        if (!measure(scenario, lua, questions, times, &rate, error)) return false;
        samples_add(&values, rate * each);
    }
    bench_add(bench, said, &values, &limits);
    return true;
}

bool bench_strategy(Bench *bench, Error *error) {
    static const BenchCase questions = {
        .name = "strategy/lua-question",
        .unit = "calls/s",
        .what = "A question to the host, the worth of a package of 5 issues: limit is a strategy "
                "in C that asks the same."};
    static const BenchCase steps = {
        .name = "strategy/lua-step",
        .unit = "steps/s",
        .what = "A step: an offer is heard, weighed, and answered by the nearest package of 3,125; "
                "limit is the same strategy in C."};
    BenchTable table = {.mechanism = "{kind: open-table}",
                        .strategy = "boulware",
                        .seats = 2,
                        .issues = 5,
                        .options = 5,
                        .days = 100};
    Scenario *scenario = bench_scenario(&table, error);
    if (scenario == NULL) return false;
    const Strategy *lua = lua_strategy_load("bench.lua", script, sizeof script - 1, error);
    bench_one_core();
    bool good = lua != NULL && compare(bench, scenario, lua, true, questions, error) &&
                compare(bench, scenario, lua, false, steps, error);
    bench_all_cores();
    lua_strategy_free(lua);
    scenario_destroy(scenario);
    return good;
}
