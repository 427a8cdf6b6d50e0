/* The object "nonpaper.analysis/1" of the command-line contract. */
#include "cli/analyse.h"
#include "cli/event_words.h"
#include "cli/output.h"
#include "core/base/sim_time.h"

static const char *const scope_words[] = {"feasible", "acceptable", "zone"};

static void add_utilities(Json *json, const char *key, const Terms *terms, const Utility *utility) {
    json_object(json, key);
    for (SeatId seat = 0; seat < terms->seats; seat++)
        json_double(json, terms->seat[seat].id, utility_real(utility[seat]));
    json_end_object(json);
}

static void add_disagreement(Json *json, const Analysis *analysis) {
    const Yardstick *yardstick = &analysis->yardstick;
    const Terms *terms = analysis_terms(analysis);
    char date[32];
    json_object(json, "disagreement");
    json_string(json, "point", disagreement_word(yardstick->request.kind));
    if (yardstick->request.kind == DISAGREEMENT_OUTSIDE)
        json_string(json, "at", date_format(date, terms->epoch + yardstick->request.at));
    add_utilities(json, "utility", terms, yardstick->survey.disagreement);
    json_bool(json, "exact", yardstick->survey.disagreement_exact);
    json_end_object(json);
}

static void add_bounds(Json *json, const Analysis *analysis) {
    const AnalysisBounds *bounds = &analysis->yardstick.survey.bounds;
    const Terms *terms = analysis_terms(analysis);
    if (!bounds->any) {
        json_null(json, "bounds");
        return;
    }
    json_object(json, "bounds");
    add_utilities(json, "least", terms, bounds->least);
    add_utilities(json, "most", terms, bounds->most);
    if (analysis->yardstick.survey.solutions.rational)
        add_utilities(json, "ideal", terms, analysis->yardstick.survey.solutions.ideal);
    json_bool(json, "exact", bounds->exact && analysis->yardstick.survey.solutions.ideal_exact);
    json_end_object(json);
}

static void add_points(Json *json, const Analysis *analysis) {
    const Frontier *frontier = &analysis->yardstick.survey.frontier;
    const Terms *terms = analysis_terms(analysis);
    json_array(json, "points");
    for (size_t i = 0; i < frontier->count; i++) {
        json_object(json, NULL);
        add_utilities(json, "utility", terms, frontier->point[i].utility);
        package_json(json, "outcome", &terms->domain, &frontier->point[i].package);
        output_json_count(json, "packages", frontier->point[i].packages);
        json_end_object(json);
    }
    json_end_array(json);
}

static void add_frontier(Json *json, const Analysis *analysis) {
    const Frontier *frontier = &analysis->yardstick.survey.frontier;
    json_object(json, "pareto");
    json_int(json, "size", (int64_t)frontier->count);
    output_json_count(json, "packages", frontier->packages);
    json_bool(json, "exact", frontier->exact);
    if (option_given(analysis->options, "points")) add_points(json, analysis);
    json_end_object(json);
}

static void add_solution(Json *json, const char *key, const Terms *terms,
                         const Solution *solution) {
    if (!solution->found) {
        json_null(json, key);
        return;
    }
    json_object(json, key);
    package_json(json, "outcome", &terms->domain, &solution->package);
    add_utilities(json, "utility", terms, solution->utility);
    output_json_count(json, "ties", solution->packages - 1);
    json_bool(json, "exact", solution->exact);
    json_end_object(json);
}

static void add_solutions(Json *json, const Analysis *analysis) {
    const Solution *solution = analysis->yardstick.survey.solutions.of;
    const Terms *terms = analysis_terms(analysis);
    add_solution(json, "nash", terms, &solution[SOLUTION_NASH]);
    add_solution(json, "kalai", terms, &solution[SOLUTION_KALAI]);
    add_solution(json, "kalai_smorodinsky", terms, &solution[SOLUTION_KALAI_SMORODINSKY]);
    add_solution(json, "egalitarian", terms, &solution[SOLUTION_EGALITARIAN]);
    add_solution(json, "welfare", terms, &solution[SOLUTION_UTILITARIAN]);
}

static void add_zone(Json *json, const Analysis *analysis) {
    const ZoneCount *zone = &analysis->yardstick.zone;
    const Terms *terms = analysis_terms(analysis);
    json_object(json, "zone");
    output_json_count(json, "size", zone->packages);
    json_bool(json, "exact", zone->exact);
    json_object(json, "refused_by_alone");
    for (SeatId seat = 0; seat < terms->seats; seat++)
        output_json_count(json, terms->seat[seat].id, zone->refused_by_alone[seat]);
    json_end_object(json);
    json_end_object(json);
}

/* --- of a recorded run --- */

static void add_tabled(Json *json, const Analysis *analysis) {
    const TabledPackages *tabled = &analysis->tabled;
    const Terms *terms = analysis_terms(analysis);
    char date[32];
    json_array(json, "tabled");
    for (size_t i = 0; i < tabled->count; i++) {
        const TabledPackage *package = &tabled->package[i];
        json_object(json, NULL);
        json_int(json, "event", (int64_t)package->event);
        json_string(json, "at", date_format(date, terms->epoch + package->at));
        json_string(json, "seat", terms->seat[package->seat].id);
        json_int(json, "offer", package->offer);
        json_int(json, "package", package->package + 1);
        json_int(json, "times", package->times);
        package_json(json, "outcome", &terms->domain, &package->outcome);
        add_utilities(json, "utility", terms, package->place.utility);
        if (package->place.known) yardstick_json(&package->place, json, "efficiency");
        json_end_object(json);
    }
    json_end_array(json);
}

static void add_run(Json *json, const Analysis *analysis) {
    const RunRow *row = &analysis->run->row;
    bool agreed = analysis->ended && row->kind == VERDICT_AGREEMENT;
    json_int(json, "run", (int64_t)row->run);
    if (!analysis->ended) {
        json_null(json, "efficiency");
    } else {
        PackagePlace place =
            yardstick_place(&analysis->yardstick, agreed ? &analysis->agreement : NULL);
        if (place.known)
            yardstick_json(&place, json, "efficiency");
        else
            json_null(json, "efficiency");
    }
    add_tabled(json, analysis);
}

void analyse_json(const Analysis *analysis, Json *json) {
    const Terms *terms = analysis_terms(analysis);
    json_string(json, "scenario", terms->name);
    output_json_count(json, "outcomes", analysis->feasible);
    output_json_count(json, "raw", domain_raw_count(&terms->domain));
    json_string(json, "scope", scope_words[analysis->yardstick.request.scope]);
    add_disagreement(json, analysis);
    add_bounds(json, analysis);
    add_frontier(json, analysis);
    add_solutions(json, analysis);
    add_zone(json, analysis);
    if (analysis->settled != NULL) analyse_package_json(analysis, json);
    if (analysis->run != NULL) add_run(json, analysis);
}
