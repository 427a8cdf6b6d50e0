#include "agents/plan.h"

#include <stdio.h>
#include <string.h>

#include "core/base/text.h"

/* --- names --- */

static void say_unknown(const char *key, const char *what, const char *name,
                        const char *const *known, uint8_t count, char *why, size_t why_size) {
    char shown[NP_PARAMETER_TEXT * 4];
    text_safe(shown, sizeof shown, name);
    const char *nearest = text_nearest(name, known, count);
    if (name[0] == '\0')
        snprintf(why, why_size, "%s must name %s %s; the first one here is \"%s\".", key,
                 what[0] == 'l' ? "a" : "an", what, known[0]);
    else if (nearest != NULL)
        snprintf(why, why_size, "%s: there is no %s \"%s\"; the nearest is \"%s\".", key, what,
                 shown, nearest);
    else
        snprintf(why, why_size, "%s: there is no %s \"%s\"; the first one here is \"%s\".", key,
                 what, shown, known[0]);
}

bool plan_issue(const Host *host, const char *key, const char *name, uint8_t *issue, char *why,
                size_t why_size) {
    const char *known[NP_MAX_ISSUES];
    for (*issue = 0; *issue < host->issues; ++*issue) {
        known[*issue] = host->issue[*issue].id;
        if (strcmp(known[*issue], name) == 0) return true;
    }
    say_unknown(key, "issue", name, known, host->issues, why, why_size);
    return false;
}

bool plan_lever(const Host *host, const char *key, const char *name, uint8_t *lever, char *why,
                size_t why_size) {
    const char *known[NP_MAX_LEVERS];
    uint8_t own = 0;
    for (*lever = 0; *lever < host->levers; ++*lever) {
        if (host->lever[*lever].seat != host->seat) continue;
        known[own++] = host->lever[*lever].id;
        if (strcmp(known[own - 1], name) == 0) return true;
    }
    if (own > 0)
        say_unknown(key, "lever of its own", name, known, own, why, why_size);
    else
        snprintf(why, why_size, "%s: this seat has no lever to pull.", key);
    return false;
}

bool plan_table(const Host *host, const char *key, const char *name, uint8_t *table, char *why,
                size_t why_size) {
    const char *known[NP_MAX_TABLES];
    uint8_t joined = 0;
    *table = 0;
    if (name[0] == '\0') return true;
    for (*table = 1; *table < host->tables; ++*table) {
        if (!seat_in(host->table[*table].members, host->seat)) continue;
        known[joined++] = host->table[*table].id;
        if (strcmp(known[joined - 1], name) == 0) return true;
    }
    if (joined > 0)
        say_unknown(key, "table of its own", name, known, joined, why, why_size);
    else
        snprintf(why, why_size, "%s: this seat is a member of no closed table.", key);
    return false;
}

bool plan_option(const Issue *issue, const char *key, const char *name, uint8_t *option, char *why,
                 size_t why_size) {
    for (*option = 0; *option < issue->options; ++*option)
        if (strcmp(issue->option[*option], name) == 0) return true;
    char what[80];
    snprintf(what, sizeof what, "option of %s", issue->id);
    say_unknown(key, what, name, issue->option, issue->options, why, why_size);
    return false;
}

/* --- packages --- */

double plan_worth(const Host *host, uint8_t issue, uint8_t option) {
    Outcome best;
    double reservation = host->reservation(host);
    if (!host->best_with(host, issue, option, &best)) return reservation;
    double worth = host->utility(host, &best);
    return worth > reservation ? worth : reservation;
}

/* The package with one more option of the reference that costs least and keeps the target. */
static bool cheapest_step(const Host *host, uint8_t held, double target, const Outcome *reference,
                          Outcome *package) {
    bool found = false;
    double most = target;
    Outcome best = *package;
    for (uint8_t issue = 0; issue < host->issues; issue++) {
        uint8_t wanted = reference->option[issue];
        if (issue == held || wanted == NP_NO_OPTION || wanted == package->option[issue]) continue;
        Outcome step = *package;
        step.option[issue] = wanted;
        double worth = host->utility(host, &step);
        if (worth < most || (found && worth == most) || !host->acceptable(host, &step)) continue;
        found = true;
        most = worth;
        best = step;
    }
    *package = best;
    return found;
}

/* The one change that gives up most and keeps the target, where package and reference differ anyhow. */
static bool widest_step(const Host *host, uint8_t held, double target, const Outcome *reference,
                        Outcome *package) {
    double least = host->utility(host, package);
    Outcome best = *package;
    bool found = false;
    for (uint8_t issue = 0; issue < host->issues; issue++) {
        bool shared = reference != NULL && reference->option[issue] == package->option[issue];
        for (uint8_t option = 0; !shared && option < host->issue[issue].options; option++) {
            Outcome step = *package;
            step.option[issue] = option;
            double worth = host->utility(host, &step);
            if (issue == held || worth < target || worth >= least) continue;
            if (!host->acceptable(host, &step)) continue;
            found = true;
            least = worth;
            best = step;
        }
    }
    *package = best;
    return found;
}

bool plan_package(const Host *host, uint8_t issue, uint8_t option, double target,
                  const Outcome *reference, Outcome *out) {
    if (!host->best_with(host, issue, option, out) || host->utility(host, out) < target)
        return false;
    while (reference != NULL && cheapest_step(host, issue, target, reference, out)) continue;
    while (widest_step(host, issue, target, reference, out)) continue;
    return true;
}
