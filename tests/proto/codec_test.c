/* The codec: golden bytes, round trips, bounds on what goes out, and memory. */
#include <stdio.h>
#include <string.h>

#include "tests/proto/samples.h"

typedef struct Desk {
    FrameWriter writer, scratch;
    FrameReader reader;
    Arena arena;
    Frame frame;
    Dossier dossier;
} Desk;

static int desk_open(void **state) {
    Desk *desk = memory_new(1, sizeof *desk);
    frame_writer_init(&desk->writer);
    frame_writer_init(&desk->scratch);
    frame_reader_init(&desk->reader);
    arena_init(&desk->arena);
    *state = desk;
    return 0;
}

static int desk_close(void **state) {
    Desk *desk = *state;
    frame_writer_finish(&desk->writer);
    frame_writer_finish(&desk->scratch);
    frame_reader_finish(&desk->reader);
    arena_finish(&desk->arena);
    memory_free(desk);
    return 0;
}

/* Sends the frame across and reads it. */
static const Frame *cross(Desk *desk) {
    Error error = {0};
    bool read = frame_read(&desk->reader, frame_bytes(&desk->writer), &desk->frame, &error);
    assert_string_equal(error.text, "");
    assert_true(read);
    return &desk->frame;
}

static void add_brief(Desk *desk, uint32_t number, const Brief *brief) {
    Bytes body;
    assert_true(dossier_pack(&desk->scratch, brief, &body, NULL));
    assert_true(frame_add_dossier(&desk->writer, number, body, NULL));
}

static void add_dossier(Desk *desk, uint32_t number, const Terms *terms, const Profile *profile) {
    const Brief brief = {.terms = terms, .profile = profile};
    add_brief(desk, number, &brief);
}

static const Dossier *read_dossier(Desk *desk, const Frame *frame) {
    Error error = {0};
    bool read = dossier_read(&frame->orders.dossier[0], &desk->arena, &desk->dossier, &error);
    assert_string_equal(error.text, "");
    assert_true(read);
    return &desk->dossier;
}

/* --- golden bytes: PROTOCOL.md shows the same --- */

static void assert_bytes(Desk *desk, const char *hex) {
    Bytes bytes = frame_bytes(&desk->writer);
    char *text = arena_new(&desk->arena, 2 * bytes.length + 1);
    for (size_t i = 0; i < bytes.length; i++) sprintf(text + 2 * i, "%02x", bytes.at[i]);
    assert_string_equal(text, hex);
}

static void golden_hello(void **state) {
    Desk *desk = *state;
    frame_hello(&desk->writer, &(Hello){1, 1, "russia", "boulware(e=0.2)", true, "nonpaper 0.1.0"});
    assert_bytes(desk, "0a2f080110011a06727573736961220f626f756c7761726528653d302e322928"
                       "01320e6e6f6e706170657220302e312e30");
}

static void golden_welcome(void **state) {
    Desk *desk = *state;
    frame_welcome(&desk->writer, 1);
    assert_bytes(desk, "12020801");
}

static void golden_refused(void **state) {
    Desk *desk = *state;
    frame_refused(&desk->writer, &(Refusal){REFUSAL_UNKNOWN_SEAT, "no", "russia", 1, 1});
    assert_bytes(desk, "1a0e080212026e6f1a06727573736961");
}

static void golden_orders(void **state) {
    Desk *desk = *state;
    const Brief brief = {7, 1, sample_terms(), NULL, NULL, {{0x0102030405060708, 9}}, "linear"};
    const Grant grant = sample_grant(7, 1);
    assert_true(frame_add_open_run(&desk->writer, &brief, 0, NULL));
    assert_true(frame_add_grant(&desk->writer, &grant, NULL));
    assert_true(frame_add_close_run(&desk->writer, 6, NULL));
    assert_bytes(desk, "2248122008071000180121080706050403020129090000000000000032066c69"
                       "6e6561721a220807121e08a03810011a17080210d836180220052a02010238ff"
                       "ffffffffffffff7f2006");
}

static void golden_dossier(void **state) {
    Desk *desk = *state;
    const Profile profile = sample_profile(100);
    add_dossier(desk, 3, sample_terms(), &profile);
    assert_bytes(desk, "22ac020aa902080312d5010a0673616d706c651080daddfb0c1880ac8f042090"
                       "1c28809a9e0130c0843d3803420e0a0a6f70656e2d7461626c6520044a0d0a03"
                       "726564120352656418901c4a110a05677265656e1205477265656e18a0384a10"
                       "0a04626c75651204426cc3a91880a305521f0a046c696e651208546865206c69"
                       "6e651a04686572651a0574686572652000521e0a0361696412034169641a046e"
                       "6f6e651a04736f6d651a046d75636828015a200a090a01011204040000001213"
                       "6e6f626f6479207061797320736f206d756368620b1007180122050003070506"
                       "1a4d0a0aca01cc01ce01d001d2011210000000000000e83f000000000000d03f"
                       "1a0e0a090a010012040100000010d301220d0a090a0101120401000000186b28"
                       "d80131000000000000ec3f3880a305");
}

static void golden_answers(void **state) {
    Desk *desk = *state;
    const Answer answer = sample_answer(7, 1);
    assert_true(frame_add_answer(&desk->writer, &answer, NULL));
    assert_bytes(desk, "2a170a150807121108a0381090bf051a08080112010118d804");
}

static void golden_fault_and_goodbye(void **state) {
    Desk *desk = *state;
    frame_fault(&desk->writer, "no");
    assert_bytes(desk, "32040a026e6f");
    frame_goodbye(&desk->writer, NULL);
    assert_bytes(desk, "3a00");
}

/* --- round trips --- */

static void short_frames_come_across(void **state) {
    Desk *desk = *state;
    frame_hello(&desk->writer, &(Hello){1, 3, "é", "", false, ""});
    const Frame *frame = cross(desk);
    assert_int_equal(frame->kind, FRAME_HELLO);
    assert_int_equal(frame->hello.highest, 3);
    assert_string_equal(frame->hello.seat, "é");
    assert_string_equal(frame->hello.strategy, "");
    assert_false(frame->hello.deterministic);
    frame_refused(&desk->writer, &(Refusal){REFUSAL_VERSION, "too old", NULL, 2, 5});
    frame = cross(desk);
    assert_int_equal(frame->refused.why, REFUSAL_VERSION);
    assert_int_equal(frame->refused.lowest, 2);
    assert_int_equal(frame->refused.highest, 5);
    assert_string_equal(frame->refused.nearest, "");
    frame_goodbye(&desk->writer, "enough");
    assert_string_equal(cross(desk)->text, "enough");
}

static void grants_come_across(void **state) {
    Desk *desk = *state;
    Rng rng = rng_stream(rng_key(1, "grants"));
    for (int round = 0; round < 500; round++) {
        Grant sent[4];
        uint32_t count = 1 + rng_below(&rng, 4);
        arena_reset(&desk->arena);
        frame_clear(&desk->writer);
        for (uint32_t i = 0; i < count; i++) {
            sent[i] = random_grant(&rng, &desk->arena);
            assert_true(frame_add_grant(&desk->writer, &sent[i], NULL));
        }
        const Frame *frame = cross(desk);
        assert_int_equal(frame->kind, FRAME_ORDERS);
        assert_int_equal(frame->orders.grants, count);
        for (uint32_t i = 0; i < count; i++) assert_same_grant(&sent[i], &frame->orders.grant[i]);
    }
}

static void answers_come_across(void **state) {
    Desk *desk = *state;
    Rng rng = rng_stream(rng_key(1, "answers"));
    for (int round = 0; round < 500; round++) {
        Answer sent[4];
        uint32_t count = 1 + rng_below(&rng, 4);
        arena_reset(&desk->arena);
        frame_clear(&desk->writer);
        for (uint32_t i = 0; i < count; i++) {
            sent[i] = random_answer(&rng, &desk->arena);
            assert_true(frame_add_answer(&desk->writer, &sent[i], NULL));
        }
        const Frame *frame = cross(desk);
        assert_int_equal(frame->kind, FRAME_ANSWERS);
        assert_int_equal(frame->answers.answers, count);
        for (uint32_t i = 0; i < count; i++)
            assert_same_answer(&sent[i], &frame->answers.answer[i]);
    }
}

static void dossiers_come_across(void **state) {
    Desk *desk = *state;
    Rng rng = rng_stream(rng_key(1, "dossiers"));
    for (int round = 0; round < 100; round++) {
        arena_reset(&desk->arena);
        const Terms *sent = random_terms(&rng, &desk->arena);
        const Profile *own = random_profile(&rng, &desk->arena, &sent->domain);
        const Brief brief = {
            .terms = sent, .profile = own, .library = random_library(&rng, &desk->arena, sent)};
        frame_clear(&desk->writer);
        add_brief(desk, 63, &brief);
        const Frame *frame = cross(desk);
        assert_int_equal(frame->orders.dossiers, 1);
        assert_int_equal(frame->orders.dossier[0].number, 63);
        const Dossier *got = read_dossier(desk, frame);
        assert_same_terms(sent, &got->terms);
        assert_ptr_equal(sent->mechanism, got->terms.mechanism);
        assert_same_profile(own, &got->profile);
        assert_ptr_equal(got->profile.durability, got->terms.durability);
        assert_same_library(sent, brief.library, got->library);
    }
}

static void a_foreign_mechanism_keeps_its_name_and_flags(void **state) {
    Desk *desk = *state;
    const Mechanism foreign = {
        .name = "shuttle", .turns = true, .mediated = true, .rounds = true, .menu_limit = 2};
    Terms terms = *sample_terms();
    Profile profile = sample_profile(0);
    terms.mechanism = &foreign;
    terms.mediator = 1;
    add_dossier(desk, 0, &terms, &profile);
    assert_same_terms(&terms, &read_dossier(desk, cross(desk))->terms);
}

static void orders_of_a_thousand_runs_are_one_frame(void **state) {
    Desk *desk = *state;
    const Profile profile = sample_profile(0);
    add_dossier(desk, 0, sample_terms(), &profile);
    for (uint64_t run = 1; run <= 1000; run++) {
        const Brief brief = {run, 2, sample_terms(), &profile, NULL, {{run, run + 1}}, "linear"};
        const Grant grant = sample_grant(run, 2);
        assert_true(frame_add_open_run(&desk->writer, &brief, 0, NULL));
        assert_true(frame_add_grant(&desk->writer, &grant, NULL));
        assert_true(frame_add_close_run(&desk->writer, run + 5000, NULL));
    }
    assert_false(frame_full(&desk->writer));
    const Orders *orders = &cross(desk)->orders;
    assert_int_equal(orders->open_runs, 1000);
    assert_int_equal(orders->grants, 1000);
    assert_int_equal(orders->close_runs, 1000);
    assert_int_equal(orders->open_run[999].run, 1000);
    assert_int_equal(orders->open_run[999].luck.word[1], 1001);
    assert_string_equal(orders->open_run[999].strategy, "linear");
    assert_int_equal(orders->grant[499].run, 500);
    assert_int_equal(orders->close_run[0], 5001);
}

static void equal_dossiers_are_equal_bytes(void **state) {
    Desk *desk = *state;
    Profile profile = sample_profile(0);
    const Brief brief = {.terms = sample_world(), .profile = &profile, .library = sample_library()};
    Bytes one, other;
    assert_true(dossier_pack(&desk->scratch, &brief, &one, NULL));
    assert_true(dossier_pack(&desk->writer, &brief, &other, NULL));
    assert_int_equal(one.length, other.length);
    assert_memory_equal(one.at, other.at, one.length);
    Utility *const numbers[] = {&profile.reservation, &profile.meanwhile, &profile.eroded,
                                &profile.aftermath, &profile.hazard};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        ++*numbers[i];
        assert_true(dossier_pack(&desk->writer, &brief, &other, NULL));
        assert_true(one.length != other.length || memcmp(one.at, other.at, one.length) != 0);
        --*numbers[i];
    }
}

/* --- version 2 --- */

static void golden_world(void **state) {
    Desk *desk = *state;
    Profile profile = sample_profile(100);
    profile.meanwhile = -1;
    profile.eroded = 2;
    profile.aftermath = 3;
    profile.hazard = -4;
    const Brief brief = {.terms = sample_world(), .profile = &profile, .library = sample_library()};
    add_brief(desk, 3, &brief);
    assert_bytes(desk, "2297060a9406080312f1030a0673616d706c651080daddfb0c1880ac8f042090"
                       "1c28809a9e0130c0843d380342100a0a6f70656e2d7461626c65200438014a0d"
                       "0a03726564120352656418901c4a130a05677265656e1205477265656e18a038"
                       "20024a100a04626c75651204426cc3a91880a305521f0a046c696e6512085468"
                       "65206c696e651a04686572651a0574686572652000521e0a0361696412034169"
                       "641a046e6f6e651a04736f6d651a046d75636828015a200a090a010112040400"
                       "000012136e6f626f6479207061797320736f206d756368620b10071801220500"
                       "03070506708084ae0c7802800180b48913880180dac4099201150a067075626c"
                       "69631209496e207075626c6963180792011b0a0667656e657661120647656e65"
                       "7661180321000000000000d03f9201120a067269796164681206526979616468"
                       "18069a013d0a036169641203416964180021000000000000f03f290000000000"
                       "000000310000000000000440397b14ae47e17a843f417b14ae47e17a943f4880"
                       "a305a2011d0a06737570706c791206537570706c791a0021000000000000e03f"
                       "2807a201250a066c6f7373657312064c6f737365731a0874686f7573616e6421"
                       "0000000000e085402802aa012f099a9999999999a93f119a9999999999e93f19"
                       "666666666666ee3f2100000000000024402a090104ffe397d012000a1a550a0a"
                       "ca01cc01ce01d001d2011210000000000000e83f000000000000d03f1a0e0a09"
                       "0a010012040100000010d301220d0a090a0101120401000000186b28d8013100"
                       "0000000000ec3f3880a305400148045006580722620801120570726f75641900"
                       "0000000000d03f224e0a0ad20fd40fd60fd80fda0f1210000000000000e83f00"
                       "0000000000d03f1a0e0a090a010012040100000010db0f220e0a090a01011204"
                       "0100000018ef0728e00f31000000000000ec3f3880a30522610801120463616c"
                       "6d19000000000000e83f224e0a0aa21fa41fa61fa81faa1f1210000000000000"
                       "e83f000000000000d03f1a0e0a090a010012040100000010ab1f220e0a090a01"
                       "0112040100000018d70f28b01f31000000000000ec3f3880a305");
    const Dossier *got = read_dossier(desk, cross(desk));
    assert_same_terms(sample_world(), &got->terms);
    assert_same_profile(&profile, &got->profile);
    assert_same_library(sample_world(), sample_library(), got->library);
}

static void golden_lever(void **state) {
    Desk *desk = *state;
    Reply reply = {.at = 1, .wake_at = NP_NEVER, .moves = 2};
    reply.move[0] = (Action){.kind = NP_LEVER, .lever = 1, .level = 0.5};
    reply.move[1] = (Action){.kind = NP_STATEMENT,
                             .table = 1,
                             .statement = NP_SAY_THREAT,
                             .lever = 1,
                             .option = NP_NO_OPTION};
    const Answer answer = {7, 1, 1, &reply};
    assert_true(frame_add_answer(&desk->writer, &answer, NULL));
    assert_bytes(desk, "2a240a220807121e08011a0d0807480159000000000000e03f1a0b080838ff01"
                       "400148015003");
}

static Grant grant_of(const Observation *const *seen, uint32_t count) {
    static Occasion occasion;
    occasion = (Occasion){7200, false, count};
    return (Grant){7, 1, 1, &occasion, count, seen};
}

static void golden_world_event(void **state) {
    Desk *desk = *state;
    const Observation world = {
        .at = 7000, .kind = NP_EVENT_WORLD, .seat = NP_NO_SEAT, .subject = 1, .amount = 712.5};
    const Observation *const seen[] = {&world};
    const Grant grant = grant_of(seen, 1);
    assert_true(frame_add_grant(&desk->writer, &grant, NULL));
    assert_bytes(desk, "221c1a1a0807121608a0381a11081310d836700181010000000000448640");
}

static void only_what_is_new_needs_the_new_version(void **state) {
    (void)state;
    const Profile plain = sample_profile(0);
    Terms terms;
    Profile profile;
    const Brief brief = {.terms = &terms, .profile = &profile, .library = sample_library()};
#define NEEDS(version, change)                                                                     \
    do {                                                                                           \
        terms = *sample_terms();                                                                   \
        profile = plain;                                                                           \
        change;                                                                                    \
        assert_int_equal(brief_version(&brief), version);                                          \
    } while (false)
    NEEDS(1, (void)0);
    NEEDS(1, terms.mechanism = &mechanism_alternating_offers);
    NEEDS(2, terms.mechanism = &mechanism_simultaneous);
    NEEDS(2, terms.mechanism = &mechanism_single_text);
    NEEDS(2, terms.seat[2].types = 2);
    NEEDS(2, terms.breaks_off = 1);
    NEEDS(2, terms.unauthorised = 1);
    NEEDS(2, terms.audience_base = 1);
    NEEDS(2, terms.audience_step = 1);
    NEEDS(2, terms.closed_tables = 1);
    NEEDS(2, terms.levers = 1);
    NEEDS(2, terms.variables = 1);
    NEEDS(2, terms.durability = sample_world()->durability);
    NEEDS(2, profile.meanwhile = 1);
    NEEDS(2, profile.eroded = 1);
    NEEDS(2, profile.aftermath = 1);
    NEEDS(2, profile.hazard = -1);
#undef NEEDS
}

static void statements_can_be_left_out_of_a_grant(void **state) {
    Desk *desk = *state;
    const Observation offer = {.kind = NP_EVENT_OFFER}, said = {.kind = NP_EVENT_STATEMENT},
                      moved = {.kind = NP_EVENT_LEVER},
                      refused = {.kind = NP_EVENT_REFUSAL, .ruling = NP_RULING_NOT_A_MEMBER};
    const Observation *const seen[] = {&said, &offer, &said, &offer, &said};
    static const Occasion occasion[] = {{1, false, 2}, {2, true, 2}, {3, false, 1}};
    const Grant full = {7, 1, 3, occasion, 5, seen};
    Grant plain = grant_without_statements(&full, &desk->arena);
    assert_int_equal(grant_version(&full), 2);
    assert_int_equal(grant_version(&plain), 1);
    assert_int_equal(plain.occasions, 3);
    assert_int_equal(plain.observations, 2);
    for (uint32_t i = 0; i < 3; i++) assert_int_equal(plain.occasion[i].observations, i < 2);
    assert_true(plain.occasion[1].woken);
    assert_ptr_equal(plain.observation[1], &offer);
    const Observation *const others[] = {&moved, &refused};
    for (int i = 0; i < 2; i++) {
        const Grant other = grant_of(&others[i], 1);
        plain = grant_without_statements(&other, &desk->arena);
        assert_int_equal(grant_version(&plain), 2);
    }
}

/* Whether a level can be is the table's to say, in every lane alike. */
static void a_level_that_is_no_number_is_left_to_the_referee(void **state) {
    Desk *desk = *state;
    Reply reply = {.at = 1, .wake_at = NP_NEVER, .moves = 2};
    reply.move[0] = (Action){.kind = NP_LEVER, .lever = 1, .level = __builtin_nan("")};
    reply.move[1] = (Action){.kind = NP_LEVER, .lever = 1, .level = -__builtin_inf()};
    assert_true(frame_add_answer(&desk->writer, &(Answer){1, 0, 1, &reply}, NULL));
    const Reply *got = &cross(desk)->answers.answer[0].reply[0];
    assert_true(got->move[0].level != got->move[0].level);
    assert_true(got->move[1].level == -__builtin_inf());
    assert_int_equal(got->move[1].lever, 1);
}

/* The largest library that there can be crosses in one frame. */
static void the_largest_dossier_crosses(void **state) {
    Desk *desk = *state;
    Rng rng = rng_stream(rng_key(1, "largest"));
    Terms *terms = random_terms(&rng, &desk->arena);
    while (terms->seats < NP_MAX_SEATS || terms->domain.issues < 24)
        terms = random_terms(&rng, &desk->arena);
    for (SeatId seat = 0; seat < terms->seats; seat++)
        terms->seat[seat].types = NEGOTIATION_MAX_TYPES;
    const Profile *profile = random_profile(&rng, &desk->arena, &terms->domain);
    const Brief brief = {
        .terms = terms, .profile = profile, .library = random_library(&rng, &desk->arena, terms)};
    add_brief(desk, 0, &brief);
    assert_true(frame_full(&desk->writer) || desk->writer.messages > 2000);
    assert_same_library(terms, brief.library, read_dossier(desk, cross(desk))->library);
}

/* --- what no frame can carry --- */

static void an_impossible_menu_goes_out_empty(void **state) {
    Desk *desk = *state;
    Reply reply = {.at = 1, .wake_at = NP_NEVER, .moves = 1};
    reply.move[0] = (Action){.kind = NP_OFFER, .packages = 200};
    assert_true(frame_add_answer(&desk->writer, &(Answer){1, 0, 1, &reply}, NULL));
    const Action *got = &cross(desk)->answers.answer[0].reply[0].move[0];
    assert_int_equal(got->kind, NP_OFFER);
    assert_int_equal(got->packages, 0);
}

static void too_many_moves_are_the_agents_fault(void **state) {
    Desk *desk = *state;
    const Reply reply = {.at = 1, .moves = NP_MAX_MOVES + 1};
    Error error = {0};
    assert_false(frame_add_answer(&desk->writer, &(Answer){1, 0, 1, &reply}, &error));
    assert_int_equal(error.kind, ERROR_AGENT);
}

static void a_frame_says_when_it_is_full(void **state) {
    Desk *desk = *state;
    const Grant grant = sample_grant(1, 0);
    uint32_t grants = 0;
    for (; !frame_full(&desk->writer); grants++)
        assert_true(frame_add_grant(&desk->writer, &grant, NULL));
    assert_true(grants >= 4000);
    assert_int_equal(cross(desk)->orders.grants, grants);
}

static void what_is_not_text_is_made_visible(void **state) {
    Desk *desk = *state;
    frame_fault(&desk->writer, "bad \xff byte");
    assert_string_equal(cross(desk)->text, "bad \\xff byte");
    char *longer = memory_new(1, 3 * CODEC_MAX_TEXT);
    memset(longer, 'x', 3 * CODEC_MAX_TEXT - 1);
    frame_fault(&desk->writer, longer);
    size_t length = strlen(cross(desk)->text);
    assert_true(length > 1000 && length <= CODEC_MAX_TEXT);
    memory_free(longer);
}

/* --- memory --- */

static void round_trip(Desk *desk) {
    const Grant grant = sample_grant(7, 1);
    const Answer answer = sample_answer(7, 1);
    frame_clear(&desk->writer);
    for (int i = 0; i < 50; i++) assert_true(frame_add_grant(&desk->writer, &grant, NULL));
    cross(desk);
    frame_clear(&desk->writer);
    for (int i = 0; i < 50; i++) assert_true(frame_add_answer(&desk->writer, &answer, NULL));
    cross(desk);
}

static void a_warm_codec_does_not_allocate(void **state) {
    Desk *desk = *state;
    round_trip(desk);
    uint64_t warm = memory_allocations();
    for (int i = 0; i < 100; i++) round_trip(desk);
    assert_int_equal(memory_allocations(), warm);
}

#define IT(test) cmocka_unit_test_setup_teardown(test, desk_open, desk_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IT(golden_hello),
        IT(golden_welcome),
        IT(golden_refused),
        IT(golden_orders),
        IT(golden_dossier),
        IT(golden_answers),
        IT(golden_fault_and_goodbye),
        IT(short_frames_come_across),
        IT(grants_come_across),
        IT(answers_come_across),
        IT(dossiers_come_across),
        IT(a_foreign_mechanism_keeps_its_name_and_flags),
        IT(orders_of_a_thousand_runs_are_one_frame),
        IT(equal_dossiers_are_equal_bytes),
        IT(golden_world),
        IT(golden_lever),
        IT(golden_world_event),
        IT(only_what_is_new_needs_the_new_version),
        IT(statements_can_be_left_out_of_a_grant),
        IT(a_level_that_is_no_number_is_left_to_the_referee),
        IT(the_largest_dossier_crosses),
        IT(an_impossible_menu_goes_out_empty),
        IT(too_many_moves_are_the_agents_fault),
        IT(a_frame_says_when_it_is_full),
        IT(what_is_not_text_is_made_visible),
        IT(a_warm_codec_does_not_allocate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
