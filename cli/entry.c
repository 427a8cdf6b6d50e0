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

void entry_header(RunHeader *header, const Scenario *scenario, const Cast *cast, Arena *arena) {
    const Terms *terms = &scenario->negotiation.terms;
    *header = (RunHeader){.scenario_name = terms->name,
                          .scenario_text = text_get(&scenario->source),
                          .scenario_length = scenario->source.length,
                          .version = NONPAPER_VERSION,
                          .started_at = wall_unix_seconds(),
                          .seats = terms->seats,
                          .branched_at = -1};
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        header->seat_id[seat] = terms->seat[seat].id;
        header->strategy[seat] = full_strategy(cast->spec[seat], arena);
    }
}

bool entry_begin(const PlayRequest *request, Record *record, uint64_t *run, Error *error) {
    const Scenario *scenario = request_scenario(request);
    RunHeader header;
    Arena arena;
    Text past = {0};
    arena_init(&arena);
    entry_header(&header, scenario, &request->cast, &arena);
    header.settings = request_settings(request);
    header.seed = request->seed;
    header.lane = request->lane;
    for (SeatId seat = 0; seat < header.seats; seat++)
        header.external[seat] = seat_in(request->foreign, seat);
    add_lineage(request, &header, &past);
    bool begun = record_begin(record, &header, &scenario->negotiation, run, error);
    arena_finish(&arena);
    text_finish(&past);
    return begun;
}
