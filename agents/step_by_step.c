/* Easy things first: what can be settled on its own is tabled alone, so that the talks have something to show before the
 * hard questions, and then the whole. */
#include <assert.h>
#include <string.h>

#include "agents/strategies.h"
#include "agents/time_dependent.h"

typedef struct StepByStep {
    TimeDependent whole; /* and how it goes on */
    uint32_t steps;      /* partial packages tabled so far, */
    uint32_t most;       /* ... and at most */
    uint8_t issue;       /* the one that was tabled last, */
    uint8_t option;      /* ... and how far down its options */
} StepByStep;

static_assert(sizeof(StepByStep) <= NP_MAX_STRATEGY_STATE, "a strategy's state has a bound");

static const Parameter parameters[] = {
    {.name = "steps",
     .initial = 12,
     .least = 0,
     .most = 1000,
     .summary = "most offers of single issues before it turns to whole packages"},
    {.name = "e",
     .initial = 0.2,
     .least = 0.01,
     .most = 100,
     .summary = "pace of concession on the whole; below 1 late, above 1 early"},
    PARAMETER_EVERY,
    PARAMETER_TABLE,
    {.name = NULL},
};

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    StepByStep *self = state;
    self->most = (uint32_t)arguments[0].number;
    self->issue = NP_MAX_ISSUES;
    time_dependent_open(&self->whole, host, arguments[1].number, 0, arguments[2].number);
    return time_dependent_sit(&self->whole, host, arguments[3].text, why, why_size);
}

static Outcome nothing(void) {
    Outcome package;
    memset(package.option, NP_NO_OPTION, sizeof package.option);
    return package;
}

/* Would the seat rather have that settled than not? */
static bool gains(const Host *host, uint8_t issue, uint8_t option, double *worth) {
    Outcome without = nothing(), with = without;
    with.option[issue] = option;
    *worth = host->utility(host, &with);
    return host->acceptable(host, &with) && *worth > host->utility(host, &without);
}

/* The options of one issue that are better for the seat than none, best first. */
static uint8_t list_options(const Host *host, uint8_t issue, Outcome *list) {
    double worth[NP_MAX_OPTIONS], now;
    uint8_t count = 0;
    for (uint8_t option = 0; option < host->issue[issue].options; option++) {
        if (!gains(host, issue, option, &now)) continue;
        uint8_t place = count++;
        for (; place > 0 && worth[place - 1] < now; place--) {
            worth[place] = worth[place - 1];
            list[place] = list[place - 1];
        }
        worth[place] = now;
        list[place] = nothing();
        list[place].option[issue] = option;
    }
    return count;
}

/* Goes on with the next options of the issue, or with the next issue, round and round; what is settled has no options
 * left. Returns how many packages it has put on the menu. */
static uint8_t next_step(StepByStep *self, const Host *host, Outcome *menu) {
    Outcome list[NP_MAX_OPTIONS];
    for (uint8_t tried = 0; tried <= host->issues; tried++) {
        uint8_t count = 0;
        if (self->issue < host->issues && host->issue[self->issue].separable)
            count = list_options(host, self->issue, list);
        if (self->option < count) {
            uint8_t packages = (uint8_t)(count - self->option);
            if (packages > host->menu_limit) packages = host->menu_limit;
            memcpy(menu, list + self->option, packages * sizeof *menu);
            self->option = (uint8_t)(self->option + packages);
            return packages;
        }
        self->issue = self->issue + 1 < host->issues ? (uint8_t)(self->issue + 1) : 0;
        self->option = 0;
    }
    return 0;
}

/* A mediator drafts the whole: its text is one. */
static bool tables_a_step(StepByStep *self, const Host *host, SimTime now, Reply *reply) {
    Outcome menu[NP_MAX_MENU];
    Table *table = &self->whole.table;
    if (self->steps >= self->most || text_mediates(host) || !table_due(table, host, now))
        return false;
    uint8_t packages = next_step(self, host, menu);
    if (packages == 0) return false;
    self->steps++;
    table_offer(table, host, menu, packages, reply);
    return true;
}

static void act(void *state, const Host *host, SimTime now, Reply *reply) {
    StepByStep *self = state;
    TimeDependent *whole = &self->whole;
    if (whole->table.closed) return;
    if (table_follow(&whole->table, host)) aspiration_follow(&whole->aspiration, host);
    Bar bar = {.target = aspiration_at(&whole->aspiration, host, now + host->delay)};
    if (table_accept(&whole->table, host, now, &bar, reply)) return;
    if (!tables_a_step(self, host, now, reply)) {
        time_dependent_act(whole, host, now, reply);
        return;
    }
    table_reject(&whole->table, host, reply);
    table_wait(&whole->table, host, now, whole->every, reply);
}

const Strategy strategy_step_by_step = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "step_by_step",
    .summary = "settles first, one by one, the issues that can be settled alone; then as boulware",
    .source = "Fisher 1964, Fractionating Conflict, Daedalus 93",
    .parameter = parameters,
    .state_size = sizeof(StepByStep),
    .open = open,
    .observe = time_dependent_observe,
    .act = act,
};
