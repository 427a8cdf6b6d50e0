/* The biddings of published agents. */
#include "agents/boa.h"

/* --- HardHeaded --- */

static const Parameter hard_headed_parameters[] = {
    {.name = "e",
     .initial = 0.05,
     .least = 0.01,
     .most = 1,
     .summary = "pace; the smaller, the later"},
    {.name = "k",
     .initial = 0.05,
     .least = 0,
     .most = 1,
     .summary = "share of the way that its limit has come down at once"},
    {.name = NULL}};

static void open_hard_headed(Boa *boa, const Host *host) {
    aspiration_open(&boa->course.aspiration, host, boa->b[0], boa->b[1]);
}

static void follow_hard_headed(Boa *boa, const Host *host) {
    aspiration_follow(&boa->course.aspiration, host);
}

/* The limit down to which it walks. */
static double limit(Boa *boa, const Host *host, SimTime at) {
    return aspiration_at(&boa->course.aspiration, host, at);
}

/* Down by one package; below the limit the walk begins again at any height above it. */
static bool walk_on(Course *course, const Host *host, double least, double best, Outcome *out) {
    bool down = host->next_best(host, course->walking ? &course->at : NULL, out);
    if (down && host->utility(host, out) >= least) return true;
    double height = least + host->random_unit(host) * (best - least);
    return host->at_least(host, height, out);
}

static const HeardOffer *best_heard(const Boa *boa) {
    uint32_t kept = boa->heard < BOA_HEARD ? boa->heard : BOA_HEARD;
    const HeardOffer *best = NULL;
    for (uint32_t i = 0; i < kept; i++)
        if (best == NULL || boa->history[i].worth > best->worth) best = &boa->history[i];
    return best;
}

static bool hard_headed_package(Boa *boa, const Host *host, SimTime at, double target,
                                Outcome *out) {
    (void)at;
    Course *course = &boa->course;
    const HeardOffer *heard = best_heard(boa);
    if (!walk_on(course, host, target, boa->best, &course->next)) return false;
    double worth = host->utility(host, &course->next);
    /* What the other has asked for itself is worth more than what would be asked of it. */
    if (heard != NULL && heard->worth >= worth && host->acceptable(host, &heard->package)) {
        *out = heard->package;
        return true;
    }
    return boa_package(boa, host, worth, out);
}

static void hard_headed_tabled(Boa *boa, const Host *host, const Outcome *package) {
    (void)host, (void)package;
    boa->course.at = boa->course.next;
    boa->course.walking = true;
}

const Bidding bidding_hard_headed = {
    .part =
        {"hard_headed",
         "walks down to a limit that hardly falls, and begins again; of equals the one that the "
         "others like best",
         "van Krimpen, Looije and Hajizadeh 2013, HardHeaded", hard_headed_parameters},
    .open = open_hard_headed,
    .follow = follow_hard_headed,
    .target = limit,
    .package = hard_headed_package,
    .tabled = hard_headed_tabled,
};

/* --- Nice Tit for Tat --- */

enum { HEIGHTS = 20, HEIGHTS_SEARCHED = 5 }; /* where packages are searched for, not ranked */

/* Own worth of the package with the highest product of what both sides gain, as modelled; half-way before anything is. */
static double nash_worth(const Boa *boa, const Host *host) {
    double nash = (boa->best + boa->reservation) / 2, most = -1;
    if (!models_know(&boa->models)) return nash;
    int heights = host->exact(host) ? HEIGHTS : HEIGHTS_SEARCHED;
    for (int i = 0; i <= heights; i++) {
        Outcome package;
        double height = boa->reservation + (boa->best - boa->reservation) * i / heights;
        if (!boa_package(boa, host, height, &package)) continue;
        double worth = host->utility(host, &package);
        double product = (worth - boa->reservation) * boa_others(boa, host, &package);
        if (product <= most) continue;
        most = product;
        nash = worth;
    }
    return nash;
}

static void hear_nice(Boa *boa, const Host *host, SeatId seat, const Outcome *package,
                      double worth) {
    (void)host, (void)seat, (void)package;
    Course *course = &boa->course;
    if (!course->heard || worth < course->first) course->first = worth;
    course->heard = course->stale = true;
}

static void follow_nice(Boa *boa, const Host *host) {
    (void)host;
    uint32_t kept = boa->heard < BOA_HEARD ? boa->heard : BOA_HEARD;
    if (kept == 0) return;
    boa->course.first = boa->history[0].worth;
    for (uint32_t i = 1; i < kept; i++)
        if (boa->history[i].worth < boa->course.first) boa->course.first = boa->history[i].worth;
    boa->course.stale = true;
}

/* In the last part of the time the gap to the best offer closes, for the other's sake: that is the nice of it. */
static double bonus_at(double time) {
    double bonus = 20 * (time - 0.91);
    return bonus < 0 ? 0 : bonus > 0.95 ? 0.95 : bonus;
}

/* As far as the other has come from its worst package to the Nash point, so far does it come from its best. */
static double nice_target(Boa *boa, const Host *host, SimTime at) {
    Course *course = &boa->course;
    const HeardOffer *heard = best_heard(boa);
    if (heard == NULL) return boa->best;
    if (course->stale) course->nash = nash_worth(boa, host);
    course->stale = false;
    double way = course->nash - course->first, come = 1;
    if (way > 0 && heard->worth < course->nash) come = (heard->worth - course->first) / way;
    double target = boa->best - come * (boa->best - course->nash);
    if (target > heard->worth) target -= bonus_at(boa_time(host, at)) * (target - heard->worth);
    return target_exactly(target > boa->reservation ? target : boa->reservation);
}

const Bidding bidding_nice_tit_for_tat = {
    .part = {"nice_tit_for_tat",
             "comes as far towards the Nash point, as modelled, as the other has come",
             "Baarslag, Hindriks and Jonker 2013, A Tit for Tat Negotiation Strategy for Real-Time "
             "Bilateral Negotiations",
             NULL},
    .hear = hear_nice,
    .follow = follow_nice,
    .target = nice_target,
};
