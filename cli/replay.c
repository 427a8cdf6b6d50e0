/* nonpaper replay: tells a recorded run again, or verifies it. */
#include <stdio.h>
#include <string.h>

#include "cli/cast.h"
#include "cli/chosen_run.h"
#include "cli/chosen_seat.h"
#include "cli/commands.h"
#include "cli/launcher.h"
#include "cli/moment.h"
#include "cli/output.h"
#include "cli/seat_view.h"
#include "cli/staging.h"
#include "cli/verify_print.h"
#include "core/base/sim_time.h"
#include "core/negotiation/mechanism.h"
#include "proto/wall_clock.h"
#include "report/peace.h"
#include "report/story.h"

/* --- telling --- */

typedef struct Retelling {
    StoryTeller teller;
    Verdict verdict; /* as far as the events tell it */
    Text text;
    Moment to;
    SeatView view;   /* tell what this seat knew; NP_NO_SEAT: all there is to tell */
    Staging staging; /* of a branch that a seat is told of: its past had other luck */
    SimTime shown;
    double speed;
    bool complete;
} Retelling;

static void pause_for(Retelling *retelling, const Event *event) {
    if (retelling->speed <= 0) return;
    double days = (double)(event->at - retelling->shown) / SIM_DAY;
    retelling->shown = event->at;
    output_flush();
    wall_sleep_ns((int64_t)(days / retelling->speed * 1e9));
}

static void note_end(Verdict *verdict, const Event *event) {
    if (event->kind == NP_EVENT_ACCORD && verdict->accords < VERDICT_MAX_ACCORDS)
        verdict->accord[verdict->accords++] = event->menu[0];
    if (event->kind == NP_EVENT_AGREEMENT) {
        verdict->agreement = event->menu[0];
        verdict->signatories = event->seats;
    }
}

static void tell(Retelling *retelling, const Event *event) {
    pause_for(retelling, event);
    story_event(&retelling->teller, event, &retelling->text);
    output_result(&retelling->text);
}

/* What a seat sees wrongly was drawn under what held at that moment. */
static void follow_stage(Retelling *retelling, SimTime at) {
    const Staging *staging = &retelling->staging;
    for (uint32_t i = 0; i < staging->stages && staging->stage[i].from <= at; i++)
        seat_view_go_on(&retelling->view, &staging->stage[i].scenario->negotiation,
                        staging->stage[i].seed);
}

static bool retell(void *context, const Event *event, const uint8_t *bytes, size_t length) {
    Retelling *retelling = context;
    (void)bytes, (void)length;
    if (event->id > retelling->to.event || event->at > retelling->to.at) {
        retelling->complete = false;
        return false;
    }
    Event known;
    while (seat_view_late(&retelling->view, event->at, &known)) tell(retelling, &known);
    known = *event;
    follow_stage(retelling, event->at);
    peace_note(&retelling->verdict.peace, event);
    note_end(&retelling->verdict, event);
    if (seat_view_knows(&retelling->view, &known)) tell(retelling, &known);
    return true;
}

static void fill_verdict(Verdict *verdict, const RunRow *row) {
    verdict->kind = row->kind;
    verdict->reason = row->reason;
    verdict->seat = row->seat;
    verdict->ended_at = row->ended_at;
    verdict->events = row->events;
    verdict->digest = row->digest;
    verdict->in_force = row->in_force;
    verdict->first_distance = row->first_distance;
    verdict->last_distance = row->last_distance;
    memcpy(verdict->seat_result, row->result, sizeof verdict->seat_result);
}

/* Its own result; what the end is worth to others a seat never learns. */
static void tell_own_end(const Retelling *retelling, const RunRow *row, Text *out) {
    const SeatResult *result = &row->result[retelling->view.seat];
    bool agreed = row->kind == VERDICT_AGREEMENT;
    text_add(out, "\n");
    text_add_safe(out, retelling->teller.terms->seat[retelling->view.seat].name);
    if (agreed)
        text_addf(out, ": the agreement is worth %.3f to it, walking away would have been %.3f.\n",
                  utility_real(result->utility), utility_real(result->reservation));
    else
        text_addf(out, ": no agreement; walking away is worth %.3f to it.\n",
                  utility_real(result->reservation));
}

static void tell_end(Retelling *retelling, const RunRow *row) {
    if (retelling->view.seat != NP_NO_SEAT) {
        tell_own_end(retelling, row, &retelling->text);
    } else {
        fill_verdict(&retelling->verdict, row);
        story_verdict(&retelling->teller, &retelling->verdict, &retelling->text);
    }
    output_result(&retelling->text);
}

static bool tell_run(const Options *options, Record *record, const RunRow *row, Error *error) {
    Scenario *scenario = chosen_run_scenario(record, row->run, error);
    if (scenario == NULL) return false;
    const Terms *terms = &scenario->negotiation.terms;
    const char *to = option_text(options, "to", NULL);
    Retelling retelling = {.complete = true, .speed = option_number(options, "speed", 0)};
    story_begin(&retelling.teller, &scenario->negotiation, output_color(options, stdout),
                option_given(options, "all"));
    SeatId seat;
    bool good = chosen_seat(options, terms, &seat, error) &&
                moment_to(&retelling.to, "to", to, terms->epoch, error);
    if (good) seat_view_begin(&retelling.view, &scenario->negotiation, row->seed, seat);
    if (good && seat != NP_NO_SEAT && row->branch)
        good = staging_read(&retelling.staging, record, row, NP_NEVER, error);
    good = good && record_walk(record, row->run, 1, retell, &retelling, error);
    if (good && retelling.complete && row->ended) tell_end(&retelling, row);
    if (good && !row->ended) output_note("run %llu was cut short", (unsigned long long)row->run);
    text_finish(&retelling.text);
    staging_finish(&retelling.staging);
    scenario_destroy(scenario);
    return good;
}

/* --- verifying --- */

/* A shared object is asked again as it was asked the first time: by a broker, from a sandbox of its own. */
static int verify_over_processes(const Options *options, const RunRow *row, Error *error) {
    char run[40];
    const char *json = option_given(options, "json") ? "--json" : "--quiet";
    const char *record = options_argument(options, 0);
    snprintf(run, sizeof run, "--run=%llu", (unsigned long long)row->run);
    const char *words[] = {"--play=verify", run, json, "--", record, NULL};
    LaunchPlan plan = {.broker_arguments = words,
                       .cast = {.seats = row->seats},
                       .record = record,
                       .one_core = true};
    Cast cast;
    bool good = verify_cast(&cast, row, record, error);
    for (SeatId seat = 0; good && seat < row->seats; seat++) {
        plan.cast.seat_id[seat] = row->seat_id[seat];
        plan.cast.load[seat][0] = cast.word[seat];
    }
    int code = good ? launch(&plan, error) : ERROR_NONE;
    cast_finish(&cast);
    return code;
}

static bool verify(const Options *options, Record *record, const RunRow *row, int *code,
                   Error *error) {
    const VerifyMeans means = {.beside = options_argument(options, 0),
                               .trusted = option_given(options, "trust")};
    if (means.trusted || !verify_needs_processes(row))
        return verify_and_print(options, record, row, &means, code, error);
    *code = verify_over_processes(options, row, error);
    return error->kind == ERROR_NONE;
}

int command_replay(const Options *options) {
    Error error = {0};
    RunRow row;
    int code = 0;
    Record *record = chosen_run_open(options, &row, &error);
    bool asked = option_given(options, "verify") || option_given(options, "json");
    bool good = record != NULL && (asked ? verify(options, record, &row, &code, &error)
                                         : tell_run(options, record, &row, &error));
    record_close(record);
    return output_finish(good ? code : output_error(&error));
}
