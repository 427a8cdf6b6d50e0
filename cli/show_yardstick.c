/* What could be agreed, in short; `analyse` has the rest. */
#include <stdio.h>

#include "cli/event_words.h"
#include "cli/output.h"
#include "cli/show_world.h"
#include "cli/yardstick.h"
#include "report/sentence.h"
#include "report/story.h"

/* So small that showing a scenario of any size takes no time worth speaking of. */
enum { SHOW_BUDGET = 1 << 16 };

static void measure(Yardstick *yardstick, const Scenario *scenario) {
    yardstick_make(yardstick, &(YardstickRequest){.negotiation = &scenario->negotiation,
                                                  .scope = SCOPE_FEASIBLE,
                                                  .kind = DISAGREEMENT_RESERVATION,
                                                  .budget = SHOW_BUDGET,
                                                  .count_zone = true,
                                                  .brief = true});
}

static const char *as_far_as(bool exact) {
    return exact ? "" : " at least, as far as it was searched";
}

static void say_zone(const Yardstick *yardstick, Text *line) {
    const ZoneCount *zone = &yardstick->zone;
    text_addf(line, "%.0f package%s nobody whose consent is needed would refuse%s", zone->packages,
              zone->packages == 1 ? " that" : "s that", as_far_as(zone->exact));
}

static void say_nash(const Yardstick *yardstick, const Domain *domain, Text *line) {
    const Solution *nash = &yardstick->survey.solutions.of[SOLUTION_NASH];
    if (!nash->found) {
        text_add(line, nash->exact ? "no package gives every seat its walk-away value"
                                   : "no package was found that gives every seat its "
                                     "walk-away value");
        return;
    }
    text_addf(line, "Nash solution over walk-away values%s: ",
              nash->exact ? "" : ", as far as it was searched");
    story_package(domain, &nash->package, NULL, line);
}

void show_yardstick(const Scenario *scenario, bool color, Text *out) {
    Yardstick yardstick;
    Text line = {0};
    measure(&yardstick, scenario);
    text_add(out, "\n");
    phrase_emphasis(out, color, EMPHASIS_STRONG, "What could be agreed");
    text_add(out, "\n  ");
    say_zone(&yardstick, &line);
    sentence_fold(out, text_get(&line), 2, 4);
    text_clear(&line);
    text_addf(&line, "Pareto frontier: %zu point%s%s", yardstick.survey.frontier.count,
              yardstick.survey.frontier.count == 1 ? "" : "s",
              yardstick.survey.frontier.exact ? "" : " known, as far as it was searched");
    text_add(out, "  ");
    sentence_fold(out, text_get(&line), 2, 4);
    text_clear(&line);
    say_nash(&yardstick, &scenario->negotiation.terms.domain, &line);
    text_add(out, "  ");
    sentence_fold(out, text_get(&line), 2, 4);
    text_finish(&line);
    yardstick_finish(&yardstick);
}

void show_yardstick_json(const Scenario *scenario, Json *json) {
    Yardstick yardstick;
    measure(&yardstick, scenario);
    const Solution *nash = &yardstick.survey.solutions.of[SOLUTION_NASH];
    json_object(json, "zone");
    output_json_count(json, "size", yardstick.zone.packages);
    json_bool(json, "exact", yardstick.zone.exact);
    json_end_object(json);
    json_object(json, "pareto");
    json_int(json, "size", (int64_t)yardstick.survey.frontier.count);
    json_bool(json, "exact", yardstick.survey.frontier.exact);
    json_end_object(json);
    if (nash->found)
        package_json(json, "nash", &scenario->negotiation.terms.domain, &nash->package);
    else
        json_null(json, "nash");
    yardstick_finish(&yardstick);
}
