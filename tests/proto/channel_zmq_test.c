/* The channel over ipc, its two ends in threads and in processes. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zmq.h>

#include "core/base/text.h"
#include "proto/channel_zmq.h"
#include "proto/wall_clock.h"
#include "tests/proto/samples.h"

enum { SEATS = 3, LONG_MS = 10000, WELCOME_GOES_OUT_MS = 300 };

static const char *const seat_ids[SEATS] = {"red", "green", "blue"};

typedef struct Embassy {
    char directory[64], address[128];
    Endpoint endpoint;
    Channel *broker;
    Arrival arrival;
    int wake[2];
} Embassy;

static void broker_open(Embassy *embassy) {
    Error error = {0};
    embassy->broker =
        channel_zmq_bind(&embassy->endpoint, seat_ids, SEATS, embassy->wake[0], &error);
    assert_string_equal(error.text, "");
    assert_non_null(embassy->broker);
}

static void broker_close(Embassy *embassy) {
    if (embassy->broker) embassy->broker->type->destroy(embassy->broker);
    embassy->broker = NULL;
}

static int embassy_open(void **state) {
    Embassy *embassy = memory_new(1, sizeof *embassy);
    strcpy(embassy->directory, "/tmp/nonpaper-test-XXXXXX");
    assert_non_null(mkdtemp(embassy->directory));
    snprintf(embassy->address, sizeof embassy->address, "ipc://%s/broker", embassy->directory);
    embassy->endpoint.address = embassy->address;
    assert_int_equal(pipe(embassy->wake), 0);
    *state = embassy;
    return 0;
}

static int embassy_close(void **state) {
    Embassy *embassy = *state;
    broker_close(embassy);
    close(embassy->wake[0]);
    close(embassy->wake[1]);
    /* Nothing leaves a socket behind. */
    bool empty = rmdir(embassy->directory) == 0;
    memory_free(embassy);
    return empty ? 0 : -1;
}

/* --- the broker's side --- */

static ArrivalKind receive(Embassy *embassy, int timeout_ms) {
    Error error = {0};
    assert_true(
        embassy->broker->type->receive(embassy->broker, timeout_ms, &embassy->arrival, &error));
    return embassy->arrival.kind;
}

/* A wait may end early, with nothing: the broker has a clock of its own. */
static ArrivalKind await(Embassy *embassy, int timeout_ms) {
    int64_t until = wall_monotonic_ns() + (int64_t)timeout_ms * 1000000;
    while (wall_monotonic_ns() < until)
        if (receive(embassy, timeout_ms) != ARRIVAL_NOTHING) break;
    return embassy->arrival.kind;
}

static void await_ready(Embassy *embassy, uint8_t seats) {
    for (uint8_t i = 0; i < seats; i++) assert_int_equal(await(embassy, LONG_MS), ARRIVAL_READY);
}

static void open_run(Embassy *embassy, uint64_t run, SeatId seat, const Profile *profile) {
    const Brief brief = {run, seat, sample_terms(), profile, NULL, {{run, seat}}, "parrot"};
    assert_true(embassy->broker->type->open_run(embassy->broker, &brief, NULL));
}

static void grant(Embassy *embassy, uint64_t run, SeatId seat) {
    const Grant one = sample_grant(run, seat);
    assert_true(embassy->broker->type->grant(embassy->broker, &one, NULL));
}

static void flush(Embassy *embassy) {
    assert_true(embassy->broker->type->flush(embassy->broker, NULL));
}

/* --- the agent's side: a thread that answers until it hears goodbye --- */

typedef struct Envoy {
    const Endpoint *endpoint;
    const char *seat;
    const char *fault; /* said at the first grant, instead of an answer */
    pthread_t thread;
    Error error;
    uint32_t opened, obeyed, closed;
    const Terms *terms;
    bool same_terms, goodbye;
} Envoy;

static bool envoy_obey(Envoy *envoy, AgentChannel *channel, const Order *order) {
    if (order->kind == ORDER_OPEN_RUN) {
        envoy->same_terms = !envoy->terms || envoy->terms == order->brief.terms;
        envoy->terms = order->brief.terms;
        envoy->opened++;
    }
    envoy->closed += order->kind == ORDER_CLOSE_RUN;
    envoy->goodbye = order->kind == ORDER_GOODBYE;
    if (order->kind != ORDER_GRANT) return !envoy->goodbye;
    envoy->obeyed++;
    if (envoy->fault) return agent_channel_fault(channel, envoy->fault);
    Reply reply = {.at = order->grant.occasion[0].at, .wake_at = NP_NEVER, .moves = 1};
    reply.move[0] = (Action){.kind = NP_ACCEPT, .offer = order->grant.observation[0]->offer};
    const Answer answer = {order->run, order->grant.seat, 1, &reply};
    return agent_channel_answer(channel, &answer, &envoy->error);
}

static void *envoy_work(void *context) {
    Envoy *envoy = context;
    const Introduction introduction = {envoy->seat, "parrot\x1b", true};
    AgentChannel *channel =
        agent_channel_connect(envoy->endpoint, &introduction, LONG_MS, &envoy->error);
    Order order = {0};
    while (channel && agent_channel_next(channel, LONG_MS, &order, &envoy->error) &&
           envoy_obey(envoy, channel, &order)) {
    }
    agent_channel_close(channel);
    return NULL;
}

static void envoy_send(Envoy *envoy) {
    assert_int_equal(pthread_create(&envoy->thread, NULL, envoy_work, envoy), 0);
}

static void envoy_return(Envoy *envoy) {
    assert_int_equal(pthread_join(envoy->thread, NULL), 0);
}

/* --- meeting --- */

static void the_broker_may_come_first(void **state) {
    Embassy *embassy = *state;
    Envoy red = {.endpoint = &embassy->endpoint, .seat = "red"};
    broker_open(embassy);
    envoy_send(&red);
    assert_int_equal(await(embassy, LONG_MS), ARRIVAL_READY);
    assert_int_equal(embassy->arrival.seat, 0);
    assert_true(embassy->arrival.deterministic);
    assert_string_equal(embassy->arrival.detail, "parrot\\x1b");
    broker_close(embassy);
    envoy_return(&red);
    assert_true(red.goodbye);
    assert_string_equal(red.error.text, "");
}

static void the_agents_may_come_first(void **state) {
    Embassy *embassy = *state;
    Envoy envoy[SEATS];
    for (int i = 0; i < SEATS; i++) {
        envoy[i] = (Envoy){.endpoint = &embassy->endpoint, .seat = seat_ids[i]};
        envoy_send(&envoy[i]);
    }
    wall_sleep_ns(100000000);
    broker_open(embassy);
    await_ready(embassy, SEATS);
    broker_close(embassy);
    for (int i = 0; i < SEATS; i++) {
        envoy_return(&envoy[i]);
        assert_true(envoy[i].goodbye);
    }
}

static void a_broker_that_never_comes_is_said(void **state) {
    Embassy *embassy = *state;
    const Introduction introduction = {"red", NULL, true};
    Error error = {0};
    assert_null(agent_channel_connect(&embassy->endpoint, &introduction, 50, &error));
    assert_int_equal(error.kind, ERROR_UNAVAILABLE);
}

static void assert_refused(Embassy *embassy, const char *seat, const char *why) {
    Envoy stranger = {.endpoint = &embassy->endpoint, .seat = seat};
    envoy_send(&stranger);
    assert_int_equal(receive(embassy, 300), ARRIVAL_NOTHING);
    envoy_return(&stranger);
    assert_int_equal(stranger.error.kind, ERROR_USAGE);
    assert_non_null(strstr(stranger.error.text, why));
}

static void an_unknown_seat_is_refused_with_the_nearest(void **state) {
    Embassy *embassy = *state;
    broker_open(embassy);
    assert_refused(embassy, "grene", "did you mean \"green\"?");
    assert_refused(embassy, "\x1b[31m", "there is no seat \"\\x1b[31m\"");
}

static void a_taken_seat_is_refused(void **state) {
    Embassy *embassy = *state;
    Envoy red = {.endpoint = &embassy->endpoint, .seat = "red"};
    broker_open(embassy);
    envoy_send(&red);
    await_ready(embassy, 1);
    assert_refused(embassy, "red", "another agent has taken the seat");
    broker_close(embassy);
    envoy_return(&red);
    assert_true(red.goodbye);
}

static void an_address_in_use_is_left_alone(void **state) {
    Embassy *embassy = *state;
    Error error = {0};
    broker_open(embassy);
    assert_null(channel_zmq_bind(&embassy->endpoint, seat_ids, SEATS, -1, &error));
    assert_int_equal(error.kind, ERROR_CANT_CREATE);
    Envoy red = {.endpoint = &embassy->endpoint, .seat = "red"};
    envoy_send(&red);
    await_ready(embassy, 1);
    broker_close(embassy);
    envoy_return(&red);
}

static void a_socket_left_behind_is_taken_over(void **state) {
    Embassy *embassy = *state;
    struct sockaddr_un there = {.sun_family = AF_UNIX};
    snprintf(there.sun_path, sizeof there.sun_path, "%s/broker", embassy->directory);
    int stale = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(stale, (struct sockaddr *)&there, sizeof there), 0);
    close(stale);
    the_broker_may_come_first(state);
}

static void tcp_says_when_it_comes(void **state) {
    (void)state;
    const Endpoint tcp = {.address = "tcp://127.0.0.1:5555"};
    const Endpoint other = {.address = "udp://127.0.0.1:5555"};
    Error error = {0}, usage = {0};
    assert_null(channel_zmq_bind(&tcp, seat_ids, SEATS, -1, &error));
    assert_int_equal(error.kind, ERROR_UNAVAILABLE);
    assert_non_null(strstr(error.text, "comes with part D"));
    assert_null(channel_zmq_bind(&other, seat_ids, SEATS, -1, &usage));
    assert_int_equal(usage.kind, ERROR_USAGE);
}

/* --- work --- */

static void grants_are_answered(Embassy *embassy, Waiting waiting) {
    Envoy envoy[SEATS];
    const Profile profile = sample_profile(1000);
    embassy->endpoint.waiting = waiting;
    broker_open(embassy);
    for (int i = 0; i < SEATS; i++) {
        envoy[i] = (Envoy){.endpoint = &embassy->endpoint, .seat = seat_ids[i]};
        envoy_send(&envoy[i]);
    }
    await_ready(embassy, SEATS);
    for (uint64_t run = 1; run <= 50; run++) {
        for (SeatId seat = 0; seat < SEATS; seat++) {
            open_run(embassy, run, seat, &profile);
            grant(embassy, run, seat);
        }
        flush(embassy);
        for (SeatId seat = 0; seat < SEATS; seat++) {
            assert_int_equal(await(embassy, LONG_MS), ARRIVAL_ANSWERS);
            assert_int_equal(embassy->arrival.answers, 1);
            assert_int_equal(embassy->arrival.answer->run, run);
            assert_int_equal(embassy->arrival.answer->seat, embassy->arrival.seat);
            assert_int_equal(embassy->arrival.answer->reply[0].at, 7200);
            assert_int_equal(embassy->arrival.answer->reply[0].move[0].offer, 5);
        }
        assert_true(embassy->broker->type->close_run(embassy->broker, run, 7, NULL));
    }
    broker_close(embassy);
    for (int i = 0; i < SEATS; i++) {
        envoy_return(&envoy[i]);
        assert_int_equal(envoy[i].opened, 50);
        assert_int_equal(envoy[i].obeyed, 50);
        assert_int_equal(envoy[i].closed, 50);
        assert_true(envoy[i].goodbye);
        assert_true(envoy[i].same_terms); /* sent once, and referred to from then on */
    }
}

static void three_agents_play_fifty_runs(void **state) {
    grants_are_answered(*state, (Waiting){0});
}

static void they_do_so_while_spinning(void **state) {
    grants_are_answered(*state, (Waiting){200});
}

static void a_thousand_runs_go_in_one_frame(void **state) {
    Embassy *embassy = *state;
    Envoy red = {.endpoint = &embassy->endpoint, .seat = "red"};
    const Profile profile = sample_profile(1000);
    broker_open(embassy);
    envoy_send(&red);
    await_ready(embassy, 1);
    for (uint64_t run = 1; run <= 1000; run++) {
        open_run(embassy, run, 0, &profile);
        grant(embassy, run, 0);
    }
    flush(embassy);
    assert_int_equal(await(embassy, LONG_MS), ARRIVAL_ANSWERS);
    assert_int_equal(embassy->arrival.answers, 1000);
    assert_int_equal(embassy->arrival.answer[999].run, 1000);
    broker_close(embassy);
    envoy_return(&red);
    assert_int_equal(red.opened, 1000);
}

/* More dossiers than an agent keeps: each run still has its own. */
static void two_hundred_dossiers_find_their_runs(void **state) {
    Embassy *embassy = *state;
    const Introduction introduction = {"red", NULL, true};
    Profile profile;
    Order order;
    Error error = {0};
    pid_t child = fork();
    if (child == 0) {
        alarm(30);
        AgentChannel *agent =
            agent_channel_connect(&embassy->endpoint, &introduction, LONG_MS, &error);
        uint64_t runs = 0;
        while (agent && agent_channel_next(agent, LONG_MS, &order, &error) &&
               order.kind != ORDER_GOODBYE)
            if (order.kind == ORDER_OPEN_RUN) {
                Utility mark = order.brief.profile->reservation - 8;
                runs += mark == (Utility)(1000 * order.run);
            }
        _exit(runs == 200 ? 0 : 1);
    }
    broker_open(embassy);
    await_ready(embassy, 1);
    for (uint64_t run = 1; run <= 200; run++) {
        profile = sample_profile((Utility)(1000 * run));
        open_run(embassy, run, 0, &profile);
    }
    flush(embassy);
    broker_close(embassy);
    int status = -1;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
}

static void a_readable_descriptor_ends_the_wait(void **state) {
    Embassy *embassy = *state;
    broker_open(embassy);
    assert_int_equal(receive(embassy, 10), ARRIVAL_NOTHING);
    assert_int_equal(write(embassy->wake[1], "x", 1), 1);
    assert_int_equal(await(embassy, LONG_MS), ARRIVAL_NOTICE);
    char byte;
    assert_int_equal(read(embassy->wake[0], &byte, 1), 1);
    assert_int_equal(receive(embassy, 10), ARRIVAL_NOTHING);
}

/* --- bad luck and bad manners --- */

static void an_agents_fault_names_its_reason(void **state) {
    Embassy *embassy = *state;
    Envoy red = {
        .endpoint = &embassy->endpoint, .seat = "red", .fault = "my plan makes no sense here"};
    const Profile profile = sample_profile(0);
    broker_open(embassy);
    envoy_send(&red);
    await_ready(embassy, 1);
    open_run(embassy, 1, 0, &profile);
    grant(embassy, 1, 0);
    flush(embassy);
    assert_int_equal(await(embassy, LONG_MS), ARRIVAL_FAULT);
    assert_int_equal(embassy->arrival.seat, 0);
    assert_string_equal(embassy->arrival.detail, "my plan makes no sense here");
    broker_close(embassy);
    envoy_return(&red);
}

/* A process that says hello and then waits; killed by the test. */
static pid_t child_agent(const Embassy *embassy, const char *seat) {
    pid_t child = fork();
    if (child != 0) return child;
    const Introduction introduction = {seat, "waiting", false};
    Error error = {0};
    alarm(30);
    AgentChannel *agent = agent_channel_connect(&embassy->endpoint, &introduction, LONG_MS, &error);
    Order order;
    while (agent && agent_channel_next(agent, LONG_MS, &order, &error) &&
           order.kind != ORDER_GOODBYE) {
    }
    _exit(1);
}

static void a_killed_agent_is_noticed_at_once(void **state) {
    Embassy *embassy = *state;
    pid_t red = child_agent(embassy, "red"), blue = child_agent(embassy, "blue");
    broker_open(embassy);
    await_ready(embassy, 2);
    assert_false(embassy->arrival.deterministic);
    int64_t killed = wall_monotonic_ns();
    kill(blue, SIGKILL);
    assert_int_equal(await(embassy, LONG_MS), ARRIVAL_FAULT);
    assert_true(wall_monotonic_ns() - killed < 500000000);
    assert_int_equal(embassy->arrival.seat, 2);
    assert_string_equal(embassy->arrival.detail, "its agent is gone");
    assert_int_equal(receive(embassy, 50), ARRIVAL_NOTHING); /* the other one is still there */
    kill(red, SIGKILL);
    waitpid(red, NULL, 0);
    waitpid(blue, NULL, 0);
}

static void a_forgotten_seat_may_be_taken_again(void **state) {
    Embassy *embassy = *state;
    Envoy again = {.endpoint = &embassy->endpoint, .seat = "blue"};
    const Profile profile = sample_profile(0);
    pid_t blue = child_agent(embassy, "blue");
    broker_open(embassy);
    await_ready(embassy, 1);
    open_run(embassy, 1, 2, &profile);
    flush(embassy);
    kill(blue, SIGKILL);
    waitpid(blue, NULL, 0);
    assert_int_equal(await(embassy, LONG_MS), ARRIVAL_FAULT);
    embassy->broker->type->forget(embassy->broker, 2);
    open_run(embassy, 1, 2, &profile); /* to nobody */
    envoy_send(&again);
    await_ready(embassy, 1);
    open_run(embassy, 1, 2, &profile); /* with its dossier, which the new agent has not seen */
    grant(embassy, 1, 2);
    flush(embassy);
    assert_int_equal(await(embassy, LONG_MS), ARRIVAL_ANSWERS);
    broker_close(embassy);
    envoy_return(&again);
    assert_int_equal(again.obeyed, 1);
}

static void a_killed_broker_is_noticed(void **state) {
    Embassy *embassy = *state;
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        alarm(30);
        Arrival arrival = {0};
        Channel *broker = channel_zmq_bind(&embassy->endpoint, seat_ids, SEATS, -1, NULL);
        while (arrival.kind != ARRIVAL_READY)
            broker->type->receive(broker, LONG_MS, &arrival, NULL);
        /* The welcome goes out in the background: killed before, there was no broker to miss. */
        broker->type->receive(broker, WELCOME_GOES_OUT_MS, &arrival, NULL);
        if (write(ready[1], "x", 1) == 1) pause();
        _exit(1);
    }
    Envoy red = {.endpoint = &embassy->endpoint, .seat = "red"};
    char byte;
    envoy_send(&red);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    int64_t killed = wall_monotonic_ns();
    kill(child, SIGKILL);
    envoy_return(&red);
    assert_true(wall_monotonic_ns() - killed < (int64_t)LONG_MS * 1000000);
    assert_true(red.goodbye);
    waitpid(child, NULL, 0);
    close(ready[0]);
    close(ready[1]);
    unlink(embassy->address + strlen("ipc://")); /* a killed process cannot */
}

/* A peer that speaks ZeroMQ and nothing else. */
typedef struct Rude {
    void *context, *socket;
    FrameReader reader;
} Rude;

static void rude_come(Rude *rude, const Embassy *embassy) {
    rude->context = zmq_ctx_new();
    rude->socket = zmq_socket(rude->context, ZMQ_DEALER);
    frame_reader_init(&rude->reader);
    assert_int_equal(zmq_setsockopt(rude->socket, ZMQ_LINGER, &(int){0}, sizeof(int)), 0);
    assert_int_equal(zmq_setsockopt(rude->socket, ZMQ_RCVTIMEO, &(int){LONG_MS}, sizeof(int)), 0);
    assert_int_equal(zmq_connect(rude->socket, embassy->address), 0);
}

static void rude_go(Rude *rude) {
    zmq_close(rude->socket);
    zmq_ctx_term(rude->context);
    frame_reader_finish(&rude->reader);
}

static void rude_say(Rude *rude, const void *bytes, size_t length, int flags) {
    assert_int_equal(zmq_send(rude->socket, bytes, length, flags), length);
}

static void rude_hello(Rude *rude, const char *seat, uint32_t lowest, uint32_t highest) {
    FrameWriter writer;
    frame_writer_init(&writer);
    frame_hello(&writer, &(Hello){lowest, highest, seat, "rude", true, ""});
    Bytes bytes = frame_bytes(&writer);
    rude_say(rude, bytes.at, bytes.length, 0);
    frame_writer_finish(&writer);
}

static Frame rude_hear(Rude *rude) {
    static uint8_t bytes[4096];
    Frame frame;
    int length = zmq_recv(rude->socket, bytes, sizeof bytes, 0);
    assert_true(length >= 0);
    assert_true(frame_read(&rude->reader, (Bytes){bytes, (size_t)length}, &frame, NULL));
    return frame;
}

static void versions_that_do_not_meet_are_refused_with_a_reason(void **state) {
    Embassy *embassy = *state;
    Rude rude;
    broker_open(embassy);
    rude_come(&rude, embassy);
    rude_hello(&rude, "red", CODEC_HIGHEST_VERSION + 1, 9);
    assert_int_equal(receive(embassy, 200), ARRIVAL_NOTHING);
    Frame frame = rude_hear(&rude);
    assert_int_equal(frame.kind, FRAME_REFUSED);
    assert_int_equal(frame.refused.why, REFUSAL_VERSION);
    assert_int_equal(frame.refused.lowest, CODEC_LOWEST_VERSION);
    assert_int_equal(frame.refused.highest, CODEC_HIGHEST_VERSION);
    rude_hello(&rude, "red", 1, 9);
    assert_int_equal(await(embassy, LONG_MS), ARRIVAL_READY);
    frame = rude_hear(&rude);
    assert_int_equal(frame.kind, FRAME_WELCOME);
    assert_int_equal(frame.version, CODEC_HIGHEST_VERSION);
    rude_hello(&rude, "red", 1, 1); /* again: welcome again, and no arrival */
    assert_int_equal(receive(embassy, 200), ARRIVAL_NOTHING);
    assert_int_equal(rude_hear(&rude).kind, FRAME_WELCOME);
    rude_go(&rude);
}

static void open_world(Embassy *embassy, uint64_t run, SeatId seat) {
    const Profile profile = sample_profile(0);
    const Brief brief = {run, seat, sample_world(), &profile, sample_library(), {{1, 2}}, "parrot"};
    assert_true(embassy->broker->type->open_run(embassy->broker, &brief, NULL));
}

static void who_speaks_version_1_plays_what_it_knows(void **state) {
    Embassy *embassy = *state;
    const Profile profile = sample_profile(0);
    Rude rude;
    broker_open(embassy);
    rude_come(&rude, embassy);
    rude_hello(&rude, "red", 1, 1);
    await_ready(embassy, 1);
    assert_int_equal(rude_hear(&rude).version, 1);
    open_run(embassy, 1, 0, &profile);
    flush(embassy);
    assert_int_equal(rude_hear(&rude).kind, FRAME_ORDERS);
    open_world(embassy, 2, 0);
    assert_int_equal(await(embassy, LONG_MS), ARRIVAL_FAULT);
    assert_int_equal(embassy->arrival.seat, 0);
    assert_non_null(strstr(embassy->arrival.detail, "older version"));
    rude_go(&rude);
}

/* What waits for a seat says which version whoever comes must speak. */
static void a_world_is_not_given_to_who_cannot_know_of_it(void **state) {
    Embassy *embassy = *state;
    Rude rude;
    broker_open(embassy);
    open_world(embassy, 1, 0);
    rude_come(&rude, embassy);
    rude_hello(&rude, "red", 1, 1);
    assert_int_equal(receive(embassy, 200), ARRIVAL_NOTHING);
    Frame frame = rude_hear(&rude);
    assert_int_equal(frame.refused.why, REFUSAL_VERSION);
    assert_int_equal(frame.refused.lowest, 2);
    assert_non_null(strstr(frame.refused.text, "for this negotiation"));
    rude_hello(&rude, "red", 1, 2);
    await_ready(embassy, 1);
    assert_int_equal(rude_hear(&rude).version, 2);
    flush(embassy);
    assert_int_equal(rude_hear(&rude).kind, FRAME_ORDERS);
    rude_go(&rude);
}

static void version_1_is_not_told_of_statements(void **state) {
    Embassy *embassy = *state;
    const Profile profile = sample_profile(0);
    const Observation said = {.kind = NP_EVENT_STATEMENT, .seat = 1, .word = NP_SAY_SIGNAL},
                      moved = {.kind = NP_EVENT_LEVER, .seat = 1};
    const Observation *seen[] = {&said};
    const Occasion occasion = {7200, true, 1};
    const Grant one = {1, 0, 1, &occasion, 1, seen};
    Rude rude;
    broker_open(embassy);
    rude_come(&rude, embassy);
    rude_hello(&rude, "red", 1, 1);
    await_ready(embassy, 1);
    rude_hear(&rude);
    open_run(embassy, 1, 0, &profile);
    assert_true(embassy->broker->type->grant(embassy->broker, &one, NULL));
    flush(embassy);
    Frame frame = rude_hear(&rude);
    assert_int_equal(frame.orders.grants, 1);
    assert_int_equal(frame.orders.grant[0].occasions, 1);
    assert_int_equal(frame.orders.grant[0].observations, 0);
    seen[0] = &moved;
    assert_true(embassy->broker->type->grant(embassy->broker, &one, NULL));
    assert_int_equal(await(embassy, LONG_MS), ARRIVAL_FAULT);
    rude_go(&rude);
}

/* The other side of the same: an agent meets a broker of another age. */
static void an_agent_that_is_too_old_is_told_so(void **state) {
    Embassy *embassy = *state;
    void *context = zmq_ctx_new(), *router = zmq_socket(context, ZMQ_ROUTER);
    uint8_t identity[256], hello[512];
    FrameWriter writer;
    frame_writer_init(&writer);
    assert_int_equal(zmq_bind(router, embassy->address), 0);
    Envoy red = {.endpoint = &embassy->endpoint, .seat = "red"};
    envoy_send(&red);
    int length = zmq_recv(router, identity, sizeof identity, 0);
    assert_true(zmq_recv(router, hello, sizeof hello, 0) > 0);
    frame_refused(&writer, &(Refusal){REFUSAL_VERSION, "too old", "", 2, 3});
    Bytes bytes = frame_bytes(&writer);
    assert_int_equal(zmq_send(router, identity, (size_t)length, ZMQ_SNDMORE), length);
    assert_int_equal(zmq_send(router, bytes.at, bytes.length, 0), bytes.length);
    envoy_return(&red);
    assert_int_equal(red.error.kind, ERROR_PROTOCOL);
    assert_non_null(strstr(red.error.text, "too old"));
    zmq_close(router);
    zmq_ctx_term(context);
    unlink(embassy->address + strlen("ipc://"));
    frame_writer_finish(&writer);
}

static void garbage_of_a_stranger_is_ignored(void **state) {
    Embassy *embassy = *state;
    Rude rude;
    Envoy red = {.endpoint = &embassy->endpoint, .seat = "red"};
    broker_open(embassy);
    rude_come(&rude, embassy);
    for (int i = 0; i < 500; i++) rude_say(&rude, "garbage", 7, 0);
    rude_say(&rude, "a", 1, ZMQ_SNDMORE);
    rude_say(&rude, "b", 1, ZMQ_SNDMORE);
    rude_say(&rude, "c", 1, 0);
    rude_say(&rude, "", 0, 0);
    envoy_send(&red);
    assert_int_equal(await(embassy, LONG_MS), ARRIVAL_READY);
    assert_int_equal(receive(embassy, 50), ARRIVAL_NOTHING);
    rude_go(&rude);
    broker_close(embassy);
    envoy_return(&red);
    assert_true(red.goodbye);
}

static void assert_fault_after(Embassy *embassy, const void *bytes, size_t length, int parts) {
    Rude rude;
    broker_open(embassy);
    rude_come(&rude, embassy);
    rude_hello(&rude, "green", 1, 1);
    await_ready(embassy, 1);
    for (int i = 1; i < parts; i++) rude_say(&rude, bytes, length, ZMQ_SNDMORE);
    rude_say(&rude, bytes, length, 0);
    assert_int_equal(await(embassy, LONG_MS), ARRIVAL_FAULT);
    assert_int_equal(embassy->arrival.seat, 1);
    for (int i = 0; i < 200; i++) rude_say(&rude, bytes, length, 0);
    assert_int_equal(receive(embassy, 50), ARRIVAL_NOTHING); /* said once, then ignored */
    rude_go(&rude);
    broker_close(embassy);
}

static void garbage_of_a_seat_is_its_fault(void **state) {
    Embassy *embassy = *state;
    assert_fault_after(embassy, "garbage", 7, 1);
    assert_fault_after(embassy, "\x2a\x00", 2, 2); /* two parts */
    assert_fault_after(embassy, "\x22\x00", 2, 1); /* orders, from an agent */
    assert_fault_after(embassy, "\x3a\x00", 2, 1); /* goodbye */
}

static void an_over_long_frame_costs_the_seat(void **state) {
    Embassy *embassy = *state;
    Rude rude;
    uint8_t *bytes = memory_new(CODEC_MAX_FRAME + 1, 1);
    broker_open(embassy);
    rude_come(&rude, embassy);
    rude_hello(&rude, "green", 1, 1);
    await_ready(embassy, 1);
    rude_say(&rude, bytes, CODEC_MAX_FRAME + 1, 0);
    assert_int_equal(await(embassy, LONG_MS), ARRIVAL_FAULT);
    assert_int_equal(embassy->arrival.seat, 1);
    rude_go(&rude);
    memory_free(bytes);
}

/* --- secrecy: invariant I6 --- */

static bool contains(const uint8_t *hay, size_t length, const void *needle, size_t size) {
    for (size_t i = 0; i + size <= length; i++)
        if (memcmp(hay + i, needle, size) == 0) return true;
    return false;
}

/* The packed values of a profile, as they would stand in a frame. */
static Bytes trace_of(FrameWriter *scratch, const Profile *profile) {
    Bytes body;
    const Brief brief = {.terms = sample_terms(), .profile = profile};
    assert_true(dossier_pack(scratch, &brief, &body, NULL));
    return (Bytes){body.at + body.length - 60, 14};
}

static void a_seat_hears_nothing_of_anothers_profile(void **state) {
    Embassy *embassy = *state;
    static uint8_t heard[SEATS][65536];
    size_t length[SEATS] = {0};
    Rude rude[SEATS];
    Profile profile[SEATS];
    FrameWriter scratch;
    frame_writer_init(&scratch);
    broker_open(embassy);
    for (SeatId seat = 0; seat < SEATS; seat++) {
        profile[seat] = sample_profile(INT64_C(1234567890123) * (seat + 1));
        rude_come(&rude[seat], embassy);
        rude_hello(&rude[seat], seat_ids[seat], 1, 1);
        await_ready(embassy, 1);
    }
    for (SeatId seat = 0; seat < SEATS; seat++) {
        open_run(embassy, 1, seat, &profile[seat]);
        grant(embassy, 1, seat);
    }
    flush(embassy);
    broker_close(embassy);
    for (SeatId seat = 0; seat < SEATS; seat++)
        for (bool goodbye = false; !goodbye;) {
            uint8_t *at = heard[seat] + length[seat];
            int size = zmq_recv(rude[seat].socket, at, sizeof heard[seat] - length[seat], 0);
            assert_true(size > 0);
            length[seat] += (size_t)size;
            goodbye = at[0] == 0x3a;
        }
    for (SeatId seat = 0; seat < SEATS; seat++) {
        for (SeatId other = 0; other < SEATS; other++) {
            Bytes trace = trace_of(&scratch, &profile[other]);
            assert_int_equal(contains(heard[seat], length[seat], trace.at, trace.length),
                             seat == other);
        }
        rude_go(&rude[seat]);
    }
    frame_writer_finish(&scratch);
}

#define IT(test) cmocka_unit_test_setup_teardown(test, embassy_open, embassy_close)

/* One test alone: its name, or a pattern, as the argument. */
int main(int argc, char **argv) {
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        IT(the_broker_may_come_first),
        IT(the_agents_may_come_first),
        IT(a_broker_that_never_comes_is_said),
        IT(an_unknown_seat_is_refused_with_the_nearest),
        IT(a_taken_seat_is_refused),
        IT(an_address_in_use_is_left_alone),
        IT(a_socket_left_behind_is_taken_over),
        IT(tcp_says_when_it_comes),
        IT(three_agents_play_fifty_runs),
        IT(they_do_so_while_spinning),
        IT(a_thousand_runs_go_in_one_frame),
        IT(two_hundred_dossiers_find_their_runs),
        IT(a_readable_descriptor_ends_the_wait),
        IT(an_agents_fault_names_its_reason),
        IT(a_killed_agent_is_noticed_at_once),
        IT(a_forgotten_seat_may_be_taken_again),
        IT(a_killed_broker_is_noticed),
        IT(versions_that_do_not_meet_are_refused_with_a_reason),
        IT(who_speaks_version_1_plays_what_it_knows),
        IT(a_world_is_not_given_to_who_cannot_know_of_it),
        IT(version_1_is_not_told_of_statements),
        IT(an_agent_that_is_too_old_is_told_so),
        IT(garbage_of_a_stranger_is_ignored),
        IT(garbage_of_a_seat_is_its_fault),
        IT(an_over_long_frame_costs_the_seat),
        IT(a_seat_hears_nothing_of_anothers_profile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
