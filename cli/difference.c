#include "cli/difference.h"

#include <string.h>

#include "core/referee/script.h"
#include "report/story.h"

/* --- settings --- */

static const char *value_of(const SettingList *list, const char *path) {
    for (size_t i = list->count; i > 0; i--)
        if (strcmp(list->setting[i - 1].path, path) == 0) return list->setting[i - 1].value;
    return NULL;
}

static bool is_listed(const SettingPair *pairs, size_t count, const char *path) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(pairs[i].path, path) == 0) return true;
    return false;
}

static bool is_same(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

size_t difference_settings(const SettingList *const list[2], SettingPair *pairs) {
    size_t count = 0;
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < list[side]->count; i++) {
            const char *path = list[side]->setting[i].path;
            SettingPair pair = {path, {value_of(list[0], path), value_of(list[1], path)}};
            if (!is_same(pair.value[0], pair.value[1]) && !is_listed(pairs, count, path))
                pairs[count++] = pair;
        }
    return count;
}

/* --- the event at which they part --- */

typedef struct Comparison {
    const Script *first;
    uint64_t same;
} Comparison;

static bool compare(void *context, const Event *event, const uint8_t *bytes, size_t length) {
    Comparison *comparison = context;
    if (!script_agrees(comparison->first, event->id - 1, bytes, length)) return false;
    comparison->same = event->id;
    return true;
}

static bool count_same(RunReference *const run[2], Difference *difference, Error *error) {
    Script script;
    script_init(&script);
    Comparison comparison = {.first = &script};
    bool good = record_script(run[0]->record, run[0]->row.run, &script, error) &&
                record_walk(run[1]->record, run[1]->row.run, 1, compare, &comparison, error);
    difference->same = comparison.same;
    bool all = comparison.same == script.count && comparison.same == run[1]->row.events;
    difference->event = all ? 0 : comparison.same + 1;
    script_finish(&script);
    return good;
}

/* --- told by each side's story --- */

static bool find_event(void *context, const Event *event, const uint8_t *bytes, size_t length) {
    PartingSide *side = context;
    (void)bytes, (void)length;
    side->there = true;
    side->event = *event;
    return false;
}

typedef struct Telling {
    StoryTeller teller;
    Text line;
    PartingSide *side;
    uint64_t parting;
} Telling;

static void keep(Text *to, const Text *line) {
    text_add_bytes(to, text_get(line), line->length);
}

static bool tell(void *context, const Event *event, const uint8_t *bytes, size_t length) {
    Telling *telling = context;
    PartingSide *side = telling->side;
    (void)bytes, (void)length;
    text_clear(&telling->line);
    story_event(&telling->teller, event, &telling->line);
    if (side->there && event->id == side->event.cause) {
        side->caused = true;
        side->cause = *event;
        keep(&side->cause_told, &telling->line);
    }
    if (event->id == telling->parting) keep(&side->told, &telling->line);
    if (event->kind == NP_EVENT_AGREEMENT) side->agreement = event->menu[0];
    return true;
}

static bool tell_side(Difference *difference, int at, RunReference *run, Error *error) {
    PartingSide *side = &difference->side[at];
    Telling telling = {.side = side, .parting = difference->event};
    memset(&side->agreement, NP_NO_OPTION, sizeof side->agreement);
    story_begin(&telling.teller, &run->scenario->negotiation, false, true);
    bool good = difference->event == 0 ||
                record_walk(run->record, run->row.run, difference->event, find_event, side, error);
    good = good && record_walk(run->record, run->row.run, 1, tell, &telling, error);
    text_finish(&telling.line);
    return good;
}

bool difference_find(Difference *difference, RunReference *const run[2], Error *error) {
    *difference = (Difference){0};
    return count_same(run, difference, error) && tell_side(difference, 0, run[0], error) &&
           tell_side(difference, 1, run[1], error);
}

void difference_finish(Difference *difference) {
    for (int i = 0; i < 2; i++) {
        text_finish(&difference->side[i].told);
        text_finish(&difference->side[i].cause_told);
    }
}
