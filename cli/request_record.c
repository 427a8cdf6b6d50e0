/* A recorded run that is finished, or played otherwise from some moment on. */
#include "cli/request_record.h"

#include <string.h>

#include "cli/moment.h"
#include "core/base/memory.h"
#include "core/base/sim_time.h"
#include "core/referee/referee.h"

static bool find_origin(PlayRequest *request, Record *record, RunRow *row, Error *error) {
    uint64_t last = record_last_run(record);
    if (request->origin == 0)
        request->origin = (uint64_t)option_integer(request->options, "run", (int64_t)last);
    if (last == 0) return error_set(error, ERROR_NO_INPUT, "the record has no runs yet");
    return record_find_run(record, request->origin, row, error);
}

/* A branch is fed what its parent's seats did; the parent may have come into the record by a later merge,
 * but one that is in no record at hand cannot be asked. */
static bool feed_from_parent(PlayRequest *request, Record *record, const RunRow *row,
                             Error *error) {
    uint64_t parent = row->parent;
    if (!row->branch) return true;
    request->branched_at = row->branched_at;
    if (parent == 0 && !record_find_header(record, &row->parent_hash, &parent, NULL))
        return error_set(
            error, ERROR_NO_INPUT,
            "run %llu is a branch of a run in another record: merge that one into this, "
            "or branch there again",
            (unsigned long long)row->run);
    return record_script(record, parent, &request->fed, error);
}

/* What was played from a file must still be what it was, and the record knows its hash. */
static void keep_strategy(PlayRequest *request, const RunRow *row, SeatId seat) {
    if (spec_kind(row->strategy[seat]) != SPEC_BUILT_IN)
        request->kept[seat] = memory_text(row->strategy[seat]);
}

static bool read_resume(PlayRequest *request, Record *record, Error *error) {
    RunRow row;
    if (!find_origin(request, record, &row, error)) return false;
    if (row.ended)
        return error_set(error, ERROR_CHECK, "run %llu is finished; there is nothing to resume",
                         (unsigned long long)row.run);
    for (SeatId seat = 0; seat < row.seats; seat++) {
        if (row.external[seat]) request->foreign |= seat_bit(seat);
        keep_strategy(request, &row, seat);
    }

    if (request->foreign != 0 && row.branch)
        return error_set(error, ERROR_SCENARIO,
                         "run %llu is a branch with foreign seats, which cannot be resumed: branch "
                         "again",
                         (unsigned long long)row.run);
    request->seed = row.seed;
    request->record = request->source;
    return staging_read(&request->staging, record, &row, NP_NEVER, error) &&
           feed_from_parent(request, record, &row, error) &&
           record_script(record, row.run, &request->recorded, error);
}

/* "--at 17" is what follows event 17, "--at 2025-05-31" what follows that day. */
static bool read_moment(PlayRequest *request, int64_t epoch, Error *error) {
    const char *at = option_text(request->options, "at", NULL);
    Moment moment;
    Event event;
    if (at == NULL)
        return error_set(error, ERROR_USAGE, "say where to branch: --at DATE or --at EVENT");
    if (!moment_to(&moment, "at", at, epoch, error)) return false;
    /* A day is over when it is over; a time of day is that very moment. */
    if (moment.event == UINT64_MAX) {
        request->branched_at = strpbrk(at, "T ") == NULL ? moment.at + 1 : moment.at;
        return true;
    }
    if (moment.event == 0 || !script_event(&request->fed, moment.event - 1, &event))
        return error_set(error, ERROR_NO_INPUT, "the run has %llu events; there is no event %llu",
                         (unsigned long long)request->fed.count, (unsigned long long)moment.event);
    request->branched_at = event.at;
    return true;
}

static bool check_moment(const PlayRequest *request, const RunRow *row, Error *error) {
    Event last;
    if (request->branched_at < 0)
        return error_set(error, ERROR_USAGE, "--at: the talks had not begun then");
    if (!script_event(&request->fed, request->fed.count - 1, &last)) last.at = 0;
    if (request->branched_at <= last.at || !row->ended) return true;
    char date[48];
    return error_set(error, ERROR_USAGE, "--at: run %llu was over on %s",
                     (unsigned long long)row->run, date_say(date, row->epoch + last.at));
}

/* The seats have gone home, and what was agreed was agreed under these settings and this luck. */
static bool check_change(const PlayRequest *request, const RunRow *row, Error *error) {
    const Options *options = request->options;
    const char *change = option_given(options, "set")             ? "set"
                         : option_given(options, "strategy")      ? "strategy"
                         : request->seed != row->seed             ? "seed"
                         : option_integer(options, "reps", 1) > 1 ? "reps"
                                                                  : NULL;
    bool agreed = row->ended && row->kind == VERDICT_AGREEMENT;
    if (!agreed || request->branched_at <= row->ended_at || change == NULL) return true;
    char date[48];
    return error_set(error, ERROR_USAGE,
                     "--%s: run %llu was agreed on %s, and nothing can be changed after that: "
                     "branch before it",
                     change, (unsigned long long)row->run,
                     date_say(date, row->epoch + row->ended_at));
}

static bool add_new_settings(PlayRequest *request, SettingList *list, const char *before,
                             Error *error) {
    Text json = {0};
    bool good =
        setting_list_read(list, before, error) && setting_list_given(list, request->options, error);
    setting_list_json(list, &json);
    good = good &&
           staging_add(&request->staging, request->branched_at, request->seed, text_get(&json),
                       error) &&
           referee_fits(&staging_first(&request->staging)->negotiation,
                        &staging_last(&request->staging)->negotiation, error);
    text_finish(&json);
    return good;
}

/* A seat that goes on with the strategy it had goes on with the same file. */
static void keep_strategies(PlayRequest *request, const RunRow *row, uint32_t stages) {
    const Scenario *before = request->staging.stage[stages - 1].scenario;
    const Scenario *after = staging_last(&request->staging);
    for (SeatId seat = 0; seat < row->seats; seat++)
        if (strcmp(before->strategy[seat], after->strategy[seat]) == 0)
            keep_strategy(request, row, seat);
}

/* Whom nobody asks any more, or who plays on in its place, is settled by then. */
static bool check_faults(const PlayRequest *request, const RunRow *row, uint32_t stages,
                         Error *error) {
    const Scenario *before = request->staging.stage[stages - 1].scenario;
    const Scenario *after = staging_last(&request->staging);
    Event event;
    char date[48];
    for (uint64_t i = 0; script_event(&request->fed, i, &event); i++) {
        if (event.kind != NP_EVENT_FAULT || event.at >= request->branched_at) continue;
        if (strcmp(before->strategy[event.seat], after->strategy[event.seat]) == 0) continue;
        return error_set(error, ERROR_USAGE,
                         "--strategy: the agent of %s failed on %s, and no other strategy takes "
                         "its place after that: branch before it",
                         after->negotiation.terms.seat[event.seat].id,
                         date_say(date, row->epoch + event.at));
    }
    return true;
}

static bool read_branch(PlayRequest *request, Record *record, SettingList *list, Error *error) {
    RunRow row;
    Text before = {0};
    if (!find_origin(request, record, &row, error)) return false;
    request->origin_hash = row.header_hash;
    request->seed = (uint64_t)option_integer(request->options, "seed", (int64_t)row.seed);
    request->record = option_text(request->options, "output", request->source);
    bool good = record_script(record, row.run, &request->fed, error) &&
                read_moment(request, row.epoch, error) && check_moment(request, &row, error) &&
                check_change(request, &row, error) &&
                staging_read(&request->staging, record, &row, request->branched_at, error);
    if (good) {
        text_add(&before, text_get(&request->staging.stage[request->staging.stages - 1].settings));
        uint32_t stages = request->staging.stages;
        good = add_new_settings(request, list, text_get(&before), error) &&
               check_faults(request, &row, stages, error);
        if (good) keep_strategies(request, &row, stages);
    }
    text_finish(&before);
    return good;
}

bool request_read_record(PlayRequest *request, SettingList *list, Error *error) {
    Record *record = record_open_read(request->source, error);
    if (record == NULL) return false;
    bool good = request->kind == PLAY_RESUME ? read_resume(request, record, error)
                                             : read_branch(request, record, list, error);
    record_close(record);
    return good;
}

/* What foreign seats are known to have done before the record was cut short: up to their latest recorded
 * decision, and as far as anything they had decided would have come to the table. */
