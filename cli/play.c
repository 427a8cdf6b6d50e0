#include "cli/play.h"

#include <stdio.h>
#include <string.h>

#include "agents/strategies.h"
#include "broker/broker.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/run_json.h"
#include "cli/setting_list.h"
#include "core/base/memory.h"
#include "core/base/sim_time.h"
#include "core/negotiation/mechanism.h"
#include "core/record/record.h"
#include "proto/wall_clock.h"
#include "report/story.h"

/* --- what is to be played --- */

/* --set PATH=VALUE as it stands; --strategy SEAT=SPEC is short for --set seats.SEAT.strategy=SPEC. */
static bool gather_settings(const Options *options, SettingList *list, Error *error) {
    size_t at = 0;
    for (const char *given; (given = option_next(options, "set", &at)) != NULL;)
        if (!setting_list_add(list, given, error)) return false;
    at = 0;
    for (const char *given; (given = option_next(options, "strategy", &at)) != NULL;) {
        const char *equals = strchr(given, '=');
        if (equals == NULL)
            return error_set(error, ERROR_USAGE, "--strategy %.80s: expected SEAT=SPEC", given);
        Text assignment = {0};
        text_addf(&assignment, "seats.%.*s.strategy%s", (int)(equals - given), given, equals);
        bool added = setting_list_add(list, text_get(&assignment), error);
        text_finish(&assignment);
        if (!added) return false;
    }
    return true;
}

static bool read_scenario(PlayRequest *request, SettingList *list, Error *error) {
    if (!gather_settings(request->options, list, error)) return false;
    ScenarioRequest wanted = {.path = request->path,
                              .settings = list->setting,
                              .setting_count = list->count,
                              .catalogue = strategies_builtin()};
    Text complaints = {0};
    request->scenario = scenario_read(&wanted, &complaints, error);
    /* Warnings about a good scenario are check's business. */
    if (request->scenario == NULL) output_complaints(&complaints);
    text_finish(&complaints);
    setting_list_json(list, &request->settings);
    return request->scenario != NULL;
}

bool play_request(PlayRequest *request, const Options *options, const char *path, int *code) {
    SettingList *list = memory_new(1, sizeof *list);
    Error error = {0};
    *request = (PlayRequest){.options = options, .path = path};
    request->seed = (uint64_t)option_integer(options, "seed", 1);
    request->record = option_text(options, "output", "nonpaper.db");
    request->json = option_given(options, "json");
    setting_list_init(list);
    bool good = read_scenario(request, list, &error);
    setting_list_finish(list);
    memory_free(list);
    if (!good) *code = output_error(&error);
    return good;
}

void play_request_finish(PlayRequest *request) {
    scenario_destroy(request->scenario);
    text_finish(&request->settings);
}

void play_header(const PlayRequest *request) {
    if (request->json) return;
    const Terms *terms = &request->scenario->negotiation.terms;
    char from[48], to[48];
    Text text = {0};
    text_add_safe(&text,
                  request->scenario->title[0] != '\0' ? request->scenario->title : terms->name);
    text_addf(&text, "\n%s to %s, %s, seed %llu\n", date_say(from, terms->epoch),
              date_say(to, terms->epoch + terms->deadline), terms->mechanism->name,
              (unsigned long long)request->seed);
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        text_add(&text, "  ");
        text_add_safe(&text, terms->seat[seat].name);
        text_add(&text, " plays ");
        text_add_safe(&text, request->scenario->strategy[seat]);
        text_add(&text, "\n");
    }
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
} Stage;

/* What a reader could see happen is safe at once when the run is paced, and soon when it is not. */
enum { COMMIT_EVERY_NS = 100000000 };

static bool commit_in_time(Stage *stage, Error *error) {
    int64_t now = wall_monotonic_ns();
    if (!stage->paced && now - stage->committed_ns < COMMIT_EVERY_NS) return true;
    stage->committed_ns = now;
    return record_commit(stage->record, error);
}

static bool stage_events(void *context, uint64_t run, const Event *events, const uint8_t *bytes,
                         const uint32_t *offsets, uint32_t count, Error *error) {
    Stage *stage = context;
    if (!record_events(stage->record, run, events, bytes, offsets, count, error) ||
        !commit_in_time(stage, error))
        return false;
    if (stage->request->json) return true;
    for (uint32_t i = 0; i < count; i++) story_event(&stage->teller, &events[i], &stage->text);
    if (stage->text.length == 0) return true;
    output_result(&stage->text);
    output_flush();
    return true;
}

static bool stage_quiet(void *context, Error *error) {
    Stage *stage = context;
    return record_commit(stage->record, error);
}

static bool remember(void *context, const Event *event, const uint8_t *bytes, size_t length) {
    (void)event;
    script_add(context, bytes, length);
    return true;
}

static bool stage_recall(void *context, uint64_t run, Script *script, Error *error) {
    Stage *stage = context;
    return record_commit(stage->record, error) &&
           record_walk(stage->record, run, 1, remember, script, error);
}

static bool stage_verdict(void *context, uint64_t run, const Verdict *verdict, Error *error) {
    Stage *stage = context;
    stage->verdict = *verdict;
    return record_end(stage->record, run, verdict, error);
}

/* The specification with every parameter, so that the record says all. */
static char *full_strategy(const char *spec, Arena *arena) {
    const Strategy *strategy;
    Argument arguments[NP_MAX_PARAMETERS];
    if (!strategy_spec_parse(spec, strategies_builtin(), &strategy, arguments, NULL))
        return arena_text(arena, spec, strlen(spec));
    Text text = {0};
    text_addf(&text, "%s(", strategy->name);
    const Parameter *parameter = strategy->parameter;
    for (size_t i = 0; parameter != NULL && parameter[i].name != NULL; i++) {
        char number[32];
        const char *value = parameter[i].text != NULL ? arguments[i].text
                                                      : text_double(number, arguments[i].number);
        text_addf(&text, "%s%s=%s", i == 0 ? "" : ", ", parameter[i].name, value);
    }
    text_add(&text, ")");
    char *copy = arena_text(arena, text_get(&text), text.length);
    text_finish(&text);
    return copy;
}

static bool begin_record(Stage *stage, Error *error) {
    const PlayRequest *request = stage->request;
    const Negotiation *negotiation = &request->scenario->negotiation;
    RunHeader header = {.scenario_name = negotiation->terms.name,
                        .scenario_text = text_get(&request->scenario->source),
                        .scenario_length = request->scenario->source.length,
                        .settings = text_get(&request->settings),
                        .seed = request->seed,
                        .lane = request->lane,
                        .version = NONPAPER_VERSION,
                        .started_at = wall_unix_seconds(),
                        .seats = negotiation->terms.seats};
    Arena arena;
    arena_init(&arena);
    for (SeatId seat = 0; seat < header.seats; seat++) {
        header.seat_id[seat] = negotiation->terms.seat[seat].id;
        header.strategy[seat] = full_strategy(request->scenario->strategy[seat], &arena);
    }
    stage->record = record_open(request->record, error);
    bool begun = stage->record != NULL &&
                 record_begin(stage->record, &header, negotiation, &stage->run, error);
    arena_finish(&arena);
    return begun;
}

static void tell_end(Stage *stage) {
    const PlayRequest *request = stage->request;
    if (request->json) {
        run_json_print(request->scenario, &stage->verdict, request->seed, stage->run,
                       request->record);
        return;
    }
    story_verdict(&stage->teller, &stage->verdict, &stage->text);
    text_addf(&stage->text, "\nRecorded as run %llu in ", (unsigned long long)stage->run);
    text_add_safe(&stage->text, request->record);
    text_addf(&stage->text, "\nNext: nonpaper replay ");
    text_add_safe(&stage->text, request->record);
    text_addf(&stage->text, " --run %llu --verify\n", (unsigned long long)stage->run);
    output_result(&stage->text);
}

static bool stop_asked(void *context) {
    (void)context;
    return interrupt_asked();
}

static BrokerOptions broker_options(const PlayRequest *request) {
    double speed = option_number(request->options, "speed", 0);
    return (BrokerOptions){.patience_ms =
                               (int)(option_number(request->options, "patience", 10) * 1000),
                           .welcome_ms = 20000,
                           .live = 1,
                           .pace_s = speed > 0 ? 1 / speed : 0,
                           .restarts = (uint32_t)option_integer(request->options, "restarts", 3),
                           .stop = stop_asked};
}

static bool drive(Stage *stage, Channel *channel, const BrokerOptions *options, Error *error) {
    const PlayRequest *request = stage->request;
    const Negotiation *negotiation = &request->scenario->negotiation;
    BrokerRun run = {.run = stage->run,
                     .negotiation = negotiation,
                     .seed = request->seed,
                     .strategy = request->scenario->strategy};
    BrokerSink sink = {.context = stage,
                       .events = stage_events,
                       .verdict = stage_verdict,
                       .recall = stage_recall,
                       .quiet = stage_quiet};
    Broker *broker = broker_create(channel, options, sink);
    bool good = broker_wait_ready(broker, &negotiation->terms, error) &&
                broker_drive(broker, &run, 1, error);
    broker_destroy(broker);
    return good;
}

static int say_failure(Stage *stage, const Error *error) {
    int code = output_error(error);
    if (stage->run != 0)
        output_note("what was recorded stays readable: nonpaper log %s --run %llu",
                    stage->request->record, (unsigned long long)stage->run);
    return error->kind == ERROR_STOPPED && interrupt_asked() ? interrupt_exit_code() : code;
}

int play(const PlayRequest *request, Channel *channel, const PlayHost *host) {
    Stage stage = {.request = request};
    Error error = {0};
    const Terms *terms = &request->scenario->negotiation.terms;
    BrokerOptions options = broker_options(request);
    options.notice = host->notice;
    options.revive = host->revive;
    options.context = host->context;
    story_begin(&stage.teller, terms, output_color(request->options, stdout),
                option_given(request->options, "all"));
    bool good = begin_record(&stage, &error) && drive(&stage, channel, &options, &error);
    if (good) tell_end(&stage);
    record_close(stage.record);
    text_finish(&stage.text);
    if (!good) return output_finish(say_failure(&stage, &error));
    return output_finish(stage.verdict.reason == REASON_AGENT_FAULT ? ERROR_AGENT : 0);
}
