/* Frames off the wire: refused with a sentence, or values within their bounds. Answers that were read can
 * be written, and read again as the same. */
#include "proto/codec.h"
#include "tests/fuzz/fuzzer.h"

static void read_dossiers(const Orders *orders) {
    Arena arena;
    arena_init(&arena);
    for (uint32_t i = 0; i < orders->dossiers; i++) {
        Dossier *dossier = arena_new(&arena, sizeof *dossier);
        const Terms *terms = &dossier->terms;
        Error error = {0};
        if (!dossier_read(&orders->dossier[i], &arena, dossier, &error)) continue;
        must(terms->seats >= 2 && terms->seats <= NP_MAX_SEATS);
        must(terms->domain.issues >= 1 && terms->domain.issues <= NP_MAX_ISSUES);
        must(terms->closed_tables < NP_MAX_TABLES && terms->levers <= NP_MAX_LEVERS &&
             terms->variables <= NP_MAX_VARIABLES);
        for (SeatId seat = 0; seat < terms->seats; seat++)
            must((terms->seat[seat].types > 1) == (dossier->library[seat] != NULL));
        Outcome quo = domain_status_quo(&terms->domain);
        profile_utility(&dossier->profile, &terms->domain, &quo);
    }
    arena_finish(&arena);
}

static void check_grants(const Orders *orders) {
    for (uint32_t i = 0; i < orders->grants; i++) {
        const Grant *grant = &orders->grant[i];
        uint64_t observations = 0;
        for (uint32_t k = 0; k < grant->occasions; k++)
            observations += grant->occasion[k].observations;
        must(observations == grant->observations);
        for (uint32_t k = 0; k < grant->observations; k++)
            must(grant->observation[k]->packages <= NP_MAX_MENU &&
                 __builtin_isfinite(grant->observation[k]->amount));
    }
}

static void write_answers(const Answers *answers) {
    FrameWriter writer;
    FrameReader reader;
    Frame again;
    Error error = {0};
    frame_writer_init(&writer);
    frame_reader_init(&reader);
    bool fits = true;
    for (uint32_t i = 0; i < answers->answers && fits; i++)
        fits = frame_add_answer(&writer, &answers->answer[i], &error);
    if (fits && answers->answers > 0) {
        must(frame_read(&reader, frame_bytes(&writer), &again, &error));
        must(again.kind == FRAME_ANSWERS && again.answers.answers == answers->answers);
        for (uint32_t i = 0; i < answers->answers; i++)
            must(again.answers.answer[i].replies == answers->answer[i].replies);
    }
    frame_reader_finish(&reader);
    frame_writer_finish(&writer);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    FrameReader reader;
    Frame frame;
    Error error = {0};
    frame_reader_init(&reader);
    if (!frame_read(&reader, (Bytes){bytes, length}, &frame, &error)) {
        must(error.kind == ERROR_PROTOCOL && error.text[0] != '\0');
    } else if (frame.kind == FRAME_ORDERS) {
        read_dossiers(&frame.orders);
        check_grants(&frame.orders);
    } else if (frame.kind == FRAME_ANSWERS) {
        write_answers(&frame.answers);
    }
    frame_reader_finish(&reader);
    return 0;
}
