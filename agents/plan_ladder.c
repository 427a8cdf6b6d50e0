#include <assert.h>

#include "agents/plan.h"
#include "agents/strategies.h"
#include "agents/time_dependent.h"

enum { ISSUE, PLAN_A, PLAN_B, UNTIL, REJECTIONS, E, EVERY, WALK_OUT };
enum { PLANS = 2 };

typedef struct PlanLadder {
    Table table;
    Aspiration aspiration[PLANS]; /* up to the best package of each plan */
    uint8_t issue, option[PLANS];
    uint8_t plan; /* 0: Plan A */
    uint32_t rejections, most_rejections;
    SimTime until, walk_out, every; /* NP_NEVER: never */
} PlanLadder;

static_assert(sizeof(PlanLadder) <= NP_MAX_STRATEGY_STATE, "a strategy's state has a bound");

static const Parameter parameters[] = {
    [ISSUE] = {.name = "issue", .text = "", .summary = "the issue that the plans are about"},
    [PLAN_A] = {.name = "plan_a", .text = "", .summary = "the option to hold first"},
    [PLAN_B] = {.name = "plan_b", .text = "", .summary = "the option to fall back to"},
    [UNTIL] = {.name = "until",
               .initial = 90,
               .least = 0,
               .most = 36500,
               .summary = "days for which Plan A is held; 0: no limit"},
    [REJECTIONS] = {.name = "rejections",
                    .initial = 3,
                    .least = 0,
                    .most = 1000,
                    .summary =
                        "rejections by seats whose yes is needed that end Plan A; 0: no limit"},
    [E] = {.name = "e",
           .initial = 0.5,
           .least = 0.01,
           .most = 100,
           .summary = "pace of concession on the other issues, as in boulware"},
    [EVERY] = PARAMETER_EVERY,
    [WALK_OUT] = {.name = "walk_out",
                  .initial = 0,
                  .least = 0,
                  .most = 36500,
                  .summary = "days after which it walks out; 0: never"},
    {.name = NULL},
};

static SimTime days_or_never(double days) {
    return days > 0 ? days_to_time(days) : NP_NEVER;
}

/* A plan is worth at most the best package that has its option. */
static void weigh_plan(PlanLadder *self, const Host *host, uint8_t plan) {
    aspiration_follow(&self->aspiration[plan], host);
    self->aspiration[plan].best = plan_worth(host, self->issue, self->option[plan]);
}

static bool is_idle(const PlanLadder *self, uint8_t plan) {
    return self->aspiration[plan].best == self->aspiration[plan].reservation;
}

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    PlanLadder *self = state;
    if (!plan_issue(host, "issue", arguments[ISSUE].text, &self->issue, why, why_size))
        return false;
    const Issue *issue = &host->issue[self->issue];
    if (!plan_option(issue, "plan_a", arguments[PLAN_A].text, &self->option[0], why, why_size) ||
        !plan_option(issue, "plan_b", arguments[PLAN_B].text, &self->option[1], why, why_size))
        return false;
    for (uint8_t plan = 0; plan < PLANS; plan++) {
        aspiration_open(&self->aspiration[plan], host, arguments[E].number, 0);
        weigh_plan(self, host, plan);
    }
    if (is_idle(self, 0)) self->plan = 1;
    self->until = days_or_never(arguments[UNTIL].number);
    self->most_rejections = (uint32_t)arguments[REJECTIONS].number;
    self->every = days_to_time(arguments[EVERY].number);
    self->walk_out = days_or_never(arguments[WALK_OUT].number);
    return true;
}

/* With turns, answering an offer with another one is the way to say no. */
static bool is_rejection(const PlanLadder *self, const Host *host, const Observation *seen) {
    const SeenOffer *own = &self->table.offer[host->seat];
    if (own->number == 0 || own->packages == 0 || seen->seat == host->seat) return false;
    bool no = seen->kind == NP_EVENT_REJECTION ? seen->offer == own->number
                                               : host->turns && seen->kind == NP_EVENT_OFFER;
    return no && seat_in(host->needed(host, &own->menu[0]), seen->seat);
}

static void fall_back(PlanLadder *self) {
    self->plan = 1;
    self->table.due = 0; /* the new plan is tabled at once */
}

/* A Plan A that no longer gains anything is dropped, unless Plan B is no better. */
static void follow(PlanLadder *self, const Host *host) {
    if (!table_follow(&self->table, host)) return;
    for (uint8_t plan = 0; plan < PLANS; plan++) weigh_plan(self, host, plan);
    if (self->plan == 0 && is_idle(self, 0) && !is_idle(self, 1)) fall_back(self);
}

static void observe(void *state, const Host *host, const Observation *seen) {
    PlanLadder *self = state;
    if (self->plan == 0 && is_rejection(self, host, seen) &&
        ++self->rejections == self->most_rejections)
        fall_back(self);
    table_observe(&self->table, host, seen);
}

/* Under Plan A only Plan A is good enough, or what is worth more than it could ever be. */
static Bar bar_of(const PlanLadder *self, double target) {
    Bar bar = {.target = target, .issue = self->issue};
    bar.options = self->plan == 0 ? UINT32_C(1) << self->option[0] : 0;
    bar.regardless = self->aspiration[0].best;
    return bar;
}

static bool choose(const PlanLadder *self, const Host *host, double target, Outcome *package) {
    const Outcome *reference = table_reference(&self->table, host);
    if (plan_package(host, self->issue, self->option[self->plan], target, reference, package))
        return true;
    return self->plan == 1 && table_package(&self->table, host, target, package);
}

static void act(void *state, const Host *host, SimTime now, Reply *reply) {
    PlanLadder *self = state;
    if (self->table.closed) return;
    if (now >= self->walk_out) {
        reply_add(reply, NP_WALK_OUT);
        return;
    }
    follow(self, host);
    if (self->plan == 0 && now >= self->until) fall_back(self);
    double target = aspiration_at(&self->aspiration[self->plan], host, now + host->delay);
    Bar bar = bar_of(self, target);
    if (table_accept(&self->table, host, now, &bar, reply)) return;
    table_reject(&self->table, host, reply);
    Outcome package;
    if (table_due(&self->table, host, now) && choose(self, host, target, &package))
        table_offer(&self->table, host, &package, 1, reply);
    if (!host->turns && self->walk_out < reply->wake_at) reply->wake_at = self->walk_out;
    table_wait(&self->table, host, now, self->every, reply);
}

const Strategy strategy_plan_ladder = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "plan_ladder",
    .summary = "holds Plan A until a date or until it is rejected, then falls back to Plan B",
    .parameter = parameters,
    .state_size = sizeof(PlanLadder),
    .open = open,
    .observe = observe,
    .act = act,
};
