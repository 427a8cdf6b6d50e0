/* Bayesian learning of what another seat prefers (Hindriks and Tykhonov 2008). A hypothesis says how much each issue matters and
 * what each option is worth; the likelihood of a package under it is normal around what the seat is taken to ask for at that
 * time, 1 - concession t/T. */
#include "agents/boa_model.h"

enum { CONCESSION, SIGMA };
enum { LEVELS = 10, SHAPES = 3, MOST_JOINT = 4 };

static const Parameter parameters[] = {
    {.name = "concession",
     .initial = 0.3,
     .least = 0,
     .most = 1,
     .summary = "share of its claim that the other is taken to have conceded at the deadline"},
    {.name = "sigma",
     .initial = 0.15,
     .least = 0.05,
     .most = 1,
     .summary = "standard deviation of its packages around that"},
    {.name = NULL}};

static double likelihood(const Learner *learner, double utility) {
    double asked = 1 - learner->parameter[CONCESSION] * learner->time;
    double off = (utility - asked) / learner->parameter[SIGMA];
    return learner->host->exp(-off * off / 2);
}

static void normalise(double *chance, uint32_t count) {
    double sum = 0;
    for (uint32_t i = 0; i < count; i++) sum += chance[i];
    for (uint32_t i = 0; i < count; i++) chance[i] /= sum;
}

static void make_even(double *chance, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) chance[i] = 1.0 / count;
}

/* --- scalable: issues are independent of each other --- */

/* Rises in a straight line from 0 to 1 at the peak, and falls again: an end of the list as the peak is downhill or uphill. */
static double triangle(uint8_t peak, uint8_t option, uint8_t options) {
    if (option == peak) return 1;
    if (option < peak) return (double)option / peak;
    return (double)(options - 1 - option) / (options - 1 - peak);
}

/* Where the chances of an issue's levels, and of its peaks, begin among a model's numbers. */
static size_t levels_at(uint8_t issue) {
    return (size_t)issue * LEVELS;
}

static size_t peaks_at(const Models *models, const Host *host, uint8_t issue) {
    return (size_t)host->issues * LEVELS + models->first[issue];
}

static double expected_weight(const double *level) {
    double weight = 0;
    for (int i = 0; i < LEVELS; i++) weight += level[i] * (i + 1) / LEVELS;
    return weight;
}

static double expected_value(const double *peak, uint8_t option, uint8_t options) {
    double value = 0;
    for (uint8_t i = 0; i < options; i++) value += peak[i] * triangle(i, option, options);
    return value;
}

static uint32_t scalable_size(const Models *models, const Host *host) {
    return (uint32_t)host->issues * LEVELS + models->options;
}

static void scalable_begin(const Learner *learner) {
    const Host *host = learner->host;
    for (uint8_t issue = 0; issue < host->issues; issue++) {
        make_even(learner->number + levels_at(issue), LEVELS);
        make_even(learner->number + peaks_at(learner->models, host, issue),
                  host->issue[issue].options);
    }
}

/* What is expected of a package, issue by issue, before anything is learnt from it. */
typedef struct Expected {
    double weight[NP_MAX_ISSUES], value[NP_MAX_ISSUES];
    double weights, worth; /* sums of weight and of weight times value */
} Expected;

static Expected expect(const Models *models, const Host *host, const double *number,
                       const Outcome *package) {
    Expected expected = {.weights = 0};
    for (uint8_t issue = 0; issue < host->issues; issue++) {
        double weight = expected_weight(number + levels_at(issue));
        double value = expected_value(number + peaks_at(models, host, issue),
                                      package->option[issue], host->issue[issue].options);
        expected.weight[issue] = weight;
        expected.value[issue] = value;
        expected.weights += weight;
        expected.worth += weight * value;
    }
    return expected;
}

static void learn_issue(const Learner *learner, const Expected *expected, uint8_t issue,
                        uint8_t option) {
    uint8_t options = learner->host->issue[issue].options;
    double weight = expected->weight[issue], value = expected->value[issue];
    double others = expected->worth - weight * value, rest = expected->weights - weight;
    double *level = learner->number + levels_at(issue);
    double *peak = learner->number + peaks_at(learner->models, learner->host, issue);
    for (int i = 0; i < LEVELS; i++) {
        double supposed = (i + 1.0) / LEVELS;
        level[i] *= likelihood(learner, (others + supposed * value) / (rest + supposed));
    }
    for (uint8_t i = 0; i < options; i++) {
        double supposed = triangle(i, option, options);
        peak[i] *= likelihood(learner, (others + weight * supposed) / expected->weights);
    }
    normalise(level, LEVELS);
    normalise(peak, options);
}

static void scalable_learn(const Learner *learner, const Outcome *package) {
    Expected expected = expect(learner->models, learner->host, learner->number, package);
    for (uint8_t issue = 0; issue < learner->host->issues; issue++)
        learn_issue(learner, &expected, issue, package->option[issue]);
}

static double scalable_utility(const Models *models, const Host *host, const double *number,
                               const Outcome *package) {
    Expected expected = expect(models, host, number, package);
    return expected.worth / expected.weights;
}

const OpponentModel opponent_scalable_bayesian = {
    .part = {.name = "scalable_bayesian",
             .summary = "likelihoods of weights and of best options, each issue by itself",
             .source = "Hindriks and Tykhonov 2008, section 4: independent issues",
             .parameter = parameters},
    .size = scalable_size,
    .begin = scalable_begin,
    .learn = scalable_learn,
    .utility = scalable_utility,
};

/* --- joint: rankings of the issues times shapes of each --- */

static uint32_t factorial(uint32_t n) {
    return n < 2 ? 1 : n * factorial(n - 1);
}

static uint32_t shapes_of(uint8_t issues) {
    uint32_t shapes = 1;
    for (uint8_t issue = 0; issue < issues; issue++) shapes *= SHAPES;
    return shapes;
}

static bool is_joint(const Host *host) {
    return host->issues <= MOST_JOINT;
}

/* Downhill, uphill, and rising to the middle of the list. */
static double shape_value(uint32_t shape, uint8_t option, uint8_t options) {
    double along = (double)option / (options - 1);
    if (shape == 0) return 1 - along;
    if (shape == 1) return along;
    return along < 0.5 ? 2 * along : 2 - 2 * along;
}

/* The weights of a ranking: 2 rank / (n (n + 1)). `which` counts rankings in factorial digits. */
static void ranking_weights(uint32_t which, uint8_t issues, double *weight) {
    uint32_t taken = 0;
    for (uint8_t issue = 0; issue < issues; issue++) {
        uint32_t left = factorial(issues - issue - 1u), digit = which / left, rank = 0;
        which %= left;
        for (;; rank++) {
            if ((taken >> rank & 1u) != 0) continue;
            if (digit-- == 0) break;
        }
        taken |= UINT32_C(1) << rank;
        weight[issue] = 2.0 * (rank + 1) / (issues * (issues + 1.0));
    }
}

static double worth_under(const Host *host, const double *weight, uint32_t shapes,
                          const Outcome *package) {
    double worth = 0;
    for (uint8_t issue = 0; issue < host->issues; issue++, shapes /= SHAPES)
        worth += weight[issue] *
                 shape_value(shapes % SHAPES, package->option[issue], host->issue[issue].options);
    return worth;
}

static uint32_t joint_count(const Host *host) {
    return factorial(host->issues) * shapes_of(host->issues);
}

static uint32_t bayesian_size(const Models *models, const Host *host) {
    return is_joint(host) ? joint_count(host) : scalable_size(models, host);
}

static void bayesian_begin(const Learner *learner) {
    if (is_joint(learner->host))
        make_even(learner->number, joint_count(learner->host));
    else
        scalable_begin(learner);
}

static void bayesian_learn(const Learner *learner, const Outcome *package) {
    const Host *host = learner->host;
    if (!is_joint(host)) {
        scalable_learn(learner, package);
        return;
    }
    double weight[MOST_JOINT], *chance = learner->number;
    uint32_t shapes = shapes_of(host->issues), rankings = factorial(host->issues);
    for (uint32_t ranking = 0; ranking < rankings; ranking++) {
        ranking_weights(ranking, host->issues, weight);
        for (uint32_t shape = 0; shape < shapes; shape++)
            *chance++ *= likelihood(learner, worth_under(host, weight, shape, package));
    }
    normalise(learner->number, joint_count(host));
}

static double bayesian_utility(const Models *models, const Host *host, const double *number,
                               const Outcome *package) {
    if (!is_joint(host)) return scalable_utility(models, host, number, package);
    double weight[MOST_JOINT], utility = 0;
    uint32_t shapes = shapes_of(host->issues), rankings = factorial(host->issues);
    for (uint32_t ranking = 0; ranking < rankings; ranking++) {
        ranking_weights(ranking, host->issues, weight);
        for (uint32_t shape = 0; shape < shapes; shape++)
            utility += *number++ * worth_under(host, weight, shape, package);
    }
    return utility;
}

const OpponentModel opponent_bayesian = {
    .part = {.name = "bayesian",
             .summary =
                 "likelihoods of rankings of the issues with shapes of each, all together; beyond "
                 "four issues as scalable_bayesian",
             .source = "Hindriks and Tykhonov 2008",
             .parameter = parameters},
    .size = bayesian_size,
    .begin = bayesian_begin,
    .learn = bayesian_learn,
    .utility = bayesian_utility,
};
