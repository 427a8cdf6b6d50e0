/* Many runs at once through one set of agent processes, over ZeroMQ: each has the digest that it has alone and in
 * memory, also when an agent is killed on the way; and where nobody starts it again, every run that it sat in names its seat. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agents/player.h"
#include "core/base/memory.h"
#include "proto/channel_zmq.h"
#include "tests/simulation/theatre.h"

enum { RUNS = 60, LIVE = 24, SEATS = NP_MAX_SEATS, SPARES = 2, VICTIM = 1, KILLED_AFTER = 400 };

static Generated generated[RUNS];
static BrokerRun runs[RUNS];
static Verdict alone[RUNS];
static uint64_t count;

/* Without those in which a strategy refuses to play, or in which the talks may go on without an agent. */
static int choose_runs(void **state) {
    (void)state;
    for (uint64_t seed = 1; count < RUNS; seed++) {
        bool world = seed % 3 == 0;
        generated[count] = (world ? theatre_generate_world : theatre_generate)(4000 + seed);
        BrokerRun run = {.run = 1,
                         .negotiation = generated[count].negotiation,
                         .seed = seed,
                         .strategy = generated[count].strategy};
        bool plain = true;
        for (SeatId seat = 0; seat < SEATS; seat++)
            plain = plain && run.negotiation->on_fault[seat] == ON_FAULT_BREAKDOWN;
        if (plain) theatre_play(&run, 1, 1, NULL, &alone[count]);
        if (!plain || alone[count].reason == REASON_AGENT_FAULT) {
            theatre_discard(&generated[count]);
            continue;
        }
        run.run = 1 + 7 * count; /* numbers need not follow each other */
        runs[count] = run;
        runs[count].strategy = generated[count].strategy;
        count++;
    }
    return 0;
}

static int forget_runs(void **state) {
    (void)state;
    for (uint64_t i = 0; i < count; i++) theatre_discard(&generated[i]);
    return 0;
}

/* --- agents --- */

static char place[64]; /* where they meet */

static int place_open(void **state) {
    (void)state;
    snprintf(place, sizeof place, "/tmp/many-at-once-XXXXXX");
    return mkdtemp(place) == NULL ? -1 : 0;
}

static int place_close(void **state) {
    (void)state;
    return rmdir(place);
}

static char seat_id[SEATS][8];
static const char *seat_ids[SEATS];

typedef struct Troupe {
    char address[256];
    pid_t process[SEATS][SPARES];
    int cue[SEATS][SPARES]; /* a byte lets the agent come to the table */
    unsigned used[SEATS];
} Troupe;

static bool follow_order(AgentChannel *channel, Player *player, const Order *order, Error *error) {
    Answer answer;
    if (order->kind == ORDER_OPEN_RUN) return player_open_run(player, &order->brief, error);
    if (order->kind == ORDER_CLOSE_RUN) player_close_run(player, order->run);
    if (order->kind != ORDER_GRANT) return true;
    return player_obey(player, &order->grant, &answer, error) &&
           agent_channel_answer(channel, &answer, error);
}

static void play_seat(const char *address, SeatId seat) {
    Order order;
    Error error = {0};
    Endpoint endpoint = {.address = address};
    Introduction introduction = {.seat = seat_id[seat], .deterministic = true};
    AgentChannel *channel = agent_channel_connect(&endpoint, &introduction, 10000, &error);
    if (channel == NULL) return;
    Player *player = player_create(NULL);
    while (agent_channel_next(channel, -1, &order, &error) && order.kind != ORDER_GOODBYE &&
           follow_order(channel, player, &order, &error)) {
    }
    player_destroy(player);
    agent_channel_close(channel);
}

/* Started before there is a broker, whose sockets they must not inherit. */
static void hire(Troupe *troupe, SeatId seat, unsigned spare) {
    int cue[2];
    char byte;
    assert_int_equal(pipe(cue), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(cue[1]);
        if (read(cue[0], &byte, 1) == 1) play_seat(troupe->address, seat);
        _exit(0);
    }
    close(cue[0]);
    troupe->process[seat][spare] = child;
    troupe->cue[seat][spare] = cue[1];
}

static bool call_in(Troupe *troupe, SeatId seat) {
    if (troupe->used[seat] == SPARES) return false;
    return write(troupe->cue[seat][troupe->used[seat]++], "", 1) == 1;
}

static void troupe_open(Troupe *troupe) {
    memset(troupe, 0, sizeof *troupe);
    snprintf(troupe->address, sizeof troupe->address, "ipc://%s/broker", place);
    for (SeatId seat = 0; seat < SEATS; seat++) {
        snprintf(seat_id[seat], sizeof seat_id[seat], "seat%u", seat);
        seat_ids[seat] = seat_id[seat];
        for (unsigned spare = 0; spare < SPARES; spare++) hire(troupe, seat, spare);
    }
    for (SeatId seat = 0; seat < SEATS; seat++) assert_true(call_in(troupe, seat));
}

/* The cues of those who were never called go first: nobody waits for them any more. */
static void troupe_close(Troupe *troupe) {
    for (SeatId seat = 0; seat < SEATS; seat++)
        for (unsigned spare = 0; spare < SPARES; spare++) {
            close(troupe->cue[seat][spare]);
            kill(troupe->process[seat][spare], SIGKILL);
            waitpid(troupe->process[seat][spare], NULL, 0);
        }
}

/* --- the broker --- */

typedef struct Stage {
    Troupe troupe;
    Script script[RUNS];
    Verdict verdict[RUNS];
    uint64_t ended, events;
    bool kills, struck, revives;
    uint64_t over_by_then; /* runs that had ended when the agent was killed */
} Stage;

static uint64_t place_of(uint64_t run) {
    return (run - 1) / 7;
}

static bool take_events(void *context, uint64_t run, const Event *events, const uint8_t *bytes,
                        const uint32_t *offsets, uint32_t several, Error *error) {
    Stage *stage = context;
    (void)events, (void)error;
    for (uint32_t i = 0; i < several; i++)
        script_add(&stage->script[place_of(run)], bytes + offsets[i], offsets[i + 1] - offsets[i]);
    stage->events += several;
    if (!stage->kills || stage->struck || stage->events < KILLED_AFTER) return true;
    stage->struck = true;
    stage->over_by_then = stage->ended;
    return kill(stage->troupe.process[VICTIM][0], SIGKILL) == 0;
}

static bool take_verdict(void *context, uint64_t run, const Verdict *verdict, Error *error) {
    Stage *stage = context;
    (void)error;
    stage->verdict[place_of(run)] = *verdict;
    stage->ended++;
    return true;
}

static bool recall(void *context, uint64_t run, Script *script, Error *error) {
    const Stage *stage = context;
    const Script *kept = &stage->script[place_of(run)];
    size_t length;
    (void)error;
    for (uint64_t i = 0; i < kept->count; i++) {
        const uint8_t *bytes = script_bytes(kept, i, &length);
        script_add(script, bytes, length);
    }
    return true;
}

static bool revive(void *context, SeatId seat, const char *what) {
    Stage *stage = context;
    (void)what;
    assert_int_equal(seat, VICTIM);
    stage->revives = true;
    return call_in(&stage->troupe, seat);
}

static void drive(Stage *stage, uint32_t live, uint32_t restarts) {
    Error error = {0};
    Terms everybody = {.seats = SEATS, .consent = {.all = (SeatSet)(UINT32_C(1) << SEATS) - 1}};
    troupe_open(&stage->troupe);
    Endpoint endpoint = {.address = stage->troupe.address};
    Channel *channel = channel_zmq_bind(&endpoint, seat_ids, SEATS, -1, &error);
    assert_non_null(channel);
    BrokerSink sink = {
        .context = stage, .events = take_events, .verdict = take_verdict, .recall = recall};
    BrokerOptions options = {.patience_ms = 30000,
                             .welcome_ms = 30000,
                             .live = live,
                             .revive = revive,
                             .restarts = restarts,
                             .context = stage};
    Broker *broker = broker_create(channel, &options, sink);
    if (!broker_wait_ready(broker, &everybody, &error) ||
        !broker_drive(broker, runs, count, &error))
        fail_msg("%s", error.text);
    assert_int_equal(stage->ended, count);
    broker_destroy(broker);
    channel->type->destroy(channel);
    troupe_close(&stage->troupe);
}

static Stage *stage_new(bool kills) {
    Stage *stage = memory_new(1, sizeof *stage);
    stage->kills = kills;
    for (uint64_t i = 0; i < RUNS; i++) script_init(&stage->script[i]);
    return stage;
}

static void stage_discard(Stage *stage) {
    for (uint64_t i = 0; i < RUNS; i++) script_finish(&stage->script[i]);
    memory_free(stage);
}

static bool is_as_alone(const Stage *stage, uint64_t i) {
    return digest_equal(&stage->verdict[i].digest, &alone[i].digest);
}

/* --- the tests --- */

static void many_at_once_over_processes_are_as_each_alone_in_memory(void **state) {
    (void)state;
    static const uint32_t live[] = {1, LIVE, 2 * RUNS};
    for (size_t k = 0; k < sizeof live / sizeof live[0]; k++) {
        Stage *stage = stage_new(false);
        drive(stage, live[k], 0);
        for (uint64_t i = 0; i < count; i++)
            if (!is_as_alone(stage, i)) fail_msg("run %u of %u at once", (unsigned)i, live[k]);
        stage_discard(stage);
    }
}

static void a_killed_agent_is_started_again_for_all_runs_at_once(void **state) {
    (void)state;
    Stage *stage = stage_new(true);
    drive(stage, LIVE, 3);
    assert_true(stage->struck && stage->revives);
    assert_true(stage->over_by_then < count);
    for (uint64_t i = 0; i < count; i++) assert_true(is_as_alone(stage, i));
    stage_discard(stage);
}

static void a_killed_agent_that_stays_away_costs_the_runs_it_sat_in(void **state) {
    (void)state;
    Stage *stage = stage_new(true);
    uint64_t broken = 0;
    drive(stage, LIVE, 0);
    assert_true(stage->struck && !stage->revives);
    for (uint64_t i = 0; i < count; i++) {
        if (is_as_alone(stage, i)) continue;
        assert_int_equal(stage->verdict[i].reason, REASON_AGENT_FAULT);
        assert_int_equal(stage->verdict[i].seat, VICTIM);
        broken++;
    }
    assert_in_range(broken, LIVE / 2, count - stage->over_by_then);
    stage_discard(stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(many_at_once_over_processes_are_as_each_alone_in_memory,
                                        place_open, place_close),
        cmocka_unit_test_setup_teardown(a_killed_agent_is_started_again_for_all_runs_at_once,
                                        place_open, place_close),
        cmocka_unit_test_setup_teardown(a_killed_agent_that_stays_away_costs_the_runs_it_sat_in,
                                        place_open, place_close),
    };
    return cmocka_run_group_tests(tests, choose_runs, forget_runs);
}
