#include "agents/boa_model.h"

#include <string.h>

/* --- all models --- */

static void lay_out(Models *models, const Host *host) {
    models->options = 0;
    for (uint8_t issue = 0; issue < host->issues; issue++) {
        models->first[issue] = models->options;
        models->options = (uint16_t)(models->options + host->issue[issue].options);
    }
}

static Learner learner_of(Models *models, const Host *host, uint8_t which, double time) {
    return (Learner){models,
                     host,
                     models->parameter,
                     models->number + (size_t)which * models->size,
                     models->heard[which],
                     &models->latest[which],
                     time};
}

void models_open(Models *models, const Host *host, const OpponentModel *kind,
                 const double *parameter) {
    models->kind = kind;
    models->parameter = parameter;
    models->count = 0;
    if (kind->size == NULL) return;
    lay_out(models, host);
    uint32_t size = kind->size(models, host), others = host->seats - 1u;
    if (size > MODEL_ROOM) return;
    models->size = (uint16_t)size;
    models->count = (uint8_t)(size * others <= MODEL_ROOM ? others : 1);
    for (uint8_t i = 0; i < models->count; i++) {
        Learner learner = learner_of(models, host, i, 0);
        kind->begin(&learner);
    }
}

void models_learn(Models *models, const Host *host, SeatId seat, const Outcome *package,
                  double time) {
    if (models->count == 0) return;
    uint8_t which = 0;
    if (models->count > 1) which = (uint8_t)(seat < host->seat ? seat : seat - 1);
    Learner learner = learner_of(models, host, which, time);
    models->kind->learn(&learner, package);
    models->latest[which] = *package;
    models->heard[which]++;
}

bool models_know(const Models *models) {
    for (uint8_t i = 0; i < models->count; i++)
        if (models->heard[i] > 0) return true;
    return false;
}

double models_least(const Models *models, const Host *host, const Outcome *package) {
    double least = 0;
    bool any = false;
    for (uint8_t i = 0; i < models->count; i++) {
        if (models->heard[i] == 0) continue;
        const double *number = models->number + (size_t)i * models->size;
        double utility = models->kind->utility(models, host, number, package);
        if (!any || utility < least) least = utility;
        any = true;
    }
    return least;
}

const OpponentModel opponent_none = {
    .part = {.name = "none", .summary = "believes nothing of the others"}};

/* --- frequencies --- */

static double *counts_of(const Learner *learner, uint8_t issue) {
    return learner->number + learner->host->issues + learner->models->first[issue];
}

static double most_of(const double *number, uint8_t count) {
    double most = number[0];
    for (uint8_t i = 1; i < count; i++)
        if (number[i] > most) most = number[i];
    return most;
}

static void share_out(double *weight, uint8_t issues) {
    double sum = 0;
    for (uint8_t issue = 0; issue < issues; issue++) sum += weight[issue];
    for (uint8_t issue = 0; issue < issues; issue++) weight[issue] /= sum;
}

static uint32_t frequency_size(const Models *models, const Host *host) {
    return (uint32_t)host->issues + models->options;
}

static void frequency_begin(const Learner *learner) {
    uint8_t issues = learner->host->issues;
    for (uint8_t issue = 0; issue < issues; issue++) learner->number[issue] = 1.0 / issues;
    for (uint16_t i = 0; i < learner->models->options; i++) learner->number[issues + i] = 1;
}

/* What stays the same from one package to the next matters; what is asked for often is liked. */
static void frequency_learn(const Learner *learner, const Outcome *package) {
    uint8_t issues = learner->host->issues;
    for (uint8_t issue = 0; issue < issues; issue++) {
        uint8_t option = package->option[issue];
        if (learner->heard > 0 && learner->last->option[issue] == option)
            learner->number[issue] += learner->parameter[0] / issues;
        counts_of(learner, issue)[option] += 1;
    }
    share_out(learner->number, issues);
}

static double frequency_utility(const Models *models, const Host *host, const double *number,
                                const Outcome *package) {
    double utility = 0;
    for (uint8_t issue = 0; issue < host->issues; issue++) {
        const double *count = number + host->issues + models->first[issue];
        utility += number[issue] * count[package->option[issue]] /
                   most_of(count, host->issue[issue].options);
    }
    return utility;
}

static const Parameter frequency_parameters[] = {
    {.name = "learn",
     .initial = 0.2,
     .least = 0,
     .most = 10,
     .summary = "what an issue that was left unchanged gains in weight, shared by all issues"},
    {.name = NULL}};

const OpponentModel opponent_frequency = {
    .part = {.name = "frequency",
             .summary = "what is kept matters, what is asked for often is liked",
             .source = "van Krimpen, Looije and Hajizadeh 2013 (HardHeaded)",
             .parameter = frequency_parameters},
    .size = frequency_size,
    .begin = frequency_begin,
    .learn = frequency_learn,
    .utility = frequency_utility,
};

/* --- frequencies, smoothed: counted by windows, and compared window by window --- */

enum { WINDOW, ALPHA, BETA, GAMMA };

static uint32_t smoothed_size(const Models *models, const Host *host) {
    return host->issues + 3u * models->options;
}

static void smoothed_begin(const Learner *learner) {
    uint8_t issues = learner->host->issues;
    for (uint8_t issue = 0; issue < issues; issue++) learner->number[issue] = 1.0 / issues;
    memset(learner->number + issues, 0, 3u * learner->models->options * sizeof(double));
}

static double smoothed_value(const Host *host, double gamma, const double *count, uint8_t options,
                             uint8_t option) {
    return host->pow((1 + count[option]) / (1 + most_of(count, options)), gamma);
}

static double smoothed_utility(const Models *models, const Host *host, const double *number,
                               const Outcome *package) {
    double utility = 0;
    for (uint8_t issue = 0; issue < host->issues; issue++)
        utility +=
            number[issue] * smoothed_value(host, models->parameter[GAMMA],
                                           number + host->issues + models->first[issue],
                                           host->issue[issue].options, package->option[issue]);
    return utility;
}

/* Of chi-squared at 0.05, by degrees of freedom. */
static const double critical[] = {3.841,  5.991,  7.815,  9.488,  11.070, 12.592, 14.067, 15.507,
                                  16.919, 18.307, 19.675, 21.026, 22.362, 23.685, 24.996, 26.296,
                                  27.587, 28.869, 30.144, 31.410, 32.671, 33.924, 35.172, 36.415,
                                  37.652, 38.885, 40.113, 41.337, 42.557, 43.773, 44.985};

/* Have the two windows, of equal length, been drawn from the same? */
static bool looks_the_same(const double *before, const double *now, uint8_t options) {
    double statistic = 0;
    int used = 0;
    for (uint8_t option = 0; option < options; option++) {
        double sum = before[option] + now[option], difference = before[option] - now[option];
        if (sum <= 0) continue;
        statistic += difference * difference / sum;
        used++;
    }
    return used < 2 || statistic < critical[used - 2];
}

static double mean_value(const Learner *learner, uint8_t issue, const double *window) {
    double mean = 0;
    uint8_t options = learner->host->issue[issue].options;
    for (uint8_t option = 0; option < options; option++)
        mean += window[option] * smoothed_value(learner->host, learner->parameter[GAMMA],
                                                counts_of(learner, issue), options, option);
    return mean;
}

/* When something was conceded, what was not conceded is what matters; less and less is learnt from it. */
static void compare_windows(const Learner *learner) {
    uint8_t issues = learner->host->issues;
    uint32_t kept = 0;
    bool conceded = false;
    for (uint8_t issue = 0; issue < issues; issue++) {
        double *now = counts_of(learner, issue) + learner->models->options;
        double *before = now + learner->models->options;
        if (looks_the_same(before, now, learner->host->issue[issue].options))
            kept |= UINT32_C(1) << issue;
        else
            conceded |= mean_value(learner, issue, now) < mean_value(learner, issue, before);
    }
    if (!conceded || kept == 0) return;
    double gain = learner->parameter[ALPHA] *
                  (1 - learner->host->pow(learner->time, learner->parameter[BETA]));
    for (uint8_t issue = 0; issue < issues; issue++)
        if ((kept >> issue & 1u) != 0) learner->number[issue] += gain;
    share_out(learner->number, issues);
}

static void smoothed_learn(const Learner *learner, const Outcome *package) {
    uint16_t options = learner->models->options;
    uint32_t window = (uint32_t)learner->parameter[WINDOW], heard = learner->heard + 1;
    for (uint8_t issue = 0; issue < learner->host->issues; issue++) {
        double *count = counts_of(learner, issue) + package->option[issue];
        count[0] += 1;
        count[options] += 1;
    }
    if (heard % window != 0) return;
    if (heard > window) compare_windows(learner);
    double *now = learner->number + learner->host->issues + options;
    memcpy(now + options, now, options * sizeof *now);
    memset(now, 0, options * sizeof *now);
}

static const Parameter smoothed_parameters[] = {
    {.name = "window", .initial = 5, .least = 1, .most = 1000, .summary = "packages of a window"},
    {.name = "alpha",
     .initial = 10,
     .least = 0,
     .most = 1000,
     .summary = "what an issue that was kept gains in weight at first"},
    {.name = "beta",
     .initial = 5,
     .least = 0.01,
     .most = 100,
     .summary = "how late that gain fades: alpha (1 - (t/T)^beta)"},
    {.name = "gamma",
     .initial = 0.25,
     .least = 0.01,
     .most = 1,
     .summary = "exponent that smooths the counts of options"},
    {.name = NULL}};

const OpponentModel opponent_smoothed_frequency = {
    .part = {.name = "smoothed_frequency",
             .summary = "frequencies by windows; when something is conceded, what is kept matters",
             .source = "Tunali, Aydogan and Sanchez-Anguix 2017",
             .parameter = smoothed_parameters},
    .size = smoothed_size,
    .begin = smoothed_begin,
    .learn = smoothed_learn,
    .utility = smoothed_utility,
};

static const BoaPart *const models_known[] = {
    &opponent_none.part, &opponent_frequency.part, &opponent_smoothed_frequency.part,
    &opponent_bayesian.part, &opponent_scalable_bayesian.part};

BoaParts boa_opponents(void) {
    return (BoaParts){"opponent model", models_known, sizeof models_known / sizeof models_known[0]};
}
