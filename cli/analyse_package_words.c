/* One package, for people. */
#include <stdio.h>

#include "cli/analyse.h"
#include "report/sentence.h"
#include "report/story.h"

/* A line of a list, folded; `line` is cleared. */
static void say(Text *line, Text *out) {
    text_add(out, "  ");
    sentence_fold(out, text_get(line), 2, 4);
    text_clear(line);
}

/* --- what would have to differ --- */

static void say_change(const Analysis *analysis, const ParameterChange *change, Text *line) {
    const Domain *domain = &analysis_terms(analysis)->domain;
    switch ((ChangeKind)change->kind) {
    case CHANGE_RESERVATION:
        text_addf(line, "its walk-away value falls by %.4f", change->amount);
        return;
    case CHANGE_WEIGHT:
        text_addf(line, "%.4f of weight moves from ", change->amount);
        text_add_safe(line, domain->issue[change->from].id);
        text_add(line, " to ");
        text_add_safe(line, domain->issue[change->issue].id);
        return;
    case CHANGE_VALUE:
        text_add(line, "it values ");
        phrase_option(line, domain, change->issue, change->option);
        text_addf(line, " %.4f more", change->amount);
        return;
    case CHANGE_PENALTY:
        text_addf(line, "the penalty of its red line %u falls by %.4f", change->red_line + 1,
                  change->amount);
        return;
    case CHANGE_RED_LINES:
        text_addf(line, "it gives up %.0f hard red line%s", change->amount,
                  change->amount == 1 ? "" : "s");
        return;
    case CHANGES: return;
    }
}

static void say_refusal(const Analysis *analysis, SeatId seat, Text *out) {
    const SeatRequirement *own = &analysis->settled->requirement.seat[seat];
    Text line = {0};
    phrase_seat(&line, analysis_terms(analysis), seat);
    text_add(&line, " refuses it:");
    if (own->hard_lines > 0)
        text_addf(&line, " it crosses %u of its hard red lines;", own->hard_lines);
    if (own->shortfall > 0)
        text_addf(&line, " %.4f is %.4f short of %.4f;", utility_real(own->utility),
                  utility_real(own->shortfall), utility_real(own->threshold));
    text_add(&line, own->changes > 0 ? " it would do if " : " no single change would do");
    for (uint32_t i = 0; i < own->changes; i++) {
        if (i > 0) text_add(&line, ", or ");
        say_change(analysis, &own->change[i], &line);
    }
    say(&line, out);
    text_finish(&line);
}

static void say_nearest(const Analysis *analysis, Text *out) {
    const Requirement *requirement = &analysis->settled->requirement;
    const Domain *domain = &analysis_terms(analysis)->domain;
    Text line = {0};
    if (!requirement->nearest_found) {
        text_add(&line, requirement->nearest_exact
                            ? "There is no package that nobody would refuse"
                            : "No package that nobody would refuse was found");
    } else {
        text_addf(&line, "The nearest that nobody would refuse differs on %u issue%s: ",
                  (unsigned)requirement->nearest_differs,
                  requirement->nearest_differs == 1 ? "" : "s");
        story_package(domain, &requirement->nearest, &requirement->package, &line);
    }
    say(&line, out);
    text_finish(&line);
}

static void print_requirement(const Analysis *analysis, Text *out) {
    const Requirement *requirement = &analysis->settled->requirement;
    text_add(out, "\nWhat would have to differ\n");
    if (!requirement->feasible) {
        Text line = {0};
        text_add(&line, "Its options do not go together");
        if (requirement->exclusion != NULL && requirement->exclusion->because != NULL) {
            text_add(&line, ": ");
            text_add_safe(&line, requirement->exclusion->because);
        }
        say(&line, out);
        text_finish(&line);
        return;
    }
    for (SeatId seat = 0; seat < analysis_terms(analysis)->seats; seat++)
        if (requirement->seat[seat].refuses) say_refusal(analysis, seat, out);
    if (requirement->must_move == 0)
        text_add(out, "  Nothing: nobody whose consent it needs would refuse it\n");
    else
        say_nearest(analysis, out);
}

/* --- improvements --- */

static void say_gains(const Analysis *analysis, const Utility *gain, Text *line) {
    const Terms *terms = analysis_terms(analysis);
    const char *comma = "";
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        if (gain[seat] == 0) continue;
        text_add(line, comma);
        phrase_seat(line, terms, seat);
        text_addf(line, " %+.4f", utility_real(gain[seat]));
        comma = ", ";
    }
}

static void print_steps(const Analysis *analysis, Text *out) {
    const Settled *settled = analysis->settled;
    Text line = {0};
    for (uint32_t i = 0; i < settled->steps; i++) {
        const StepGain *gain = &settled->step[i];
        text_add(&line, "Later step ");
        text_add_safe(&line, analysis->scenario->negotiation.step[gain->step].id);
        text_add(&line, !gain->feasible ? ": leads to nothing feasible"
                        : gain->agreed  ? ": would be agreed; "
                                        : ": would be refused; ");
        say_gains(analysis, gain->gain, &line);
        say(&line, out);
    }
    text_finish(&line);
}

static void print_improvement(const Analysis *analysis, Text *out) {
    const Improvement *improvement = &analysis->settled->improvement;
    Text line = {0};
    text_add(out, "\nImprovements after settlement\n");
    if (improvement->packages > 0)
        text_addf(&line, "%.0f package%s would cost nobody anything and give somebody more",
                  improvement->packages, improvement->packages == 1 ? "" : "s");
    else
        text_add(&line, "No package would cost nobody anything and give somebody more");
    if (!improvement->exact)
        text_addf(&line, ", as far as it was searched (%.0f were not)", improvement->uncounted);
    say(&line, out);
    if (improvement->found) {
        text_add(&line, "The best by Nash over it: ");
        story_package(&analysis_terms(analysis)->domain, &improvement->best,
                      &analysis->settled->package, &line);
        text_add(&line, "; ");
        say_gains(analysis, improvement->gain, &line);
        say(&line, out);
    }
    text_finish(&line);
    print_steps(analysis, out);
}

/* --- stability --- */

static void say_move(const Analysis *analysis, const UnilateralMove *move, Text *line) {
    const Terms *terms = analysis_terms(analysis);
    char digits[32];
    phrase_seat(line, terms, move->seat);
    switch ((MoveKind)move->kind) {
    case MOVE_LEAVE: text_add(line, " leaves"); return;
    case MOVE_CHANGE:
        text_add(line, " changes to ");
        phrase_option(line, &terms->domain, move->issue, move->option);
        return;
    case MOVE_PULL:
        text_add(line, " moves ");
        text_add_safe(line, terms->lever[move->lever].id);
        text_addf(line, " to %s", text_double(digits, move->level));
        return;
    }
}

static void say_temptation(const Analysis *analysis, const Temptation *temptation, Text *out) {
    Text line = {0};
    bool any = false;
    say_move(analysis, &temptation->move, &line);
    text_addf(&line, " and gains %.4f", utility_real(temptation->gain));
    for (int concept = 0; concept < STABILITIES; concept ++) {
        if (!temptation->deterred[concept]) continue;
        text_addf(&line, "%s %s", any ? "," : "; deterred under",
                  stability_key((Stability) concept));
        any = true;
    }
    if (!any) text_add(&line, "; nothing deters it");
    for (uint8_t i = 0; i < temptation->responses && i < STABILITY_RESPONSES; i++) {
        text_add(&line, i == 0 ? ": " : ", ");
        say_move(analysis, &temptation->response[i], &line);
    }
    if (temptation->responses > 0)
        text_addf(&line, ", which leaves it %+.4f", utility_real(temptation->loss));
    say(&line, out);
    text_finish(&line);
}

static void say_seat(const Analysis *analysis, const StabilityReport *report, SeatId seat,
                     Text *out) {
    const SeatStability *own = &report->seat[seat];
    Text line = {0};
    phrase_seat(&line, analysis_terms(analysis), seat);
    text_addf(&line, ": %.4f as it stands, %.4f once it is broken; ", utility_real(own->payoff),
              utility_real(own->broken));
    if (own->temptations == 0)
        text_add(&line, "no move of its own would gain it anything");
    else
        text_addf(&line, "%u move%s would gain it something", own->temptations,
                  own->temptations == 1 ? "" : "s");
    say(&line, out);
    text_finish(&line);
    uint32_t shown = own->temptations < 3 ? own->temptations : 3;
    for (uint32_t i = 0; i < shown; i++) say_temptation(analysis, &own->temptation[i], out);
    if (shown < own->temptations)
        text_addf(out, "    and %u more, which gain less (--json has them)\n",
                  own->temptations - shown);
}

static void print_stability(const Analysis *analysis, Text *out) {
    const StabilityReport *report = analysis->settled->stability;
    text_add(out, "\nStability once it is in force\n");
    if (report == NULL) {
        text_add(out, "  It changes nothing: there is nothing to leave\n");
        return;
    }
    for (SeatId seat = 0; seat < report->seats; seat++) say_seat(analysis, report, seat, out);
    text_add(out, "  Stable for every seat under:");
    bool any = false;
    for (int concept = 0; concept < STABILITIES; concept ++) {
        if (!report->equilibrium[concept]) continue;
        text_addf(out, " %s", stability_key((Stability) concept));
        any = true;
    }
    text_add(out, any ? "\n" : " none of nash, gmr, smr, seq\n");
    if (!report->complete)
        text_addf(out, "  (as far as it was looked at: everything within %u move%s, %u states)\n",
                  report->within, report->within == 1 ? "" : "s", report->states);
}

static void say_place(const PackagePlace *place, Text *line) {
    const Distance *distance = &place->distance;
    if (distance->to_frontier > 0)
        text_addf(line, "%.4f %s the Pareto frontier", distance->to_frontier,
                  distance->dominated ? "below" : "off");
    else
        text_add(line, "on the Pareto frontier");
    if (place->solved) text_addf(line, ", %.4f from the Nash solution", place->to_nash);
    if (!distance->exact) text_add(line, " (as far as it was searched)");
}

void analyse_package_print(const Analysis *analysis, Text *out) {
    const Settled *settled = analysis->settled;
    Text line = {0};
    text_add(out, "\nThe package\n");
    story_package(&analysis_terms(analysis)->domain,
                  settled->requirement.feasible ? &settled->package : &settled->asked, NULL, &line);
    say(&line, out);
    if (settled->requirement.feasible && settled->place.known) {
        say_place(&settled->place, &line);
        say(&line, out);
    }
    text_finish(&line);
    print_requirement(analysis, out);
    if (!settled->requirement.feasible) return;
    print_improvement(analysis, out);
    print_stability(analysis, out);
}
