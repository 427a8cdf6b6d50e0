/* Whoever knocks at the broker's socket: strangers disturb nothing, and an agent that speaks garbage in its
 * seat ends the run and no more than that. Processes may come in any order. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <zmq.h>

#include "core/base/rng.h"
#include "tests/process/json_shape.h"
#include "tests/process/programs.h"

#define HELLO "$S/configs/01-hello.yaml"

static void assert_says(const char *said, const char *words) {
    if (strstr(said, words) == NULL) fail_msg("\"%s\" is not in: %s", words, said);
}

/* --- a peer that says what it likes --- */

typedef struct Peer {
    void *context, *socket;
} Peer;

static Peer peer_connect(const char *directory) {
    Peer peer = {.context = zmq_ctx_new()};
    char address[160];
    int none = 0;
    snprintf(address, sizeof address, "ipc://%s/broker", directory);
    peer.socket = zmq_socket(peer.context, ZMQ_DEALER);
    zmq_setsockopt(peer.socket, ZMQ_LINGER, &none, sizeof none);
    assert_int_equal(zmq_connect(peer.socket, address), 0);
    return peer;
}

static void peer_close(Peer *peer) {
    zmq_close(peer->socket);
    zmq_ctx_term(peer->context);
}

static void send_garbage(const Peer *peer, Rng *luck) {
    uint8_t bytes[4096];
    size_t parts = rng_below(luck, 4) == 0 ? 1 + rng_below(luck, 5) : 1;
    while (parts-- > 0) {
        size_t length = rng_below(luck, 8) == 0 ? sizeof bytes : rng_below(luck, 64);
        for (size_t i = 0; i < length; i++) bytes[i] = (uint8_t)rng_u32(luck);
        /* Half of them begin like a frame of the protocol. */
        if (length > 2 && rng_below(luck, 2) == 0) bytes[0] = (uint8_t)(8 * rng_below(luck, 9) + 2);
        zmq_send(peer->socket, bytes, length, ZMQ_DONTWAIT | (parts > 0 ? ZMQ_SNDMORE : 0));
    }
}

/* Not even ZeroMQ. */
static void knock_with_noise(const char *directory) {
    struct sockaddr_un there = {.sun_family = AF_UNIX};
    snprintf(there.sun_path, sizeof there.sun_path, "%.80s/broker", directory);
    int knocking = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(knocking, (struct sockaddr *)&there, sizeof there) == 0)
        send(knocking, "GET / HTTP/1.1\r\n\r\n", 18, MSG_NOSIGNAL);
    close(knocking);
}

static void strangers_disturb_nothing(void **state) {
    (void)state;
    char disturbed[80], undisturbed[80];
    Rng luck = rng_stream(rng_key(1, "stranger"));
    Program run =
        program_start("run $S/configs/riyadh-2025.yaml --seed 4 --json --speed 250 -o a.db");
    process_await("nonpaper agent europe ");
    const char *directory = runtime_directory();
    pause_ms(100);
    for (int i = 0; i < 20; i++) {
        Peer peer = peer_connect(directory);
        for (int k = 0; k < 40; k++) send_garbage(&peer, &luck);
        knock_with_noise(directory);
        pause_ms(10);
        peer_close(&peer);
    }
    assert_int_equal(program_finish(&run), 0);
    Program alone = program_run(0, "run $S/configs/riyadh-2025.yaml --seed 4 --json -o a.db");
    json_member(disturbed, sizeof disturbed, run.out, "digest");
    json_member(undisturbed, sizeof undisturbed, alone.out, "digest");
    assert_string_equal(disturbed, undisturbed);
    program_forget(&run);
    program_forget(&alone);
}

static void agents_that_find_no_room_are_told(void **state) {
    (void)state;
    char line[160];
    Program run = program_start("run " HELLO " --speed 15 -o a.db");
    process_await("nonpaper agent lower ");
    program_await_words(&run, "tables an offer");
    const char *const seats[] = {"upper", "uper", "nobody"};
    const char *const words[] = {"taken", "did you mean \"upper\"?", "no seat \"nobody\""};
    for (int i = 0; i < 3; i++) {
        snprintf(line, sizeof line, "agent %s --connect ipc://%s/broker", seats[i],
                 runtime_directory());
        Program agent = program_run(64, line);
        assert_says(agent.err, words[i]);
        program_forget(&agent);
    }
    assert_int_equal(program_finish(&run), 0);
    program_forget(&run);
    Program nobody =
        program_run(69, "agent upper --patience 0.3 --connect ipc:///tmp/no-such-place/b");
    program_forget(&nobody);
}

/* --- a table that is set by hand --- */

typedef struct Hand {
    int control[2];
    char directory[80], address[120];
} Hand;

static Hand hand_open(void) {
    Hand hand;
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, hand.control), 0);
    snprintf(hand.directory, sizeof hand.directory, "%s/runtime/by-hand", place_path());
    snprintf(hand.address, sizeof hand.address, "ipc://%s/broker", hand.directory);
    assert_int_equal(mkdir(hand.directory, 0700), 0);
    return hand;
}

static void hand_close(Hand *hand) {
    close(hand->control[0]);
    close(hand->control[1]);
}

static Program hand_broker(const Hand *hand, const char *options) {
    char line[256];
    snprintf(line, sizeof line, "broker --directory %s %s " HELLO, hand->directory, options);
    Program broker =
        program_start_with(&(Setting){.control = hand->control[1], .lock = hand->control[1]}, line);
    return broker;
}

static Program hand_agent(const Hand *hand, const char *seat) {
    char line[256];
    snprintf(line, sizeof line, "agent %s --connect %s", seat, hand->address);
    return program_start(line);
}

static void processes_come_in_any_order(void **state) {
    (void)state;
    char digest[3][80];
    for (int last = 0; last < 3; last++) {
        Hand hand = hand_open();
        Program all[3];
        for (int i = 0; i < 3; i++) {
            int which = (last + 1 + i) % 3;
            all[which] = which == 0 ? hand_broker(&hand, "--json -o order.db")
                                    : hand_agent(&hand, which == 1 ? "upper" : "lower");
            pause_ms(40);
        }
        for (int i = 0; i < 3; i++) assert_int_equal(program_finish(&all[i]), 0);
        json_member(digest[last], sizeof digest[last], all[0].out, "digest");
        assert_string_equal(digest[last], digest[0]);
        for (int i = 0; i < 3; i++) program_forget(&all[i]);
        hand_close(&hand);
    }
}

/* field 1 (hello) { 1: 1, 2: 1, 3: "upper", 5: true } */
static const uint8_t hello_upper[] = {0x0a, 0x0d, 0x08, 1,   0x10, 1,    0x1a, 5,
                                      'u',  'p',  'p',  'e', 'r',  0x28, 1};

static void an_agent_that_speaks_garbage_ends_its_run(void **state) {
    (void)state;
    Hand hand = hand_open();
    Program broker = hand_broker(&hand, "--json --restarts 0 -o garbage.db");
    Peer upper = peer_connect(hand.directory);
    Program lower = hand_agent(&hand, "lower");
    zmq_send(upper.socket, hello_upper, sizeof hello_upper, 0);
    char answer[4096];
    int patience = 20000;
    zmq_setsockopt(upper.socket, ZMQ_RCVTIMEO, &patience, sizeof patience);
    assert_true(zmq_recv(upper.socket, answer, sizeof answer, 0) > 0); /* welcome */
    assert_true(zmq_recv(upper.socket, answer, sizeof answer, 0) > 0); /* the first orders */
    zmq_send(upper.socket, "what?", 5, 0);
    assert_int_equal(program_finish(&broker), 3);
    assert_int_equal(program_finish(&lower), 0);
    char value[128];
    assert_string_equal(json_member(value, sizeof value, broker.out, "reason"), "\"agent_fault\"");
    assert_string_equal(json_member(value, sizeof value, broker.out, "seat"), "\"upper\"");
    Program log = program_run(0, "log garbage.db");
    assert_says(log.out, "not of the protocol");
    Program verify = program_run(0, "replay garbage.db --verify");
    Program *all[] = {&broker, &lower, &log, &verify};
    for (size_t i = 0; i < 4; i++) program_forget(all[i]);
    peer_close(&upper);
    hand_close(&hand);
}

/* --- seats that somebody else plays --- */

/* An agent for the foreign seat of the one run under way. */
static Program foreign_agent(const char *strategy) {
    char line[256];
    process_await("nonpaper agent upper ");
    snprintf(line, sizeof line, "agent lower --connect ipc://%s/broker --strategy %s",
             runtime_directory(), strategy);
    return program_start(line);
}

static void a_branch_that_somebody_else_played_in_verifies(void **state) {
    (void)state;
    Program parent = program_run(0, "run " HELLO " --lane memory -o a.db");
    Program branch = program_start("branch a.db --at 2025-03-03 --seat lower=foreign -o a.db");
    Program agent = foreign_agent("boulware(e=0.1,every=2)");
    assert_int_equal(program_finish(&agent), 0);
    assert_int_equal(program_finish(&branch), 0);
    Program verify = program_run(0, "replay a.db --run 2 --verify");
    Program *all[] = {&parent, &branch, &agent, &verify};
    for (size_t i = 0; i < 4; i++) program_forget(all[i]);
}

static void who_takes_up_a_foreign_seat_need_not_play_as_before(void **state) {
    (void)state;
    Program run = program_start("run " HELLO " --speed 15 --seat lower=foreign -o a.db");
    Program first = foreign_agent("boulware(e=0.1,every=2)");
    program_await_words(&run, "Lower Town tables");
    kill(first.pid, SIGKILL);
    program_finish(&first);
    Program second = foreign_agent("conceder(every=3)");
    assert_int_equal(program_finish(&second), 0);
    assert_int_equal(program_finish(&run), 0);
    Program verify = program_run(0, "replay a.db --verify");
    Program *all[] = {&run, &first, &second, &verify};
    for (size_t i = 0; i < 4; i++) program_forget(all[i]);
}

#define IN_A_PLACE(test) cmocka_unit_test_setup_teardown(test, place_open, place_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_PLACE(strangers_disturb_nothing),
        IN_A_PLACE(agents_that_find_no_room_are_told),
        IN_A_PLACE(processes_come_in_any_order),
        IN_A_PLACE(an_agent_that_speaks_garbage_ends_its_run),
        IN_A_PLACE(a_branch_that_somebody_else_played_in_verifies),
        IN_A_PLACE(who_takes_up_a_foreign_seat_need_not_play_as_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
