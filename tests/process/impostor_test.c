/* Somebody takes the seat of an agent that was killed, and speaks as no agent does: the run goes on with a
 * proper agent and is the same, or breaks down and names that seat. NONPAPER_NEMESIS_RUNS says how often. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <zmq.h>

#include "core/base/memory.h"
#include "core/base/rng.h"
#include "proto/codec.h"
#include "tests/process/json_shape.h"
#include "tests/process/programs.h"

#define RIYADH "$S/configs/riyadh-2025.yaml --seed 2 --json"

enum { HUGE_FRAME = CODEC_MAX_FRAME + 1, FLOOD = 4000 };

static const char *const seats[] = {"us", "ukraine", "russia", "europe"};
static char undisturbed[80];

typedef struct Impostor {
    void *context, *socket;
    FrameWriter writer;
    FrameReader reader;
    Rng luck;
    const char *seat;
    bool seated; /* at least once */
    uint32_t speeches;
} Impostor;

/* --- speaking --- */

static void say(const Impostor *impostor, const void *bytes, size_t length) {
    zmq_send(impostor->socket, bytes, length, ZMQ_DONTWAIT);
}

static void say_frame(Impostor *impostor) {
    Bytes bytes = frame_bytes(&impostor->writer);
    say(impostor, bytes.at, bytes.length);
}

static void say_hello(Impostor *impostor, const char *seat) {
    const Hello hello = {1, 1, seat, "", true, "impostor"};
    frame_hello(&impostor->writer, &hello);
    say_frame(impostor);
}

static void speak_garbage(Impostor *impostor) {
    uint8_t bytes[200];
    size_t length = 1 + rng_below(&impostor->luck, sizeof bytes - 1);
    for (size_t i = 0; i < length; i++) bytes[i] = (uint8_t)rng_u32(&impostor->luck);
    say(impostor, bytes, length);
}

static void claim_another_seat(Impostor *impostor) {
    say_hello(impostor, strcmp(impostor->seat, "us") == 0 ? "russia" : "us");
}

static void speak_at_length(Impostor *impostor) {
    uint8_t *bytes = memory_new(HUGE_FRAME, 1);
    say(impostor, bytes, HUGE_FRAME);
    memory_free(bytes);
}

static void answer(Impostor *impostor, uint64_t run, uint32_t replies) {
    Reply reply[4] = {{.at = 86400}, {.at = 86401}, {.at = 86402}, {.at = 86403}};
    const Answer said = {.run = run, .replies = replies, .reply = reply};
    frame_clear(&impostor->writer);
    assert_true(frame_add_answer(&impostor->writer, &said, NULL));
    say_frame(impostor);
}

static void answer_unasked(Impostor *impostor) {
    answer(impostor, 1, rng_below(&impostor->luck, 5));
}

static void answer_of_another_run(Impostor *impostor) {
    answer(impostor, 4711, 1);
}

static void flood(Impostor *impostor) {
    for (int i = 0; i < FLOOD; i++) answer(impostor, 4711, 1);
}

static void flood_with_nothing(Impostor *impostor) {
    for (int i = 0; i < FLOOD; i++) say(impostor, "", 0);
}

static void speak_in_parts(Impostor *impostor) {
    for (int part = 0; part < 5; part++)
        zmq_send(impostor->socket, "a", 1, ZMQ_SNDMORE | ZMQ_DONTWAIT);
    say(impostor, "b", 1);
}

static void give_up(Impostor *impostor) {
    frame_fault(&impostor->writer, "\x1b[31mno \x01 more\n");
    say_frame(impostor);
}

static void leave(Impostor *impostor) {
    frame_goodbye(&impostor->writer, NULL);
    say_frame(impostor);
}

static void be_silent(Impostor *impostor) {
    (void)impostor;
}

typedef void (*Speech)(Impostor *impostor);
static const Speech speeches[] = {
    speak_garbage, claim_another_seat, speak_at_length, answer_unasked, answer_of_another_run,
    flood,         flood_with_nothing, speak_in_parts,  give_up,        leave,
    be_silent,
};
enum { SPEECHES = sizeof speeches / sizeof speeches[0] };

/* --- the impostor at work --- */

static Impostor impostor_begin(const char *seat, long number) {
    Impostor impostor = {.context = zmq_ctx_new(), .seat = seat};
    char address[160];
    int none = 0;
    impostor.luck = rng_stream(rng_key((uint64_t)number, "impostor"));
    frame_writer_init(&impostor.writer);
    frame_reader_init(&impostor.reader);
    impostor.socket = zmq_socket(impostor.context, ZMQ_DEALER);
    zmq_setsockopt(impostor.socket, ZMQ_LINGER, &none, sizeof none);
    snprintf(address, sizeof address, "ipc://%s/broker", runtime_directory());
    assert_int_equal(zmq_connect(impostor.socket, address), 0);
    return impostor;
}

static void impostor_end(Impostor *impostor) {
    zmq_close(impostor->socket);
    zmq_ctx_term(impostor->context);
    frame_writer_finish(&impostor->writer);
    frame_reader_finish(&impostor->reader);
}

/* Is the seat mine now, or are there orders for it? */
static bool hears(Impostor *impostor) {
    static uint8_t bytes[1 << 20];
    Frame frame;
    int length = zmq_recv(impostor->socket, bytes, sizeof bytes, ZMQ_DONTWAIT);
    if (length < 0 || length > (int)sizeof bytes ||
        !frame_read(&impostor->reader, (Bytes){bytes, (size_t)length}, &frame, NULL))
        return false;
    return frame.kind == FRAME_WELCOME || frame.kind == FRAME_ORDERS;
}

static bool goes_on(const Program *program) {
    siginfo_t ended = {0};
    return waitid(P_PID, (id_t)program->pid, &ended, WEXITED | WNOWAIT | WNOHANG) == 0 &&
           ended.si_pid == 0;
}

/* Knocks all the time, so that the seat is taken as soon as it is free. */
static void work(Impostor *impostor, const Program *run, Speech speech) {
    int64_t until = now_ms() + PATIENCE_S * 1000;
    while (goes_on(run) && now_ms() < until) {
        if (hears(impostor)) {
            impostor->seated = true;
            if (impostor->speeches++ < 20) speech(impostor);
        } else if (!impostor->seated) {
            say_hello(impostor, impostor->seat);
        }
        pause_ms(1);
    }
}

static void check_end(const Program *run, const char *seat) {
    char value[80], quoted[40];
    snprintf(quoted, sizeof quoted, "\"%s\"", seat);
    if (run->code == 0) {
        assert_non_null(json_member(value, sizeof value, run->out, "digest"));
        assert_string_equal(value, undisturbed);
        return;
    }
    assert_int_equal(run->code, 3);
    assert_string_equal(json_member(value, sizeof value, run->out, "reason"), "\"agent_fault\"");
    assert_string_equal(json_member(value, sizeof value, run->out, "seat"), quoted);
}

static bool suffer(long number) {
    static const char *const options[] = {"", "--restarts 1"};
    const char *seat = seats[number % 4];
    char line[160], words[48];
    snprintf(line, sizeof line, "run " RIYADH " --speed 600 --patience 1 -o impostor.db %s",
             options[number / SPEECHES % 2]);
    Program run = program_start(line);
    process_await("nonpaper agent europe ");
    pause_ms(60);
    Impostor impostor = impostor_begin(seat, number);
    pause_ms((int)rng_below(&impostor.luck, 150));
    snprintf(words, sizeof words, "nonpaper agent %s ", seat);
    pid_t victim = process_find(words);
    /* Held, and killed when the impostor knocks already. */
    say_hello(&impostor, seat);
    if (victim > 0) kill(victim, SIGKILL);
    work(&impostor, &run, speeches[number % SPEECHES]);
    program_finish(&run);
    check_end(&run, seat);
    bool seated = impostor.seated, same = run.code == 0;
    impostor_end(&impostor);
    assert_nothing_left();
    Program verify = program_run(0, "replay impostor.db --verify");
    program_forget(&verify);
    program_forget(&run);
    printf("%s%s ", seated ? "seated" : "refused", same ? ", the same;" : ", named;");
    return seated;
}

static void a_run_survives_an_impostor_or_names_the_seat(void **state) {
    (void)state;
    const char *given = getenv("NONPAPER_NEMESIS_RUNS");
    long count = given != NULL ? strtol(given, NULL, 10) : SPEECHES, seated = 0;
    Program alone = program_run(0, "run " RIYADH " -o alone.db");
    assert_non_null(json_member(undisturbed, sizeof undisturbed, alone.out, "digest"));
    program_forget(&alone);
    for (long number = 0; number < count; number++) seated += suffer(number);
    printf("\n%ld runs, %ld impostors seated\n", count, seated);
    assert_true(seated > count / 4);
}

/* --- where the talks go on without it --- */

/* Its agent from the beginning, as a foreign one is. */
static void play_foreign(long number, const char *policy) {
    char line[256];
    snprintf(line, sizeof line,
             "run " RIYADH " --seat russia=foreign --restarts 0 --patience 1 --set "
             "seats.russia.on_fault=%s -o foreign.db",
             policy);
    Program run = program_start(line);
    process_await("nonpaper agent europe ");
    pause_ms(60);
    Impostor impostor = impostor_begin("russia", number);
    work(&impostor, &run, speeches[number]);
    assert_int_equal(program_finish(&run), 0);
    assert_true(impostor.seated);
    impostor_end(&impostor);
    assert_nothing_left();
    program_forget(&run);
}

static void check_foreign(const char *word) {
    Program log = program_run(0, "log foreign.db --kind fault");
    const char *fault = strstr(log.out, "russia");
    assert_non_null(fault);
    assert_non_null(strstr(fault, word));
    assert_null(strstr(fault + 1, "russia")); /* once */
    program_forget(&log);
    Program verify = program_run(0, "replay foreign.db --verify");
    program_forget(&verify);
    Program branch = program_run(0, "branch foreign.db --at 2025-06-30 --lane memory -o branch.db");
    program_forget(&branch);
    verify = program_run(0, "replay branch.db --verify");
    program_forget(&verify);
}

static void talks_go_on_however_a_seat_misbehaves(void **state) {
    (void)state;
    for (long number = 0; number < SPEECHES; number++) {
        play_foreign(number, "skip");
        check_foreign("(skip)");
        play_foreign(number, "conceder");
        check_foreign("(substitute)");
    }
}

#define IN_A_PLACE(test) cmocka_unit_test_setup_teardown(test, place_open, place_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_PLACE(a_run_survives_an_impostor_or_names_the_seat),
        IN_A_PLACE(talks_go_on_however_a_seat_misbehaves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
