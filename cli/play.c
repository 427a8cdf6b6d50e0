#include "cli/play.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "broker/broker.h"
#include "cli/entry.h"
#include "cli/interrupt.h"
#include "cli/lane_memory.h"
#include "cli/output.h"
#include "cli/run_json.h"
#include "cli/shell_word.h"
#include "cli/yardstick.h"
#include "core/base/memory.h"
#include "core/base/sim_time.h"
#include "core/negotiation/mechanism.h"
#include "core/record/record.h"
#include "proto/wall_clock.h"
#include "report/story.h"

static void add_origin(Text *text, const PlayRequest *request) {
    char date[48];
    const Terms *terms = &request_scenario(request)->negotiation.terms;
    if (request->kind == PLAY_RUN) return;
    text_addf(text, "%s run %llu of ", request->kind == PLAY_RESUME ? "Resuming" : "Branching from",
              (unsigned long long)request->origin);
    text_add_safe(text, request->source);
    if (request->kind == PLAY_RESUME)
        text_addf(text, " after its %llu events", (unsigned long long)request->recorded.count);
    else
        text_addf(text, " on %s", date_say(date, terms->epoch + request->branched_at));
    text_add(text, "\n");
}

void play_header(const PlayRequest *request) {
    if (request->json || request->quiet) return;
    const Scenario *scenario = request_scenario(request);
    const Terms *terms = &scenario->negotiation.terms;
    char from[48], to[48];
    Text text = {0};
    text_add_safe(&text, scenario->title[0] != '\0' ? scenario->title : terms->name);
    text_addf(&text, "\n%s to %s, %s, seed %llu\n", date_say(from, terms->epoch),
              date_say(to, terms->epoch + terms->deadline), terms->mechanism->name,
              (unsigned long long)request->seed);
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        text_add(&text, "  ");
        text_add_safe(&text, terms->seat[seat].name);
        bool foreign = seat_in(request->foreign & ~request->cast.programs, seat);
        text_add(&text, foreign ? " is played from outside" : " plays ");
        if (!foreign) text_add_safe(&text, request->cast.spec[seat]);
        text_add(&text, "\n");
    }
    add_origin(&text, request);
    text_add(&text, "\n");
    output_result(&text);
    output_flush();
    text_finish(&text);
}

/* --- playing --- */

typedef struct Stage {
    const PlayRequest *request;
    Record *record;
    uint64_t run;
    bool paced;
    int64_t committed_ns;
    StoryTeller teller;
    Text text;
    Verdict verdict;
    RunFaults faults;
} Stage;

/* What a reader could see happen is safe at once when the run is paced, and soon when it is not. */
enum { COMMIT_EVERY_NS = 100000000 };

static bool commit_in_time(Stage *stage, Error *error) {
    int64_t now = wall_monotonic_ns();
    /* What a foreign seat did cannot be asked again: it is safe before anybody hears of it. */
    if (!stage->paced && stage->request->foreign == 0 &&
        now - stage->committed_ns < COMMIT_EVERY_NS)
        return true;
    stage->committed_ns = now;
    return record_commit(stage->record, error);
}

/* What the record of a resumed run holds already must come out as it is there. */
static bool compare_recorded(const Stage *stage, const Event *event, const uint8_t *bytes,
                             size_t length, Error *error) {
    if (script_agrees(&stage->request->recorded, event->id - 1, bytes, length)) return true;
    if (event->kind == NP_EVENT_FAULT)
        return error_set(error, ERROR_AGENT,
                         "the agent of %s failed before the run was where its record ends: %.*s; "
                         "it can still be resumed",
                         request_scenario(stage->request)->negotiation.terms.seat[event->seat].id,
                         (int)event->text_length, event->text);
    return error_set(error, ERROR_CHECK,
                     "run %llu does not go on as it began: event %llu comes out otherwise",
                     (unsigned long long)stage->run, (unsigned long long)event->id);
}

/* Nobody needs to be told what was told before: a resumed run's past, a branch's. */
static bool is_news(const Stage *stage, const Event *event) {
    const PlayRequest *request = stage->request;
    return event->id > request->recorded.count &&
           (request->kind != PLAY_BRANCH || event->at >= request->branched_at);
}

static void tell_events(Stage *stage, const Event *events, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        size_t length = stage->text.length;
        story_event(&stage->teller, &events[i], &stage->text);
        if (length < stage->text.length && !is_news(stage, &events[i])) text_clear(&stage->text);
    }
    if (stage->text.length == 0) return;
    output_result(&stage->text);
    output_flush();
}

static bool stage_events(void *context, uint64_t run, const Event *events, const uint8_t *bytes,
                         const uint32_t *offsets, uint32_t count, Error *error) {
    Stage *stage = context;
    uint32_t known = 0;
    for (uint32_t i = 0; i < count; i++) run_faults_note(&stage->faults, &events[i]);
    for (; known < count && events[known].id <= stage->request->recorded.count; known++)
        if (!compare_recorded(stage, &events[known], bytes + offsets[known],
                              offsets[known + 1] - offsets[known], error))
            return false;
    if (!record_events(stage->record, run, events + known, bytes, offsets + known, count - known,
                       error) ||
        !commit_in_time(stage, error))
        return false;
    if (!stage->request->json && !stage->request->quiet) tell_events(stage, events, count);
    return true;
}

static bool stage_quiet(void *context, Error *error) {
    Stage *stage = context;
    return record_commit(stage->record, error);
}

static bool stage_recall(void *context, uint64_t run, Script *script, Error *error) {
    Stage *stage = context;
    return record_commit(stage->record, error) && record_script(stage->record, run, script, error);
}

static bool stage_verdict(void *context, uint64_t run, const Verdict *verdict, Error *error) {
    Stage *stage = context;
    stage->verdict = *verdict;
    return record_end(stage->record, run, verdict, error);
}

static bool take_up_run(Stage *stage, Error *error) {
    uint64_t events;
    stage->run = stage->request->origin;
    if (!record_reopen(stage->record, stage->run, &events, error)) return false;
    if (events == stage->request->recorded.count) return true;
    return error_set(error, ERROR_IO, "run %llu was written to at this moment; try again",
                     (unsigned long long)stage->run);
}

static bool begin_record(Stage *stage, Error *error) {
    stage->record = record_open(stage->request->record, error);
    if (stage->record == NULL) return false;
    return stage->request->kind == PLAY_RESUME
               ? take_up_run(stage, error)
               : entry_begin(stage->request, stage->record, &stage->run, error);
}

/* What one would do next. */
static void add_next(Text *text, const Stage *stage) {
    const PlayRequest *request = stage->request;
    unsigned long long run = stage->run, origin = request->origin;
    if (request->kind != PLAY_BRANCH) {
        text_add(text, "\nNext: nonpaper replay ");
        shell_word_show(text, request->record);
        text_addf(text, " --run %llu --verify\n", run);
        return;
    }
    text_add(text, "\nNext: nonpaper diff ");
    shell_word_show(text, request->source);
    text_addf(text, ":%llu ", origin);
    shell_word_show(text, request->record);
    text_addf(text, ":%llu\n", run);
}

static void tell_end(Stage *stage) {
    const PlayRequest *request = stage->request;
    if (request->quiet) return;
    if (request->json) {
        run_json_print(request_scenario(request), &stage->verdict, &stage->faults, request->seed,
                       stage->run, request->record);
        return;
    }
    story_verdict(&stage->teller, &stage->verdict, &stage->text);
    PackagePlace place;
    if (yardstick_place_end(&request_scenario(request)->negotiation, &stage->verdict, &place))
        yardstick_tell(&place, DISAGREEMENT_RESERVATION, stage->verdict.kind == VERDICT_AGREEMENT,
                       &stage->text);
    text_addf(&stage->text, "\nRecorded as run %llu in ", (unsigned long long)stage->run);
    text_add_safe(&stage->text, request->record);
    text_add(&stage->text, " (results are properties of the model and not forecasts)");
    add_next(&stage->text, stage);
    output_result(&stage->text);
}

static bool stop_asked(void *context) {
    (void)context;
    return interrupt_asked();
}

static BrokerOptions broker_options(const PlayRequest *request) {
    double speed = option_number(request->options, "speed", 0);
    int patience_ms = (int)(option_number(request->options, "patience", 10) * 1000);
    return (BrokerOptions){.patience_ms = patience_ms,
                           .welcome_ms = patience_ms > 20000 ? patience_ms : 20000,
                           .live = 1,
                           .pace_s = speed > 0 ? 1 / speed : 0,
                           .restarts = (uint32_t)option_integer(request->options, "restarts", 3),
                           .stop = stop_asked};
}

static bool drive(Stage *stage, Channel *channel, const BrokerOptions *options, Error *error) {
    const PlayRequest *request = stage->request;
    const Negotiation *negotiation = &staging_first(&request->staging)->negotiation;
    BrokerRun run = {.run = stage->run,
                     .negotiation = negotiation,
                     .seed = staging_seed(&request->staging),
                     .strategy = request->cast.spec,
                     .prefix = request->kind != PLAY_RUN ? &request->prefix : NULL,
                     .external = request->foreign};
    BrokerSink sink = {.context = stage,
                       .events = stage_events,
                       .verdict = stage_verdict,
                       .recall = stage_recall,
                       .quiet = stage_quiet};
    MemoryLane reserve;
    BrokerOptions staffed = *options;
    memory_lane_open(&reserve, negotiation->terms.seats, NULL);
    staffed.reserve = reserve.channel;
    Broker *broker = broker_create(channel, &staffed, sink);
    bool good = broker_wait_ready(broker, &negotiation->terms, error) &&
                broker_drive(broker, &run, 1, error);
    broker_destroy(broker);
    memory_lane_close(&reserve);
    return good;
}

/* What is there of a run that was cut short, and how it is finished. */
static void add_kept(Text *text, const Stage *stage, bool stopped) {
    const PlayRequest *request = stage->request;
    unsigned long long run = stage->run;
    bool resumable = request->kind != PLAY_BRANCH || request->foreign == 0;
    text_add(text, "nonpaper: what was recorded stays readable: nonpaper log ");
    shell_word_show(text, request->record);
    text_addf(text, " --run %llu\n", run);
    if (!stopped || !resumable) return;
    text_add(text, "nonpaper: finish it with: nonpaper resume ");
    shell_word_show(text, request->record);
    text_addf(text, " --run %llu\n", run);
}

static void say_kept(const Stage *stage, bool stopped) {
    Text text = {0};
    if (access(stage->request->record, R_OK) != 0) return; /* somebody removed it */
    add_kept(&text, stage, stopped);
    fputs(text_get(&text), stderr);
    text_finish(&text);
}

/* Said by the second interrupt, should the first not be heard. */
static void leave_words(const Stage *stage) {
    Text text = {0};
    add_kept(&text, stage, true);
    interrupt_last_words(text_get(&text));
    text_finish(&text);
}

static int say_failure(Stage *stage, const Error *error) {
    int code = output_error(error);
    bool stopped = error->kind == ERROR_STOPPED;
    if (stage->run != 0) say_kept(stage, stopped);
    return stopped && interrupt_asked() ? interrupt_exit_code() : code;
}

int play(const PlayRequest *request, Channel *channel, const PlayHost *host) {
    Stage stage = {.request = request};
    Error error = {0};
    BrokerOptions options = broker_options(request);
    options.notice = host->notice;
    options.revive = host->revive;
    options.dismiss = host->dismiss;
    options.context = host->context;
    story_begin(&stage.teller, &request_scenario(request)->negotiation,
                output_color(request->options, stdout), option_given(request->options, "all"));
    bool good = begin_record(&stage, &error);
    if (good) {
        leave_words(&stage);
        good = drive(&stage, channel, &options, &error);
        interrupt_last_words("");
    }
    if (good) tell_end(&stage);
    record_close(stage.record);
    text_finish(&stage.text);
    run_faults_finish(&stage.faults);
    if (!good) return output_finish(say_failure(&stage, &error));
    return output_finish(stage.verdict.reason == REASON_AGENT_FAULT ? ERROR_AGENT : 0);
}
