#include <assert.h>
#include <float.h>
#include <stdio.h>
#include <string.h>

#include "agents/plan.h"
#include "agents/strategies.h"
#include "agents/time_dependent.h"

enum { ISSUE, OPTIONS, RULE_OUT, E, EVERY };

typedef struct MenuState {
    Table table;
    Aspiration aspiration;
    SimTime every;
    uint8_t issue;
    uint8_t options, option[NP_MAX_MENU];
    uint8_t ruled_out; /* NP_NO_OPTION: none */
    bool said;         /* the ruling-out is made */
    uint8_t turn;      /* where a menu has no room for all: which option comes first */
} MenuState;

static_assert(sizeof(MenuState) <= NP_MAX_STRATEGY_STATE, "a strategy's state has a bound");

static const Parameter parameters[] = {
    [ISSUE] = {.name = "issue", .text = "", .summary = "the issue on which the packages differ"},
    [OPTIONS] = {.name = "options",
                 .text = "",
                 .summary = "the options to table at once, \"a|b|c\", at most four"},
    [RULE_OUT] = {.name = "rule_out",
                  .text = "",
                  .summary = "an option of the issue to rule out publicly; empty: none"},
    [E] = {.name = "e",
           .initial = 0.2,
           .least = 0.01,
           .most = 100,
           .summary = "pace of concession, as in boulware"},
    [EVERY] = PARAMETER_EVERY,
    {.name = NULL},
};

/* --- opening --- */

static bool add_option(MenuState *self, const Issue *issue, const char *name, char *why,
                       size_t why_size) {
    uint8_t option;
    if (!plan_option(issue, "options", name, &option, why, why_size)) return false;
    if (memchr(self->option, option, self->options) != NULL) {
        snprintf(why, why_size, "options: \"%s\" is named twice.", name);
        return false;
    }
    if (self->options == NP_MAX_MENU) {
        snprintf(why, why_size, "options: a menu holds at most %d packages.", NP_MAX_MENU);
        return false;
    }
    self->option[self->options++] = option;
    return true;
}

static bool read_options(MenuState *self, const Issue *issue, const char *list, char *why,
                         size_t why_size) {
    for (;;) {
        size_t length = strcspn(list, "|");
        char name[NP_PARAMETER_TEXT];
        snprintf(name, sizeof name, "%.*s", (int)length, list);
        if (!add_option(self, issue, name, why, why_size)) return false;
        if (list[length] == '\0') return true;
        list += length + 1;
    }
}

static bool read_rule_out(MenuState *self, const Issue *issue, const char *name, char *why,
                          size_t why_size) {
    self->ruled_out = NP_NO_OPTION;
    if (name[0] == '\0') return true;
    if (!plan_option(issue, "rule_out", name, &self->ruled_out, why, why_size)) return false;
    if (memchr(self->option, self->ruled_out, self->options) == NULL) return true;
    snprintf(why, why_size, "rule_out: \"%s\" is also one of the options to table.", name);
    return false;
}

/* The seat asks for no more than its menu can give. */
static double best_of_options(const MenuState *self, const Host *host) {
    double best = host->reservation(host);
    for (uint8_t i = 0; i < self->options; i++) {
        double worth = plan_worth(host, self->issue, self->option[i]);
        if (worth > best) best = worth;
    }
    return best;
}

static void follow(MenuState *self, const Host *host) {
    aspiration_follow(&self->aspiration, host);
    self->aspiration.best = best_of_options(self, host);
}

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    MenuState *self = state;
    if (!plan_issue(host, "issue", arguments[ISSUE].text, &self->issue, why, why_size))
        return false;
    const Issue *issue = &host->issue[self->issue];
    if (!read_options(self, issue, arguments[OPTIONS].text, why, why_size) ||
        !read_rule_out(self, issue, arguments[RULE_OUT].text, why, why_size))
        return false;
    aspiration_open(&self->aspiration, host, arguments[E].number, 0);
    follow(self, host);
    self->every = days_to_time(arguments[EVERY].number);
    return true;
}

/* --- moves --- */

static void observe(void *state, const Host *host, const Observation *seen) {
    MenuState *self = state;
    table_observe(&self->table, host, seen);
}

static void rule_out(MenuState *self, Reply *reply) {
    if (self->said || self->ruled_out == NP_NO_OPTION) return;
    Action *action = reply_add(reply, NP_RULE_OUT);
    if (action == NULL) return;
    action->issue = self->issue;
    action->option = self->ruled_out;
    self->said = true;
}

/* One package an option, as far as there is room and the option is worth the target. */
static uint8_t compose(const MenuState *self, const Host *host, double target, Outcome *menu) {
    const Outcome *reference = table_reference(&self->table, host);
    uint8_t packages = 0;
    for (uint8_t i = 0; i < self->options && packages < host->menu_limit; i++) {
        uint8_t option = self->option[(i + self->turn) % self->options];
        if (plan_package(host, self->issue, option, target, reference, &menu[packages])) packages++;
    }
    if (packages > 0) return packages;
    bool found = table_package(&self->table, host, target, menu);
    return found && menu->option[self->issue] != self->ruled_out;
}

static void act(void *state, const Host *host, SimTime now, Reply *reply) {
    MenuState *self = state;
    if (self->table.closed) return;
    if (table_follow(&self->table, host)) follow(self, host);
    rule_out(self, reply);
    Bar bar = {.target = aspiration_at(&self->aspiration, host, now + host->delay),
               .issue = self->issue,
               .regardless = DBL_MAX};
    if (self->ruled_out != NP_NO_OPTION) bar.options = ~(UINT32_C(1) << self->ruled_out);
    if (table_accept(&self->table, host, now, &bar, reply)) return;
    table_reject(&self->table, host, reply);
    if (table_due(&self->table, host, now)) {
        Outcome menu[NP_MAX_MENU];
        uint8_t packages = compose(self, host, bar.target, menu);
        if (packages > 0) table_offer(&self->table, host, menu, packages, reply);
        if (host->menu_limit < self->options)
            self->turn = (uint8_t)((self->turn + 1) % self->options);
    }
    table_wait(&self->table, host, now, self->every, reply);
}

const Strategy strategy_menu = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "menu",
    .summary = "tables several packages at once, one for each of the named options of an issue",
    .source = "multiple equivalent simultaneous offers: Leonardelli, Gu, McRuer, Medvec and "
              "Galinsky 2019",
    .parameter = parameters,
    .state_size = sizeof(MenuState),
    .open = open,
    .observe = observe,
    .act = act,
};
