#include "tests/fuzz/foreign_input.h"

#include "core/interchange/genius.h"
#include "core/interchange/geniusweb.h"
#include "core/interchange/scenario_text.h"
#include "core/interchange/xml_tree.h"
#include "core/scenario/scenario.h"
#include "tests/fuzz/fuzzer.h"

enum { FILE_END = 0x1E, FILES_MAX = NP_MAX_SEATS + 1, SCENARIO_ROUNDS = 100 };

typedef struct Files {
    uint32_t count;
    Text text[FILES_MAX];
} Files;

static void files_finish(Files *files) {
    for (uint32_t i = 0; i < FILES_MAX; i++) text_finish(&files->text[i]);
}

static void split(const uint8_t *bytes, size_t length, Files *files) {
    while (length > 0 && files->count < FILES_MAX) {
        const uint8_t *end = memchr(bytes, FILE_END, length);
        size_t size = end ? (size_t)(end - bytes) : length;
        Text *text = &files->text[files->count++];
        text_add_bytes(text, (const char *)bytes, size);
        xml_to_utf8(text);
        bytes += end ? size + 1 : size;
        length -= end ? size + 1 : size;
    }
}

static bool read_files(ForeignReader *read, Files *files, Foreign *foreign) {
    Source source[FILES_MAX];
    Complaints *complaints = memory_new(1, sizeof *complaints);
    Text said = {0};
    for (uint32_t i = 0; i < files->count; i++)
        source[i] = (Source){"fuzzed", text_get(&files->text[i]), files->text[i].length, false};
    complaints->source = source;
    bool good = read(foreign, complaints, files->count, 0);
    complaints_print(complaints, &said);
    must(good == (complaints->errors == 0));
    must(good || said.length > 0);
    text_finish(&said);
    memory_free(complaints);
    return good;
}

static Scenario *scenario_of(Foreign *foreign) {
    TalksPlan plan = {.tool = "fuzz", .strategy = "linear()", .rounds = SCENARIO_ROUNDS};
    Text text = {0};
    Error error = {0};
    scenario_text_add(foreign, &plan, &text);
    ScenarioRequest request = {.path = "s", .text = text_get(&text), .length = text.length};
    Scenario *scenario = scenario_read(&request, NULL, &error);
    text_finish(&text);
    return scenario;
}

static void write_files(const Negotiation *negotiation, ForeignFormat format, Files *files) {
    Foreign *foreign = memory_new(1, sizeof *foreign);
    foreign_init(foreign);
    departure_prepare(negotiation, format, foreign);
    files->count = 1u + foreign->profiles;
    if (format == FORMAT_GENIUS)
        genius_write_domain(foreign, &files->text[0]);
    else
        geniusweb_write_domain(foreign, &files->text[0]);
    for (uint8_t i = 0; i < foreign->profiles; i++) {
        if (format == FORMAT_GENIUS)
            genius_write_profile(foreign, &foreign->profile[i], &files->text[1 + i]);
        else
            geniusweb_write_profile(foreign, &foreign->profile[i], NULL, &files->text[1 + i]);
    }
    foreign_finish(foreign);
    memory_free(foreign);
}

static void must_be_same(const Negotiation *a, const Negotiation *b) {
    const Domain *domain = &a->terms.domain;
    must(domain->issues == b->terms.domain.issues && a->terms.seats == b->terms.seats);
    for (SeatId seat = 0; seat < a->terms.seats; seat++)
        for (uint8_t k = 0; k < domain->issues; k++)
            for (uint8_t i = 0; i < domain->issue[k].options; i++)
                must(a->profile[seat].value[k][i] == b->profile[seat].value[k][i]);
}

static void go_out_and_in(ForeignReader *read, ForeignFormat format,
                          const Negotiation *negotiation) {
    Files *files = memory_new(1, sizeof *files);
    Foreign *foreign = memory_new(1, sizeof *foreign);
    Text lost = {0};
    if (departure_losses(negotiation, format, &lost) == 0) {
        foreign_init(foreign);
        write_files(negotiation, format, files);
        must(read_files(read, files, foreign));
        Scenario *again = scenario_of(foreign);
        must(again != NULL);
        must_be_same(negotiation, &again->negotiation);
        scenario_destroy(again);
        foreign_finish(foreign);
    }
    text_finish(&lost);
    files_finish(files);
    memory_free(files);
    memory_free(foreign);
}

void foreign_input_try(ForeignReader *read, ForeignFormat format, const uint8_t *bytes,
                       size_t length) {
    Files *files = memory_new(1, sizeof *files);
    Foreign *foreign = memory_new(1, sizeof *foreign);
    foreign_init(foreign);
    split(bytes, length, files);
    if (files->count > 0 && read_files(read, files, foreign) && foreign->profiles >= 2) {
        Scenario *scenario = scenario_of(foreign);
        must(scenario != NULL);
        go_out_and_in(read, format, &scenario->negotiation);
        scenario_destroy(scenario);
    }
    foreign_finish(foreign);
    files_finish(files);
    memory_free(files);
    memory_free(foreign);
}
