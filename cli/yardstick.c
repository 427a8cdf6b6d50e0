#include "cli/yardstick.h"

#include <stdio.h>

#include "core/base/memory.h"

enum { END_BUDGET = 1 << 18 };

static const char *const disagreement_words[] = {"minimum", "reservation", "outside"};

const char *disagreement_word(DisagreementKind kind) {
    return disagreement_words[kind];
}

static void take_profiles(Yardstick *yardstick) {
    const YardstickRequest *request = &yardstick->request;
    const Negotiation *negotiation = request->negotiation;
    uint8_t seats = negotiation->terms.seats;
    yardstick->profile = memory_new(seats, sizeof *yardstick->profile);
    for (SeatId seat = 0; seat < seats; seat++) {
        const SeatType *type = negotiation->type[seat];
        bool typed = request->type != NULL && type != NULL &&
                     request->type[seat] < negotiation->terms.seat[seat].types;
        yardstick->profile[seat] =
            typed ? type[request->type[seat]].profile : negotiation->profile[seat];
    }
}

/* As the talks open. */
static void ask_at_opening(Yardstick *yardstick) {
    const YardstickRequest *request = &yardstick->request;
    take_profiles(yardstick);
    Question *question = &yardstick->question;
    *question = question_about(request->negotiation, request->scope);
    question->profile = yardstick->profile;
    for (SeatId seat = 0; seat < request->negotiation->terms.seats; seat++)
        question->threshold[seat] = yardstick->profile[seat].reservation;
}

static void ask_at_date(Yardstick *yardstick) {
    const YardstickRequest *request = &yardstick->request;
    yardstick->outlook = outlook_create(request->negotiation, request->at);
    yardstick->question =
        outlook_question(yardstick->outlook, request->negotiation, request->scope);
}

void yardstick_make(Yardstick *yardstick, const YardstickRequest *request) {
    *yardstick = (Yardstick){.request = *request};
    (request->kind == DISAGREEMENT_OUTSIDE ? ask_at_date : ask_at_opening)(yardstick);
    Question *question = &yardstick->question;
    if (request->budget != 0) question->budget = request->budget;
    Utility walk_away[NP_MAX_SEATS];
    disagreement_reservation(question, walk_away);
    bool least = request->kind == DISAGREEMENT_MINIMUM;
    yardstick->survey =
        survey_take(&(SurveyRequest){question, least ? NULL : walk_away, .brief = request->brief});
    if (request->count_zone) yardstick->zone = zone_count(question);
}

void yardstick_finish(Yardstick *yardstick) {
    survey_finish(&yardstick->survey);
    memory_free(yardstick->profile);
    outlook_destroy(yardstick->outlook);
}

static void take_utilities(const Yardstick *yardstick, const Outcome *package, Utility *utility) {
    if (package != NULL)
        question_utilities(&yardstick->question, package, utility);
    else
        disagreement_reservation(&yardstick->question, utility);
}

PackagePlace yardstick_place(const Yardstick *yardstick, const Outcome *package) {
    PackagePlace place = {.known = yardstick->survey.frontier.count > 0};
    const Solution *nash = &yardstick->survey.solutions.of[SOLUTION_NASH];
    take_utilities(yardstick, package, place.utility);
    if (place.known)
        place.distance = distance_to_frontier(&yardstick->survey.frontier, place.utility);
    place.solved = nash->found;
    if (nash->found)
        place.to_nash = utilities_apart(place.utility, nash->utility,
                                        yardstick->request.negotiation->terms.seats);
    return place;
}

/* --- the end of a run --- */

bool yardstick_place_end(const Negotiation *negotiation, const Verdict *verdict,
                         PackagePlace *place) {
    Yardstick yardstick;
    uint8_t type[NP_MAX_SEATS];
    bool agreed = verdict->kind == VERDICT_AGREEMENT;
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) type[seat] = verdict->seat_result[seat].type;
    yardstick_make(&yardstick, &(YardstickRequest){.negotiation = negotiation,
                                                   .type = type,
                                                   .scope = SCOPE_FEASIBLE,
                                                   .kind = DISAGREEMENT_RESERVATION,
                                                   .budget = END_BUDGET,
                                                   .brief = true});
    *place = yardstick_place(&yardstick, agreed ? &verdict->agreement : NULL);
    yardstick_finish(&yardstick);
    return place->known;
}

void yardstick_tell(const PackagePlace *place, DisagreementKind over, bool agreed, Text *out) {
    static const char *const points[] = {"the least of any package", "walk-away values",
                                         "outside options"};
    const Distance *distance = &place->distance;
    text_add(out, agreed ? "The agreement lies " : "Without agreement the seats are ");
    if (distance->to_frontier > 0)
        text_addf(out, "%.3f %s the Pareto frontier", distance->to_frontier,
                  distance->dominated ? "below" : "off");
    else
        text_add(out, "on the Pareto frontier");
    if (place->solved && place->to_nash == 0)
        text_addf(out, ", where the Nash solution over %s is", points[over]);
    else if (place->solved)
        text_addf(out, ", %.3f from the Nash solution over %s", place->to_nash, points[over]);
    text_add(out, distance->exact ? ".\n" : " (as far as it was searched).\n");
}

void yardstick_json(const PackagePlace *place, Json *json, const char *key) {
    json_object(json, key);
    json_double(json, "frontier_distance", place->distance.to_frontier);
    if (place->solved)
        json_double(json, "nash_distance", place->to_nash);
    else
        json_null(json, "nash_distance");
    json_bool(json, "dominated", place->distance.dominated);
    json_bool(json, "exact", place->distance.exact);
    json_end_object(json);
}
