/* patient, a strategy for nonpaper: asks for a target that falls evenly from its best package to its
 * reservation value, accepts what is worth that much, and offers every `every` days. A strategy is this
 * file and nothing else. What it may ask of the host is in nonpaper/strategy.h, a sentence a function; how
 * it is built and tried, in docs/strategies.md. */
#include <nonpaper/strategy.h>

#include <stdio.h>

static const nonpaper_parameter parameters[] = {
    {.name = "share",
     .initial = 1,
     .least = 0,
     .most = 1,
     .summary = "how much of its claim it gives up"},
    {.name = "every", .initial = 7, .least = 1, .most = 365, .summary = "days between offers"},
    {.name = NULL},
};

typedef struct Patient {
    double share;
    nonpaper_time every, next;
    nonpaper_observation
        offer[NP_MAX_SEATS]; /* what each of the others has on the table; offer 0: nothing */
    bool closed;
} Patient;

static bool open_run(void *state, const nonpaper_host *host, const nonpaper_argument *arguments,
                     char *why, size_t why_size) {
    Patient *self = state;
    nonpaper_outcome best;
    if (!host->best(host, &best)) {
        snprintf(why, why_size, "there is no package that this seat could accept");
        return false;
    }
    self->share = arguments[0].number;
    self->every = (nonpaper_time)(arguments[1].number * 86400);
    return true;
}

static void observe(void *state, const nonpaper_host *host, const nonpaper_observation *seen) {
    Patient *self = state;
    if (seen->kind == NP_EVENT_OFFER && seen->seat != host->seat) self->offer[seen->seat] = *seen;
    if (seen->kind == NP_EVENT_LAPSE || seen->kind == NP_EVENT_WITHDRAWAL)
        for (int seat = 0; seat < NP_MAX_SEATS; seat++)
            if (self->offer[seat].offer == seen->offer) self->offer[seat].offer = 0;
    if (seen->kind == NP_EVENT_SIGNATURE) self->closed = true;
}

/* By the time at which what it decides now will have arrived. */
static double target_at(const Patient *self, const nonpaper_host *host, nonpaper_time now) {
    nonpaper_outcome best;
    double reservation = host->reservation(host), most = reservation;
    double passed = (double)(now + host->delay) / (double)host->deadline;
    if (host->best(host, &best)) most = host->utility(host, &best);
    return most - self->share * (passed < 1 ? passed : 1) * (most - reservation);
}

/* The first offer that is worth it. */
static bool accept_one(const Patient *self, const nonpaper_host *host, double target,
                       nonpaper_reply *reply) {
    for (int seat = 0; seat < host->seats; seat++) {
        const nonpaper_observation *seen = &self->offer[seat];
        for (uint8_t package = 0; seen->offer != 0 && package < seen->packages; package++) {
            const nonpaper_outcome *on_table = &seen->menu[package];
            if (!host->acceptable(host, on_table) || host->utility(host, on_table) < target)
                continue;
            reply->move[reply->moves++] = (nonpaper_action){
                .kind = NP_ACCEPT, .offer = seen->offer, .package = package, .table = seen->table};
            return true;
        }
    }
    return false;
}

static void act(void *state, const nonpaper_host *host, nonpaper_time now, nonpaper_reply *reply) {
    Patient *self = state;
    nonpaper_outcome package;
    if (self->closed) return;
    double target = target_at(self, host, now);
    bool accepted = accept_one(self, host, target, reply);
    if (host->mediator != NP_NO_SEAT && host->mediator != host->seat)
        return; /* it judges, and does not draft */
    bool due = host->turns || host->rounds || now >= self->next;
    if (!accepted && due && host->at_least(host, target, &package)) {
        reply->move[reply->moves++] =
            (nonpaper_action){.kind = NP_OFFER, .packages = 1, .menu = {package}};
        self->next = now + self->every;
    }
    reply->wake_at = self->next > now ? self->next : now + self->every;
}

static const nonpaper_strategy patient = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(nonpaper_strategy),
    .name = "patient",
    .summary = "concedes evenly and accepts what it would ask for itself",
    .parameter = parameters,
    .state_size = sizeof(Patient),
    .open = open_run,
    .observe = observe,
    .act = act,
};

/* The one symbol that the program looks for. */
const nonpaper_strategy *nonpaper_strategy_table(void);
const nonpaper_strategy *nonpaper_strategy_table(void) {
    return &patient;
}
