/* One package, for programs: member "package" of "nonpaper.analysis/1". */
#include "cli/analyse.h"
#include "cli/event_words.h"
#include "cli/output.h"

static void add_gains(Json *json, const Analysis *analysis, const Utility *gain) {
    const Terms *terms = analysis_terms(analysis);
    json_object(json, "gain");
    for (SeatId seat = 0; seat < terms->seats; seat++)
        json_double(json, terms->seat[seat].id, utility_real(gain[seat]));
    json_end_object(json);
}

/* --- what would have to differ --- */

static void add_change(Json *json, const Analysis *analysis, const ParameterChange *change) {
    static const char *const kinds[] = {"reservation", "weight", "value", "penalty", "red_lines"};
    const Domain *domain = &analysis_terms(analysis)->domain;
    ChangeKind kind = (ChangeKind)change->kind;
    json_object(json, NULL);
    json_string(json, "change", kinds[kind]);
    json_double(json, "amount", change->amount);
    if (kind == CHANGE_WEIGHT || kind == CHANGE_VALUE)
        json_string(json, "issue", domain->issue[change->issue].id);
    if (kind == CHANGE_WEIGHT) json_string(json, "from", domain->issue[change->from].id);
    if (kind == CHANGE_VALUE)
        json_string(json, "option", domain->issue[change->issue].option[change->option]);
    if (kind == CHANGE_PENALTY) json_int(json, "red_line", change->red_line + 1);
    json_end_object(json);
}

static void add_seat(Json *json, const Analysis *analysis, SeatId seat) {
    const SeatRequirement *own = &analysis->settled->requirement.seat[seat];
    json_object(json, analysis_terms(analysis)->seat[seat].id);
    json_bool(json, "needed", own->needed);
    json_bool(json, "refuses", own->refuses);
    utility_json(json, "utility", own->utility);
    utility_json(json, "threshold", own->threshold);
    utility_json(json, "shortfall", own->shortfall);
    json_int(json, "hard_red_lines", own->hard_lines);
    json_array(json, "changes");
    for (uint32_t i = 0; i < own->changes; i++) add_change(json, analysis, &own->change[i]);
    json_end_array(json);
    json_end_object(json);
}

static void add_requirement(Json *json, const Analysis *analysis) {
    const Requirement *requirement = &analysis->settled->requirement;
    const Terms *terms = analysis_terms(analysis);
    json_object(json, "requirement");
    json_bool(json, "feasible", requirement->feasible);
    if (requirement->feasible) {
        seats_json(json, "must_move", terms, requirement->must_move);
        json_object(json, "seats");
        for (SeatId seat = 0; seat < terms->seats; seat++) add_seat(json, analysis, seat);
        json_end_object(json);
        if (requirement->nearest_found)
            package_json(json, "nearest", &terms->domain, &requirement->nearest);
        else
            json_null(json, "nearest");
        json_bool(json, "exact", requirement->exact && requirement->nearest_exact);
    } else {
        json_string(json, "because",
                    requirement->exclusion != NULL ? requirement->exclusion->because : NULL);
    }
    json_end_object(json);
}

/* --- improvements --- */

static void add_steps(Json *json, const Analysis *analysis) {
    const Settled *settled = analysis->settled;
    json_array(json, "later_steps");
    for (uint32_t i = 0; i < settled->steps; i++) {
        const StepGain *gain = &settled->step[i];
        json_object(json, NULL);
        json_string(json, "step", analysis->scenario->negotiation.step[gain->step].id);
        json_bool(json, "feasible", gain->feasible);
        json_bool(json, "agreed", gain->agreed);
        add_gains(json, analysis, gain->gain);
        json_end_object(json);
    }
    json_end_array(json);
}

static void add_improvement(Json *json, const Analysis *analysis) {
    const Improvement *improvement = &analysis->settled->improvement;
    json_object(json, "improvements");
    output_json_count(json, "packages", improvement->packages);
    json_bool(json, "exact", improvement->exact);
    if (improvement->found) {
        package_json(json, "best", &analysis_terms(analysis)->domain, &improvement->best);
        add_gains(json, analysis, improvement->gain);
    } else {
        json_null(json, "best");
    }
    add_steps(json, analysis);
    json_end_object(json);
}

/* --- stability --- */

static void add_move(Json *json, const char *key, const Analysis *analysis,
                     const UnilateralMove *move) {
    static const char *const kinds[] = {"leave", "change", "lever"};
    const Terms *terms = analysis_terms(analysis);
    json_object(json, key);
    json_string(json, "seat", terms->seat[move->seat].id);
    json_string(json, "move", kinds[move->kind]);
    if (move->kind == MOVE_CHANGE) {
        const Issue *issue = &terms->domain.issue[move->issue];
        json_string(json, "issue", issue->id);
        json_string(json, "option", issue->option[move->option]);
    } else if (move->kind == MOVE_PULL) {
        json_string(json, "lever", terms->lever[move->lever].id);
        json_double(json, "level", move->level);
    }
    json_end_object(json);
}

static void add_concepts(Json *json, const char *key, const bool *holds) {
    json_array(json, key);
    for (int concept = 0; concept < STABILITIES; concept ++)
        if (holds[concept]) json_string(json, NULL, stability_key((Stability) concept));
    json_end_array(json);
}

static void add_temptation(Json *json, const Analysis *analysis, const Temptation *temptation) {
    json_object(json, NULL);
    add_move(json, "by", analysis, &temptation->move);
    utility_json(json, "gain", temptation->gain);
    add_concepts(json, "deterred", temptation->deterred);
    json_array(json, "responses");
    for (uint8_t i = 0; i < temptation->responses && i < STABILITY_RESPONSES; i++)
        add_move(json, NULL, analysis, &temptation->response[i]);
    json_end_array(json);
    json_end_object(json);
}

static void add_stability(Json *json, const Analysis *analysis) {
    const StabilityReport *report = analysis->settled->stability;
    if (report == NULL) {
        json_null(json, "stability");
        return;
    }
    json_object(json, "stability");
    add_concepts(json, "equilibrium", report->equilibrium);
    json_int(json, "states", report->states);
    json_bool(json, "complete", report->complete);
    json_int(json, "within", report->within);
    json_object(json, "seats");
    for (SeatId seat = 0; seat < report->seats; seat++) {
        const SeatStability *own = &report->seat[seat];
        json_object(json, analysis_terms(analysis)->seat[seat].id);
        add_concepts(json, "stable", own->stable);
        utility_json(json, "utility", own->payoff);
        utility_json(json, "broken", own->broken);
        json_array(json, "temptations");
        for (uint32_t i = 0; i < own->temptations && i < STABILITY_MOVES; i++)
            add_temptation(json, analysis, &own->temptation[i]);
        json_end_array(json);
        json_end_object(json);
    }
    json_end_object(json);
    json_end_object(json);
}

void analyse_package_json(const Analysis *analysis, Json *json) {
    const Settled *settled = analysis->settled;
    const Domain *domain = &analysis_terms(analysis)->domain;
    bool feasible = settled->requirement.feasible;
    json_object(json, "package");
    package_json(json, "outcome", domain, feasible ? &settled->package : &settled->asked);
    if (feasible && settled->place.known) yardstick_json(&settled->place, json, "efficiency");
    add_requirement(json, analysis);
    if (feasible) {
        add_improvement(json, analysis);
        add_stability(json, analysis);
    }
    json_end_object(json);
}
