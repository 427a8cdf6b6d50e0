/* nonpaper replay: tells a recorded run again, or verifies it. */
#include <stdio.h>
#include <string.h>

#include "cli/chosen_run.h"
#include "cli/chosen_seat.h"
#include "cli/commands.h"
#include "cli/moment.h"
#include "cli/output.h"
#include "cli/seat_view.h"
#include "cli/verify.h"
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
    SeatView view; /* tell what this seat knew; NP_NO_SEAT: all there is to tell */
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
    good = good && record_walk(record, row->run, 1, retell, &retelling, error);
    if (good && retelling.complete && row->ended) tell_end(&retelling, row);
    if (good && !row->ended) output_note("run %llu was cut short", (unsigned long long)row->run);
    text_finish(&retelling.text);
    scenario_destroy(scenario);
    return good;
}

/* --- verifying --- */

static void add_event(Json *json, const char *key, bool known, const Event *event) {
    if (!known) {
        json_null(json, key);
        return;
    }
    json_object(json, key);
    json_string(json, "kind", event_kind_name(event->kind));
    json_int(json, "at", event->at);
    if (event->seat == NP_NO_SEAT)
        json_null(json, "seat");
    else
        json_int(json, "seat", event->seat);
    json_int(json, "offer", event->offer);
    json_int(json, "cause", (int64_t)event->cause);
    json_end_object(json);
}

static void print_json(const Verification *verification) {
    char hex[DIGEST_HEX];
    Text text = {0};
    Json json = output_json(&text, "nonpaper.replay/1");
    json_bool(&json, "verified", verification->verified);
    json_int(&json, "events", (int64_t)verification->events);
    json_string(&json, "digest", digest_hex(hex, &verification->digest));
    if (verification->verified) {
        json_null(&json, "first_difference");
    } else {
        json_object(&json, "first_difference");
        json_string(&json, "place", verification->place);
        if (verification->event != 0) json_int(&json, "event", (int64_t)verification->event);
        add_event(&json, "recorded", verification->has_recorded, &verification->recorded);
        add_event(&json, "replayed", verification->has_replayed, &verification->replayed);
        json_end_object(&json);
    }
    output_json_end(&json);
}

static void add_side(Text *text, const char *side, bool known, const Event *event,
                     const RunRow *row) {
    if (!known) return;
    text_addf(text, "  %s: %s", side, event_kind_name(event->kind));
    if (event->seat < row->seats) {
        text_add(text, " by ");
        text_add_safe(text, row->seat_id[event->seat]);
    }
    if (event->offer != 0) text_addf(text, ", offer %u", event->offer);
    char date[32];
    text_addf(text, ", at %s, caused by event %llu\n", date_format(date, row->epoch + event->at),
              (unsigned long long)event->cause);
}

static void print_text(const Verification *verification, const RunRow *row) {
    char hex[DIGEST_HEX];
    Text text = {0};
    unsigned long long run = row->run, events = verification->events;
    if (verification->verified) {
        text_addf(&text, "run %llu verified: %llu events, digest %s\n", run, events,
                  digest_hex(hex, &verification->digest));
    } else {
        text_addf(&text, "run %llu does not verify after %llu equal events: ", run, events);
        text_add_safe(&text, verification->place);
        text_add(&text, "\n");
        add_side(&text, "recorded", verification->has_recorded, &verification->recorded, row);
        add_side(&text, "replayed", verification->has_replayed, &verification->replayed, row);
    }
    output_result(&text);
    text_finish(&text);
}

static bool verify(const Options *options, Record *record, const RunRow *row, int *code,
                   Error *error) {
    Verification *verification = &(Verification){0};
    const VerifyMeans means = {options_argument(options, 0), option_given(options, "trust")};
    if (!verify_run(record, row, &means, verification, error)) return false;
    if (option_given(options, "json"))
        print_json(verification);
    else
        print_text(verification, row);
    *code = verification->verified ? 0 : ERROR_CHECK;
    return true;
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
