/* One package: what stands against it, what would be better for all, and whether it would last. */
#include <string.h>

#include "cli/analyse.h"
#include "core/base/sim_time.h"

/* --- naming it --- */

static bool bad_issue(const char *word, const char *const *known, size_t count, Error *error) {
    char safe[96];
    const char *near = text_nearest(word, known, count);
    return error_set(error, ERROR_USAGE, "--package: there is no issue \"%s\"%s%s%s",
                     text_safe(safe, sizeof safe, word), near != NULL ? "; did you mean " : "",
                     near != NULL ? near : "", near != NULL ? "?" : "");
}

/* "the issue place has no option "mil"; it has mill, market": as many as fit. */
static bool bad_option(const Issue *issue, const char *word, Error *error) {
    char safe[96];
    const char *near = text_nearest(word, issue->option, issue->options);
    Text known = {0};
    for (uint8_t option = 0; option < issue->options; option++) {
        if (option > 0) text_add(&known, ", ");
        text_add(&known, issue->option[option]);
    }
    error_set(error, ERROR_USAGE, "--package: the issue %s has no option \"%s\"%s%s%s; it has %s",
              issue->id, text_safe(safe, sizeof safe, word), near != NULL ? "; did you mean " : "",
              near != NULL ? near : "", near != NULL ? "?" : "", text_get(&known));
    text_finish(&known);
    return false;
}

static bool read_part(const Domain *domain, const char *issue_word, const char *option_word,
                      Outcome *asked, Error *error) {
    const char *known[NP_MAX_ISSUES];
    int issue = domain_find_issue(domain, issue_word);
    for (uint8_t k = 0; k < domain->issues; k++) known[k] = domain->issue[k].id;
    if (issue < 0) return bad_issue(issue_word, known, domain->issues, error);
    int option = issue_find_option(&domain->issue[issue], option_word);
    if (option < 0) return bad_option(&domain->issue[issue], option_word, error);
    if (asked->option[issue] != NP_NO_OPTION)
        return error_set(error, ERROR_USAGE, "--package names %s twice", domain->issue[issue].id);
    asked->option[issue] = (uint8_t)option;
    return true;
}

/* "security=israel,forces=800k" */
static bool read_package(const Domain *domain, const char *words, Outcome *asked, Error *error) {
    char *copy = memory_text(words), *rest = copy, safe[96];
    bool good = true;
    *asked = outcome_empty();
    while (good && *rest != '\0') {
        char *part = rest, *equals = strchr(part, '=');
        size_t length = strcspn(part, ",");
        rest = part + length + (part[length] == ',');
        part[length] = '\0';
        if (equals == NULL || equals > part + length) {
            good = error_set(error, ERROR_USAGE, "--package wants ISSUE=OPTION,…, not \"%s\"",
                             text_safe(safe, sizeof safe, part));
            break;
        }
        *equals = '\0';
        good = read_part(domain, part, equals + 1, asked, error);
    }
    memory_free(copy);
    return good;
}

/* --- what is asked about it --- */

static SimTime look_ahead(const Analysis *analysis) {
    double years = option_number(analysis->options, "look", 1);
    return (SimTime)(years * SIM_YEAR);
}

static void ask_stability(const Analysis *analysis, Settled *settled) {
    const Negotiation *negotiation = &analysis->scenario->negotiation;
    const Question *question = &analysis->yardstick.question;
    if (outcome_equal(&settled->package, &question->status_quo)) return;
    settled->stability = stability_report(&(StabilityQuestion){.negotiation = negotiation,
                                                               .package = settled->package,
                                                               .at = analysis->yardstick.request.at,
                                                               .look = look_ahead(analysis),
                                                               .levers = true,
                                                               .states = STABILITY_STATES,
                                                               .profile = question->profile});
}

static void ask(const Analysis *analysis, Settled *settled) {
    const Negotiation *negotiation = &analysis->scenario->negotiation;
    const Question *question = &analysis->yardstick.question;
    settled->requirement = requirement_find(question, &settled->asked);
    if (!settled->requirement.feasible) return;
    settled->package = settled->requirement.package;
    settled->place = yardstick_place(&analysis->yardstick, &settled->package);
    settled->improvement = improvement_find(question, &settled->package);
    settled->steps = improvement_steps(negotiation, question, &settled->package, settled->step,
                                       NEGOTIATION_MAX_STEPS);
    ask_stability(analysis, settled);
}

bool analyse_package(Analysis *analysis, Error *error) {
    const char *words = option_text(analysis->options, "package", NULL);
    Outcome asked = analysis->agreement;
    bool agreed = analysis->ended && analysis->run->row.kind == VERDICT_AGREEMENT;
    if (words != NULL && !read_package(&analysis_terms(analysis)->domain, words, &asked, error))
        return false;
    if (words == NULL && !agreed) return true;
    analysis->settled = memory_new(1, sizeof *analysis->settled);
    analysis->settled->asked = asked;
    ask(analysis, analysis->settled);
    return true;
}

void analyse_package_finish(Analysis *analysis) {
    if (analysis->settled == NULL) return;
    stability_destroy(analysis->settled->stability);
    memory_free(analysis->settled);
}
