#include "cli/entry.h"

#include <string.h>

#include "agents/strategies.h"
#include "cli/same_file.h"
#include "core/base/memory.h"
#include "proto/wall_clock.h"

/* The specification with every parameter, so that the record says all. */
static char *full_strategy(const char *spec, Arena *arena) {
    const Strategy *strategy;
    Argument arguments[NP_MAX_PARAMETERS];
    /* What a file takes is known to who opens it; that it is the same file says the hash. */
    if (!strategy_spec_parse(spec, strategies_builtin(), &strategy, arguments, NULL) ||
        strategy == NULL)
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

static void add_lineage(const PlayRequest *request, RunHeader *header, Text *past) {
    if (request->kind != PLAY_BRANCH) return;
    bool elsewhere = !same_file(request->record, request->source);
    staging_past(&request->staging, past);
    header->parent = elsewhere ? 0 : request->origin;
    header->parent_hash = elsewhere ? &request->origin_hash : NULL;
    header->branched_at = request->branched_at;
    header->past = text_get(past);
}

bool entry_begin(const PlayRequest *request, Record *record, uint64_t *run, Error *error) {
    const Scenario *scenario = request_scenario(request);
    const Negotiation *negotiation = &scenario->negotiation;
    RunHeader header = {.scenario_name = negotiation->terms.name,
                        .scenario_text = text_get(&scenario->source),
                        .scenario_length = scenario->source.length,
                        .settings = request_settings(request),
                        .seed = request->seed,
                        .lane = request->lane,
                        .version = NONPAPER_VERSION,
                        .started_at = wall_unix_seconds(),
                        .seats = negotiation->terms.seats,
                        .branched_at = -1};
    Arena arena;
    Text past = {0};
    arena_init(&arena);
    add_lineage(request, &header, &past);
    for (SeatId seat = 0; seat < header.seats; seat++) {
        header.seat_id[seat] = negotiation->terms.seat[seat].id;
        header.external[seat] = seat_in(request->foreign, seat);
        header.strategy[seat] = full_strategy(request->cast.spec[seat], &arena);
    }
    bool begun = record_begin(record, &header, negotiation, run, error);
    arena_finish(&arena);
    text_finish(&past);
    return begun;
}
