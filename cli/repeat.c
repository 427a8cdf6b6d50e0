#include "cli/repeat.h"

#include <string.h>

#include "cli/entry.h"
#include "cli/interrupt.h"
#include "cli/lane_memory.h"
#include "cli/lanes.h"
#include "cli/output.h"
#include "cli/shell_word.h"
#include "cli/tally.h"
#include "core/base/memory.h"

/* --- how they ended --- */

typedef struct Ends {
    Tally tally;
    DigestState digest; /* of the runs' digests, in their order */
} Ends;

static void ends_add(Ends *ends, const RunRow *row) {
    digest_add(&ends->digest, row->digest.bytes, sizeof row->digest.bytes);
    tally_add(&ends->tally, &(TallyRun){.ended = row->ended,
                                        .kind = row->kind,
                                        .reason = row->reason,
                                        .observed = row->observed,
                                        .held = row->peace_broken_at == NP_NEVER});
}

static bool ends_read(Ends *ends, const char *path, const uint64_t *runs, uint64_t count,
                      Error *error) {
    Record *record = record_open_read(path, error);
    RunRow row;
    bool good = record != NULL;
    digest_begin(&ends->digest);
    for (uint64_t i = 0; i < count && good; i++) {
        good = record_find_run(record, runs[i], &row, error);
        if (good) ends_add(ends, &row);
    }
    record_close(record);
    return good;
}

static void ends_print(const Ends *ends, const PlayRequest *request) {
    Text text = {0};
    tally_words(&ends->tally, &text);
    text_add(&text, "; results are properties of the model and not forecasts\nRecorded in ");
    text_add_safe(&text, request->record);
    text_add(&text, "\nNext: nonpaper runs ");
    shell_word_show(&text, request->record);
    text_add(&text, "\n");
    output_result(&text);
    text_finish(&text);
}

static void ends_json(const Ends *ends, const PlayRequest *request) {
    Digest digest = digest_end(&ends->digest);
    Text text = {0};
    Json json = output_json(&text, "nonpaper.sweep/1");
    tally_json(&ends->tally, &digest, &json);
    json_string(&json, "record", request->record);
    output_json_end(&json);
}

/* --- many --- */

static bool plan(PlayRequest *request, uint64_t *runs, uint64_t count, Error *error) {
    Record *record = record_open(request->record, error);
    bool good = record != NULL;
    request->lane = lanes_name(request);
    for (uint64_t i = 0; i < count && good; i++) {
        good = (request->kind != PLAY_BRANCH || i == 0 ||
                staging_reseed(&request->staging, request->branched_at, request->seed, error)) &&
               entry_begin(request, record, &runs[i], error);
        request->seed++;
    }
    record_close(record);
    return good;
}

/* A planned run is an unfinished one of which nothing is recorded yet. */
static int play_planned(const PlayRequest *request, uint64_t run, MemoryLane *lent) {
    PlayRequest planned = {.options = request->options,
                           .kind = PLAY_RESUME,
                           .source = request->record,
                           .origin = run,
                           .lent = lent,
                           .quiet = true};
    int code = 0;
    if (!request_read(&planned, &code)) return code;
    code = lanes_play(&planned);
    request_finish(&planned);
    return code;
}

/* A seat's fault costs one run and not the others; anything else ends the work. */
static bool goes_on(int code) {
    return (code == 0 || code == ERROR_AGENT) && !interrupt_asked();
}

static void say_stopped(const char *path) {
    Text record = {0};
    shell_word_show(&record, path);
    output_note("stopped; what is unfinished is finished by: nonpaper resume %s",
                text_get(&record));
    text_finish(&record);
}

/* Players go on to the next run with what they have prepared, unless something went wrong with them. */
static int play_with(const PlayRequest *request, uint64_t run, MemoryLane *lane, bool *lent) {
    Error error = {0};
    bool in_memory = strcmp(lanes_name(request), "memory") == 0;
    /* Runs that are only resumed together may be of different talks: each gets players of its own. */
    bool alike = request->cast.seats > 0;
    if (in_memory && alike && !*lent) {
        *lent = memory_lane_cast(lane, &request->cast, request->trusted, &error);
        if (!*lent) return output_error(&error);
    } else if (*lent) {
        memory_lane_renew(lane);
    }
    int code = play_planned(request, run, *lent ? lane : NULL);
    if (code != 0 && *lent) {
        memory_lane_close(lane);
        *lent = false;
    }
    return code;
}

static int play_all(const PlayRequest *request, const uint64_t *runs, uint64_t count) {
    MemoryLane lane;
    bool lent = false;
    int code = 0, worst = 0;
    for (uint64_t i = 0; i < count && goes_on(code); i++) {
        code = play_with(request, runs[i], &lane, &lent);
        if (code != 0) worst = code;
    }
    if (lent) memory_lane_close(&lane);
    if (!goes_on(code)) say_stopped(request->record);
    return worst;
}

int repeat_resume(const PlayRequest *request, const uint64_t *runs, uint64_t count) {
    Error error = {0};
    Ends ends = {0};
    int code = play_all(request, runs, count);
    if (!ends_read(&ends, request->record, runs, count, &error)) return output_error(&error);
    (request->json ? ends_json : ends_print)(&ends, request);
    return output_finish(code);
}

static int play_many(PlayRequest *request, uint64_t count) {
    Error error = {0};
    uint64_t *runs = memory_new(count, sizeof *runs);
    bool planned = plan(request, runs, count, &error);
    int code = planned ? repeat_resume(request, runs, count) : output_error(&error);
    memory_free(runs);
    return code;
}

int repeat_play(PlayRequest *request) {
    uint64_t count = (uint64_t)option_integer(request->options, "reps", 1);
    return count > 1 ? play_many(request, count) : lanes_play(request);
}
