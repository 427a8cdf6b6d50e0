#include "cli/request.h"

#include <stdio.h>
#include <string.h>

#include "agents/strategies.h"
#include "cli/chosen_seat.h"
#include "cli/output.h"
#include "cli/request_record.h"
#include "core/base/memory.h"
#include "core/base/sim_time.h"
#include "core/world/model.h"

/* --- a scenario file --- */

static Scenario *read_scenario(const PlayRequest *request, const SettingList *list, Error *error) {
    ScenarioRequest wanted = {.path = request->source,
                              .settings = list->setting,
                              .setting_count = list->count,
                              .catalogue = strategies_builtin()};
    Text complaints = {0};
    Scenario *scenario = scenario_read(&wanted, &complaints, error);
    /* Warnings about a good scenario are check's business. */
    if (scenario == NULL) output_complaints(&complaints);
    text_finish(&complaints);
    return scenario;
}

/* Is there anything that may become of an agreement? */
static bool is_worth_a_look(const Negotiation *negotiation) {
    const WorldModel *world = negotiation->world;
    bool tested = world != NULL && (world->deterrence.on || world->probes > 0);
    return negotiation->terms.durability != NULL || tested || negotiation->steps > 0;
}

/* --horizon YEARS is a setting, so that the record can say how to play the run again. */
static bool add_horizon(const PlayRequest *request, SettingList *list, Error *error) {
    if (!option_given(request->options, "horizon")) return true;
    Scenario *scenario = read_scenario(request, list, error);
    if (scenario == NULL) return false;
    bool worth_a_look = is_worth_a_look(&scenario->negotiation);
    scenario_destroy(scenario);
    if (!worth_a_look)
        return error_set(error, ERROR_USAGE,
                         "--horizon: this scenario has no enforcement section and no later steps, "
                         "so that there is nothing to see after an agreement (see nonpaper help "
                         "enforcement)");
    char assignment[64];
    double days = option_number(request->options, "horizon", 0) * SIM_YEAR / SIM_DAY;
    if (days > 0 && days < 1) days = 1;
    snprintf(assignment, sizeof assignment, "enforcement.observe=%.0fd", days);
    return setting_list_add(list, assignment, error);
}

static bool read_file(PlayRequest *request, SettingList *list, Error *error) {
    if (!add_horizon(request, list, error)) return false;
    struct Staged *stage = &request->staging.stage[0];
    stage->scenario = read_scenario(request, list, error);
    if (stage->scenario == NULL) return false;
    setting_list_json(list, &stage->settings);
    stage->seed = request->seed;
    request->staging.stages = 1;
    return true;
}

/* --- seats that others play --- */

static bool add_foreign(PlayRequest *request, const char *given, Error *error) {
    const Terms *terms = &request_scenario(request)->negotiation.terms;
    const char *equals = strchr(given, '=');
    if (equals == NULL || strcmp(equals + 1, "foreign") != 0)
        return error_set(error, ERROR_USAGE, "--seat %.80s: expected SEAT=foreign", given);
    char *wanted = memory_text(given);
    wanted[equals - given] = '\0';
    SeatId seat = NP_NO_SEAT;
    bool known = chosen_seat_named(wanted, terms, &seat, error);
    memory_free(wanted);
    if (known) request->foreign |= seat_bit(seat);
    return known;
}

static bool gather_foreign(PlayRequest *request, Error *error) {
    size_t at = 0;
    for (const char *given; (given = option_next(request->options, "seat", &at)) != NULL;)
        if (!add_foreign(request, given, error)) return false;
    if (request->foreign == 0 || option_choice(request->options, "lane", 0) == 0) return true;
    return error_set(error, ERROR_USAGE, "a foreign agent is a process: --lane memory has none");
}

/* --- who plays --- */

/* Nobody looks for the file of a seat that somebody else plays. */
static bool read_cast(PlayRequest *request, Error *error) {
    const Scenario *scenario = request_scenario(request);
    const char *spec[NP_MAX_SEATS];
    uint8_t seats = scenario->negotiation.terms.seats;
    for (SeatId seat = 0; seat < seats; seat++) {
        bool theirs = seat_in(request->foreign, seat) && request->kept[seat] == NULL;
        spec[seat] = request->kept[seat] != NULL ? request->kept[seat]
                     : theirs                    ? "foreign"
                                                 : scenario->strategy[seat];
    }
    if (!cast_read(&request->cast, spec, seats, request->source, error)) return false;
    request->foreign |= request->cast.programs;
    return true;
}

/* --- the whole --- */

static SimTime known_until(const PlayRequest *request) {
    const Terms *terms = &request_scenario(request)->negotiation.terms;
    SimTime until = 0, latest = 0;
    SeatSet theirs = request->foreign;
    Event event;
    for (uint64_t i = 0; script_event(&request->recorded, i, &event); i++) {
        latest = event.at;
        /* Who took over for a foreign agent that failed can be asked again. */
        if (event.kind == NP_EVENT_FAULT) theirs &= ~seat_bit(event.seat);
        bool decided = event.seat < terms->seats && seat_in(theirs, event.seat);
        if (decided && event.decided_at + 1 > until) until = event.decided_at + 1;
    }
    for (SeatId seat = 0; seat < terms->seats; seat++)
        if (seat_in(request->foreign, seat) && latest - terms->seat[seat].delay > until)
            until = latest - terms->seat[seat].delay;
    return until;
}

static void set_prefix(PlayRequest *request) {
    Prefix *prefix = &request->prefix;
    *prefix = (Prefix){.script = &request->fed};
    if (request->branched_at >= 0) {
        prefix->fed = request_scenario(request)->negotiation.terms.consent.all;
        prefix->until = request->branched_at;
    } else if (request->kind == PLAY_RESUME && request->foreign != 0) {
        prefix->script = &request->recorded;
        prefix->fed = request->foreign;
        prefix->until = known_until(request);
    }
    if (request->kind == PLAY_RESUME) prefix->faults = &request->recorded;
    staging_prefix(&request->staging, prefix);
}

bool request_read(PlayRequest *request, int *code) {
    SettingList *list = memory_new(1, sizeof *list);
    const Options *options = request->options;
    Error error = {0};
    request->branched_at = -1;
    request->seed = (uint64_t)option_integer(options, "seed", 1);
    request->record = option_text(options, "output", "nonpaper.db");
    request->json = option_given(options, "json");
    request->quiet |= option_given(options, "quiet");
    request->trusted = option_given(options, "trust");
    setting_list_init(list);
    bool good = request->kind == PLAY_RUN
                    ? setting_list_given(list, options, &error) && read_file(request, list, &error)
                    : request_read_record(request, list, &error);
    setting_list_finish(list);
    memory_free(list);
    good = good && gather_foreign(request, &error) && read_cast(request, &error);
    if (good) set_prefix(request);
    if (!good) {
        *code = output_error(&error);
        request_finish(request);
    }
    return good;
}

void request_finish(PlayRequest *request) {
    staging_finish(&request->staging);
    script_finish(&request->recorded);
    script_finish(&request->fed);
    cast_finish(&request->cast);
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) memory_free(request->kept[seat]);
}

const Scenario *request_scenario(const PlayRequest *request) {
    return staging_last(&request->staging);
}

const char *request_settings(const PlayRequest *request) {
    return text_get(&request->staging.stage[request->staging.stages - 1].settings);
}
