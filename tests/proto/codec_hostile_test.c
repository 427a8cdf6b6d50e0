/* Bytes from a peer that does not mean well: every one is refused or harmless. */
#include <string.h>

#include "core/base/text.h"
#include "tests/proto/samples.h"

typedef struct Desk {
    FrameWriter writer;
    FrameReader reader;
    Frame frame;
    Dossier dossier;
} Desk;

static int desk_open(void **state) {
    Desk *desk = memory_new(1, sizeof *desk);
    frame_writer_init(&desk->writer);
    frame_reader_init(&desk->reader);
    *state = desk;
    return 0;
}

static int desk_close(void **state) {
    Desk *desk = *state;
    frame_writer_finish(&desk->writer);
    frame_reader_finish(&desk->reader);
    memory_free(desk);
    return 0;
}

static void assert_outcomes(const Outcome *menu, uint8_t packages) {
    assert_true(packages <= NP_MAX_MENU);
    assert_non_null(menu);
}

/* Whatever is let in is in range. */
static void assert_proper(Desk *desk) {
    const Frame *frame = &desk->frame;
    if (frame->kind == FRAME_HELLO) {
        assert_true(text_is_utf8(frame->hello.seat, strlen(frame->hello.seat)));
        assert_true(frame->hello.lowest <= frame->hello.highest);
    }
    for (uint32_t i = 0; frame->kind == FRAME_ORDERS && i < frame->orders.grants; i++) {
        const Grant *grant = &frame->orders.grant[i];
        uint32_t observations = 0;
        for (uint32_t o = 0; o < grant->occasions; o++)
            observations += grant->occasion[o].observations;
        assert_int_equal(observations, grant->observations);
        for (uint32_t o = 0; o < observations; o++) {
            const Observation *seen = grant->observation[o];
            assert_true(seen->kind >= NP_EVENT_OPENING && seen->kind <= NP_EVENT_HORIZON);
            assert_true(seen->table < NP_MAX_TABLES && __builtin_isfinite(seen->amount));
            assert_true(seen->seat < NP_MAX_SEATS || seen->seat == NP_NO_SEAT);
            assert_outcomes(seen->menu, seen->packages);
        }
    }
    for (uint32_t i = 0; frame->kind == FRAME_ANSWERS && i < frame->answers.answers; i++) {
        const Answer *answer = &frame->answers.answer[i];
        for (uint32_t r = 0; r < answer->replies; r++) {
            assert_true(answer->reply[r].moves <= NP_MAX_MOVES);
            for (uint32_t m = 0; m < answer->reply[r].moves; m++) {
                const Action *move = &answer->reply[r].move[m];
                assert_outcomes(move->menu, move->packages);
            }
        }
    }
}

static bool read_dossiers(Desk *desk) {
    Arena arena;
    bool all = true;
    arena_init(&arena);
    for (uint32_t i = 0; desk->frame.kind == FRAME_ORDERS && i < desk->frame.orders.dossiers; i++)
        all &= dossier_read(&desk->frame.orders.dossier[i], &arena, &desk->dossier, NULL);
    arena_finish(&arena);
    return all;
}

static bool reads(Desk *desk, const void *bytes, size_t length) {
    Error error = {0};
    bool read = frame_read(&desk->reader, (Bytes){bytes, length}, &desk->frame, &error);
    if (!read) assert_int_equal(error.kind, ERROR_PROTOCOL);
    if (read) assert_proper(desk);
    return read;
}

#define REFUSES(desk, bytes) assert_false(reads(desk, bytes, sizeof bytes - 1))
#define READS(desk, bytes)   assert_true(reads(desk, bytes, sizeof bytes - 1))

/* The kinds of frames, one after the other; 0 when there is none left. */
static Bytes valid_frame(Desk *desk, int which) {
    static FrameWriter scratch;
    const Profile profile = sample_profile(100);
    const Brief brief = {7, 1, sample_terms(), &profile, NULL, {{8, 9}}, "linear"};
    const Brief world = {7, 1, sample_world(), &profile, sample_library(), {{8, 9}}, "linear"};
    const Observation moved = {.kind = NP_EVENT_LEVER, .table = 1, .word = 2, .amount = 0.5};
    const Observation *const seen[] = {&moved};
    const Occasion occasion = {7, false, 1};
    const Grant grant = sample_grant(7, 1), lever = {7, 1, 1, &occasion, 1, seen};
    const Answer answer = sample_answer(7, 1);
    Reply reply = {.at = 1, .moves = 1};
    reply.move[0] = (Action){.kind = NP_LEVER, .table = 1, .statement = 2, .level = 0.5};
    Bytes body;
    frame_clear(&desk->writer);
    switch (which) {
    case 0: frame_hello(&desk->writer, &(Hello){1, 1, "red", "linear", true, "test"}); break;
    case 1: frame_refused(&desk->writer, &(Refusal){REFUSAL_VERSION, "no", "", 1, 1}); break;
    case 2: frame_fault(&desk->writer, "no"); break;
    case 3: assert_true(frame_add_answer(&desk->writer, &answer, NULL)); break;
    case 5: assert_true(frame_add_answer(&desk->writer, &(Answer){7, 1, 1, &reply}, NULL)); break;
    case 6:
        frame_writer_init(&scratch);
        assert_true(dossier_pack(&scratch, &world, &body, NULL));
        assert_true(frame_add_dossier(&desk->writer, 0, body, NULL));
        frame_writer_finish(&scratch);
        assert_true(frame_add_grant(&desk->writer, &lever, NULL));
        break;
    case 4:
        frame_writer_init(&scratch);
        assert_true(dossier_pack(&scratch, &brief, &body, NULL));
        assert_true(frame_add_dossier(&desk->writer, 0, body, NULL));
        frame_writer_finish(&scratch);
        assert_true(frame_add_open_run(&desk->writer, &brief, 0, NULL));
        assert_true(frame_add_grant(&desk->writer, &grant, NULL));
        assert_true(frame_add_close_run(&desk->writer, 6, NULL));
        break;
    default: break;
    }
    return frame_bytes(&desk->writer);
}

static void nothing_is_an_empty_frame(void **state) {
    Desk *desk = *state;
    assert_true(reads(desk, "", 0));
    assert_int_equal(desk->frame.kind, FRAME_EMPTY);
}

static void a_cut_frame_is_refused_wherever_it_is_cut(void **state) {
    Desk *desk = *state;
    Bytes frame;
    for (int which = 0; (frame = valid_frame(desk, which)).length > 0; which++) {
        uint8_t *copy = memory_new(frame.length, 1);
        memcpy(copy, frame.at, frame.length);
        for (size_t length = 1; length < frame.length; length++)
            assert_false(reads(desk, copy, length));
        assert_true(reads(desk, copy, frame.length));
        memory_free(copy);
    }
}

static void a_frame_with_flipped_bits_is_refused_or_proper(void **state) {
    Desk *desk = *state;
    Bytes frame;
    for (int which = 0; (frame = valid_frame(desk, which)).length > 0; which++) {
        uint8_t *copy = memory_new(frame.length, 1);
        for (size_t bit = 0; bit < 8 * frame.length; bit++) {
            memcpy(copy, frame.at, frame.length);
            copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
            if (reads(desk, copy, frame.length)) read_dossiers(desk);
        }
        memory_free(copy);
    }
}

static void random_bytes_are_refused_or_proper(void **state) {
    Desk *desk = *state;
    Rng rng = rng_stream(rng_key(1, "noise"));
    uint8_t noise[200];
    for (int round = 0; round < 20000; round++) {
        size_t length = 2 + rng_below(&rng, sizeof noise - 2);
        for (size_t i = 0; i < length; i++) noise[i] = (uint8_t)rng_u32(&rng);
        /* Every other one looks like a frame from without. */
        if (round % 2) noise[0] = (uint8_t)((1 + rng_below(&rng, 7)) << 3 | 2);
        if (round % 2) noise[1] = (uint8_t)(length - 2);
        if (length < 130 && reads(desk, noise, length)) read_dossiers(desk);
    }
}

static void a_frame_that_is_too_long_is_refused(void **state) {
    Desk *desk = *state;
    uint8_t *bytes = memory_new(CODEC_MAX_FRAME + 1, 1);
    assert_false(reads(desk, bytes, CODEC_MAX_FRAME + 1));
    memory_free(bytes);
}

static void a_frame_says_one_thing(void **state) {
    Desk *desk = *state;
    READS(desk, "\x12\x02\x08\x01");
    REFUSES(desk, "\x12\x02\x08\x01\x12\x02\x08\x01"); /* two welcomes */
    REFUSES(desk, "\x12\x02\x08\x01\x3a\x00");         /* a welcome and a goodbye */
    REFUSES(desk, "\x42\x00");                         /* something unknown */
    REFUSES(desk, "\x08\x01");                         /* a number */
    REFUSES(desk, "\x12\xff\xff\xff\xff\x0f\x08\x01"); /* a length beyond the end */
    REFUSES(desk, "\x12\x80\x80\x80\x80\x80\x80\x01");
}

static void what_a_later_version_adds_is_passed_over(void **state) {
    Desk *desk = *state;
    READS(desk, "\x12\x06\x08\x01\x92\x03\x01x"); /* a text in field 50 */
    assert_int_equal(desk->frame.version, 1);
    READS(desk, "\x12\x05\x08\x01\x90\x03\x07"); /* a number in field 50 */
    REFUSES(desk, "\x12\x04\x08\x01\x93\x03");   /* a group */
}

static void a_field_of_a_wrong_type_is_refused(void **state) {
    Desk *desk = *state;
    REFUSES(desk, "\x12\x02\x0a\x00");         /* the version as a text */
    REFUSES(desk, "\x32\x02\x08\x01");         /* a fault's text as a number */
    REFUSES(desk, "\x12\x04\x08\x01\x08\x01"); /* the version twice */
    REFUSES(desk, "\x12\x02\x00\x01");         /* field number 0 */
    REFUSES(desk, "\x22\x03\x22\x01\x05");     /* runs to close as a list */
}

static void text_that_is_not_utf8_is_refused(void **state) {
    Desk *desk = *state;
    READS(desk, "\x32\x04\x0a\x02"
                "ok");
    REFUSES(desk, "\x32\x04\x0a\x02"
                  "o\xff");
    REFUSES(desk, "\x32\x04\x0a\x02"
                  "o\0");
    REFUSES(desk, "\x32\x04\x0a\x02"
                  "\xc0\xaf");
    REFUSES(desk, "\x32\x05\x0a\x03"
                  "\xed\xa0\x80"); /* half of a surrogate pair */
}

/* Seven bits of a varint, and more to come. */
#define LOW(number) (((number)&0x7f) | 0x80)

static void a_text_that_is_too_long_is_refused(void **state) {
    Desk *desk = *state;
    enum { LENGTH = CODEC_MAX_TEXT + 1 };
    uint8_t bytes[6 + LENGTH] = {0x32, LOW(LENGTH + 3), (LENGTH + 3) >> 7,
                                 0x0a, LOW(LENGTH),     LENGTH >> 7};
    memset(bytes + 6, 'x', LENGTH);
    assert_false(reads(desk, bytes, sizeof bytes));
}

static void counts_beyond_the_vocabulary_are_refused(void **state) {
    Desk *desk = *state;
    /* Answers { answer { reply { move… } } } with nine moves, then with a menu of five. */
    REFUSES(desk, "\x2a\x16\x0a\x14\x12\x12"
                  "\x1a\x00\x1a\x00\x1a\x00\x1a\x00\x1a\x00\x1a\x00\x1a\x00\x1a\x00\x1a\x00");
    REFUSES(desk, "\x2a\x10\x0a\x0e\x12\x0c\x1a\x0a\x12\x00\x12\x00\x12\x00\x12\x00\x12\x00");
    READS(desk, "\x2a\x0e\x0a\x0c\x12\x0a\x1a\x08\x12\x00\x12\x00\x12\x00\x12\x00");
    REFUSES(desk, "\x2a\x09\x0a\x07\x12\x05\x1a\x03\x08\x80\x02"); /* kind 256 */
    REFUSES(desk, "\x22\x04\x0a\x02\x08\x40");                     /* dossier 64 */
    REFUSES(desk, "\x22\x04\x12\x02\x18\x10");                     /* seat 16 */
    REFUSES(desk, "\x22\x02\x1a\x00");                             /* a grant without occasions */
    REFUSES(desk, "\x22\x06\x1a\x04\x12\x00\x12\x00");             /* occasions at the same time */
    REFUSES(desk, "\x22\x06\x1a\x04\x12\x02\x1a\x00");             /* an observation of no kind */
}

static void a_package_of_too_many_issues_is_refused(void **state) {
    Desk *desk = *state;
    uint8_t bytes[] = {0x2a, 43, 0x0a, 41, 0x12, 39, 0x1a, 37, 0x12, 35, [44] = 0};
    bytes[9] = 35;
    assert_false(reads(desk, bytes, sizeof bytes));
}

/* Tag and length of `inside` before it, as often as asked, ends at `end`; returns the beginning. */
static uint8_t *wrap(uint8_t *end, int times) {
    uint8_t *at = end;
    for (int i = 0; i < times; i++) {
        size_t length = (size_t)(end - at);
        uint8_t head[8] = {i + 1 == times ? 0x22 : 0x1a};
        size_t size = 1;
        for (; length >= 0x80; length >>= 7) head[size++] = (uint8_t)(length | 0x80);
        head[size++] = (uint8_t)length;
        at -= size;
        memcpy(at, head, size);
    }
    return at;
}

static void a_hundred_thousand_levels_are_refused(void **state) {
    Desk *desk = *state;
    uint8_t *bytes = memory_new(1 << 20, 1), *end = bytes + (1 << 20);
    uint8_t *begin = wrap(end, 100000);
    assert_false(reads(desk, begin, (size_t)(end - begin)));
    memory_free(bytes);
}

/* Two-byte messages, as many as a frame takes, would be hundreds of megabytes once unpacked. */
static void a_frame_of_empty_messages_is_refused(void **state) {
    Desk *desk = *state;
    enum { PAIRS = 1 << 20 };
    for (int tag = 0x0a; tag <= 0x22; tag += 8) {
        uint8_t *bytes = memory_new(2 * PAIRS + 8, 1);
        for (int i = 0; i < PAIRS; i++) bytes[8 + 2 * i] = (uint8_t)(tag == 0x22 ? 0x20 : tag);
        memcpy(bytes + 3, tag == 0x0a ? "\x2a\x80\x80\x80\x01" : "\x22\x80\x80\x80\x01", 5);
        assert_false(reads(desk, bytes + 3, 2 * PAIRS + 5));
        memory_free(bytes);
    }
}

static void a_frame_of_empty_replies_is_refused(void **state) {
    Desk *desk = *state;
    enum { REPLIES = CODEC_MAX_REPLIES + 1, INSIDE = 2 * REPLIES };
    uint8_t bytes[8 + INSIDE] = {0x2a, LOW(INSIDE + 4), LOW((INSIDE + 4) >> 7), (INSIDE + 4) >> 14,
                                 0x0a, LOW(INSIDE),     LOW(INSIDE >> 7),       INSIDE >> 14};
    for (int i = 0; i < REPLIES; i++) bytes[8 + 2 * i] = 0x12;
    assert_false(reads(desk, bytes, sizeof bytes));
    bytes[8 + INSIDE - 2] = 0x08; /* one reply fewer, and a run */
    assert_true(reads(desk, bytes, sizeof bytes));
}

/* A dossier with one thing wrong, which was spoilt before packing. */
static void assert_dossier_refused(Desk *desk, const Brief *brief) {
    FrameWriter scratch;
    Arena arena;
    Error error = {0};
    Bytes body;
    frame_writer_init(&scratch);
    arena_init(&arena);
    frame_clear(&desk->writer);
    assert_true(dossier_pack(&scratch, brief, &body, NULL));
    assert_true(frame_add_dossier(&desk->writer, 0, body, NULL));
    Bytes bytes = frame_bytes(&desk->writer);
    assert_true(reads(desk, bytes.at, bytes.length));
    assert_false(dossier_read(&desk->frame.orders.dossier[0], &arena, &desk->dossier, &error));
    assert_int_equal(error.kind, ERROR_PROTOCOL);
    arena_finish(&arena);
    frame_writer_finish(&scratch);
}

static void a_dossier_out_of_range_is_refused(void **state) {
    Desk *desk = *state;
    const Terms good = *sample_terms();
    const Profile fine = sample_profile(1);
    Terms terms;
    Profile profile;
    const Brief brief = {.terms = &terms, .profile = &profile};
#define SPOIL(change)                                                                              \
    do {                                                                                           \
        terms = good;                                                                              \
        profile = fine;                                                                            \
        change;                                                                                    \
        assert_dossier_refused(desk, &brief);                                                      \
    } while (false)
    SPOIL(terms.seats = 1);
    SPOIL(terms.menu_limit = 5);
    SPOIL(terms.lookahead = 0);
    SPOIL(terms.deadline = -1);
    SPOIL(terms.seat[1].delay = 0);
    SPOIL(terms.domain.issue[0].status_quo = 2);
    SPOIL(terms.domain.exclusion[0].when.issue[0] = 2);
    SPOIL(terms.domain.exclusion[0].when.options[0] = 8);
    SPOIL(terms.domain.exclusion[0].when.terms = 0);
    SPOIL(terms.consent.always = 8);
    SPOIL(terms.consent.needs[1][2] = 9);
    SPOIL(profile.linkage[0].when.issue[0] = 31);
    SPOIL(profile.red_line[0].when.options[0] = 0);
    SPOIL(profile.red_line[0].penalty = -1);
    SPOIL(profile.discount = 0);
    SPOIL(profile.discount = 1.5);
    SPOIL(profile.discount_every = 0);
    SPOIL(profile.weight[1] = 1e308 * 10);
#undef SPOIL
}

static void a_world_out_of_range_is_refused(void **state) {
    Desk *desk = *state;
    const double nothing = __builtin_nan(""), endless = __builtin_inf();
    Terms terms;
    Profile profile;
    Lever lever;
    Variable variable[2];
    Durability durability;
    SeatType type[2];
    const SeatType *library[NP_MAX_SEATS] = {NULL, type};
    const Brief brief = {.terms = &terms, .profile = &profile, .library = library};
#define SPOIL(change)                                                                              \
    do {                                                                                           \
        terms = *sample_world();                                                                   \
        profile = sample_profile(1);                                                               \
        lever = terms.lever[0];                                                                    \
        terms.lever = &lever;                                                                      \
        memcpy(variable, terms.variable, sizeof variable);                                         \
        terms.variable = variable;                                                                 \
        durability = *terms.durability;                                                            \
        terms.durability = &durability;                                                            \
        memcpy(type, sample_library()[1], sizeof type);                                            \
        change;                                                                                    \
        assert_dossier_refused(desk, &brief);                                                      \
    } while (false)
    SPOIL(terms.breaks_off = -1);
    SPOIL(terms.unauthorised = 8);
    SPOIL(terms.audience_base = INT64_MAX);
    SPOIL(terms.audience_step = INT64_MIN);
    SPOIL(terms.table[1].members = 8);
    SPOIL(terms.table[2].members = 0);
    SPOIL(terms.table[1].leak = 1.5);
    SPOIL(terms.table[1].leak = nothing);
    SPOIL(lever.seat = 3);
    SPOIL(lever.least = 1.25);
    SPOIL(lever.most = 0.75);
    SPOIL(lever.start = nothing);
    SPOIL(lever.most = endless);
    SPOIL(lever.least = -endless);
    SPOIL(lever.cost = nothing);
    SPOIL(lever.upkeep = endless);
    SPOIL(lever.delay = -1);
    SPOIL(variable[1].start = nothing);
    SPOIL(variable[0].start = endless);
    SPOIL(variable[1].seen_by = 8);
    SPOIL(durability.base = 0);
    SPOIL(durability.base = nothing);
    SPOIL(durability.shape = -1);
    SPOIL(durability.discount = 1.5);
    SPOIL(durability.horizon = endless);
    SPOIL(durability.effect[1][0] = INT64_MIN);
    SPOIL(type[0].prior = 1.5);
    SPOIL(type[1].prior = nothing);
    SPOIL(type[1].profile.discount = 0);
    SPOIL(type[1].profile.weight[0] = nothing);
    SPOIL(type[0].profile.linkage[0].when.issue[0] = 31);
    SPOIL(profile.eroded = -1);
    SPOIL(profile.eroded = UTILITY_ONE + 1);
    SPOIL(profile.meanwhile = INT64_MAX);
    SPOIL(profile.aftermath = INT64_MIN);
    SPOIL(profile.hazard = INT64_MAX);
    SPOIL((terms.mechanism = &mechanism_single_text, terms.mediator = 3));
#undef SPOIL
}

/* A frame of one occasion with that observation, as its bytes after the tag. */
static bool reads_observation(Desk *desk, const char *bytes, size_t length) {
    uint8_t frame[64] = {0x22, (uint8_t)(length + 6), 0x1a, (uint8_t)(length + 4),
                         0x12, (uint8_t)(length + 2), 0x1a, (uint8_t)length};
    memcpy(frame + 8, bytes, length);
    return reads(desk, frame, length + 8);
}

static bool reads_move(Desk *desk, const char *bytes, size_t length) {
    uint8_t frame[64] = {0x2a, (uint8_t)(length + 6), 0x0a, (uint8_t)(length + 4),
                         0x12, (uint8_t)(length + 2), 0x1a, (uint8_t)length};
    memcpy(frame + 8, bytes, length);
    return reads(desk, frame, length + 8);
}

#define OBSERVES(desk, bytes) reads_observation(desk, bytes, sizeof bytes - 1)
#define MOVES(desk, bytes)    reads_move(desk, bytes, sizeof bytes - 1)

static void numbers_of_version_2_are_held_against_their_range(void **state) {
    Desk *desk = *state;
    assert_true(OBSERVES(desk, "\x08\x1e"));              /* kind 30 */
    assert_false(OBSERVES(desk, "\x08\x1f"));             /* kind 31 */
    assert_true(OBSERVES(desk, "\x08\x09\x48\x0f"));      /* ruling 15 */
    assert_false(OBSERVES(desk, "\x08\x09\x48\x10"));     /* ruling 16 */
    assert_true(OBSERVES(desk, "\x08\x13\x68\x03"));      /* table 3 */
    assert_false(OBSERVES(desk, "\x08\x13\x68\x04"));     /* table 4 */
    assert_false(OBSERVES(desk, "\x08\x13\x70\x80\x02")); /* subject 256 */
    assert_false(OBSERVES(desk, "\x08\x13\x78\x80\x02")); /* word 256 */
    assert_true(OBSERVES(desk, "\x08\x13\x81\x01\0\0\0\0\0\0\xe0\x3f"));
    assert_false(OBSERVES(desk, "\x08\x13\x81\x01\0\0\0\0\0\0\xf0\x7f")); /* infinite */
    assert_false(OBSERVES(desk, "\x08\x13\x81\x01\0\0\0\0\0\0\xf8\x7f")); /* no number */
    assert_false(OBSERVES(desk, "\x08\x13\x80\x01\x05"));                 /* of a wrong type */
    assert_true(MOVES(desk, "\x08\x07\x59\0\0\0\0\0\0\xe0\x3f"));
    assert_false(MOVES(desk, "\x08\x08\x40\x80\x02")); /* table 256 */
    assert_false(MOVES(desk, "\x08\x08\x48\x80\x02")); /* lever 256 */
    assert_false(MOVES(desk, "\x08\x08\x50\x80\x02")); /* statement 256 */
}

static void what_the_terms_do_not_name_does_not_fit(void **state) {
    (void)state;
    const Terms *terms = sample_world();
    Observation seen;
#define FITS(expected, ...)                                                                        \
    do {                                                                                           \
        seen = (Observation){.seat = NP_NO_SEAT, __VA_ARGS__};                                     \
        assert_int_equal(observation_fits(terms, 1, &seen), expected);                             \
    } while (false)
    FITS(true, .kind = NP_EVENT_OFFER, .table = 2);
    FITS(false, .kind = NP_EVENT_OFFER, .table = 3);
    FITS(true, .kind = NP_EVENT_REFUSAL, .table = 3);
    FITS(true, .kind = NP_EVENT_LEVER, .subject = 0);
    FITS(false, .kind = NP_EVENT_LEVER, .subject = 1);
    FITS(true, .kind = NP_EVENT_WORLD, .subject = 1);
    FITS(false, .kind = NP_EVENT_WORLD, .subject = 2);
    FITS(true, .kind = NP_EVENT_STATUS_QUO, .issue = 1, .option = 2);
    FITS(false, .kind = NP_EVENT_STATUS_QUO, .issue = 0, .option = 2);
    FITS(true, .kind = NP_EVENT_STATEMENT, .word = 1, .option = 1, .subject = NP_NO_LEVER);
    FITS(true, .kind = NP_EVENT_STATEMENT, .word = 3, .option = NP_NO_OPTION);
    FITS(false, .kind = NP_EVENT_STATEMENT, .word = 1, .option = 2, .subject = NP_NO_LEVER);
    FITS(false, .kind = NP_EVENT_STATEMENT, .word = 3, .option = NP_NO_OPTION, .subject = 1);
    FITS(false, .kind = NP_EVENT_STATEMENT, .word = 0, .subject = NP_NO_LEVER);
    FITS(false, .kind = NP_EVENT_STATEMENT, .word = 6, .subject = NP_NO_LEVER);
    FITS(true, .kind = NP_EVENT_APPRAISAL, .word = NP_ASPECT_HAZARD, .amount = -7);
    FITS(true, .kind = NP_EVENT_APPRAISAL, .word = NP_ASPECT_TYPE, .amount = 1);
    FITS(false, .kind = NP_EVENT_APPRAISAL, .word = NP_ASPECT_TYPE, .amount = 2);
    FITS(false, .kind = NP_EVENT_APPRAISAL, .word = NP_ASPECT_TYPE, .amount = -1);
    FITS(false, .kind = NP_EVENT_APPRAISAL, .word = 5);
    FITS(false, .kind = NP_EVENT_LEAK, .packages = 1, .menu = {{{9, 9}}});
    seen = (Observation){.kind = NP_EVENT_LEVER, .seat = 3};
    assert_false(observation_fits(terms, 1, &seen));
#undef FITS
}

#define IT(test) cmocka_unit_test_setup_teardown(test, desk_open, desk_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IT(nothing_is_an_empty_frame),
        IT(a_cut_frame_is_refused_wherever_it_is_cut),
        IT(a_frame_with_flipped_bits_is_refused_or_proper),
        IT(random_bytes_are_refused_or_proper),
        IT(a_frame_that_is_too_long_is_refused),
        IT(a_frame_says_one_thing),
        IT(what_a_later_version_adds_is_passed_over),
        IT(a_field_of_a_wrong_type_is_refused),
        IT(text_that_is_not_utf8_is_refused),
        IT(a_text_that_is_too_long_is_refused),
        IT(counts_beyond_the_vocabulary_are_refused),
        IT(a_package_of_too_many_issues_is_refused),
        IT(a_hundred_thousand_levels_are_refused),
        IT(a_frame_of_empty_messages_is_refused),
        IT(a_frame_of_empty_replies_is_refused),
        IT(a_dossier_out_of_range_is_refused),
        IT(a_world_out_of_range_is_refused),
        IT(numbers_of_version_2_are_held_against_their_range),
        IT(what_the_terms_do_not_name_does_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
