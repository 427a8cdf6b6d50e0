/* The channel in memory: who hears what, in which order, and that nothing is allocated once warm. */
#include <stdio.h>
#include <string.h>

#include "proto/channel_memory.h"
#include "tests/proto/samples.h"

enum { SEATS = 3 };

/* Answers each grant with an offer of `seat`, in memory that the next call overwrites. */
typedef struct Parrot {
    SeatId seat;
    bool fails;
    uint32_t opened, closed, obeyed;
    Reply reply[4];
} Parrot;

static bool parrot_open(void *player, const Brief *brief, Error *error) {
    Parrot *parrot = player;
    assert_int_equal(brief->seat, parrot->seat);
    parrot->opened++;
    return !parrot->fails || error_set(error, ERROR_AGENT, "I do not play\x07");
}

static bool parrot_obey(void *player, const Grant *grant, Answer *answer, Error *error) {
    Parrot *parrot = player;
    (void)error;
    memset(parrot->reply, 0, sizeof parrot->reply);
    for (uint32_t i = 0; i < grant->occasions; i++) {
        parrot->reply[i].at = grant->occasion[i].at;
        parrot->reply[i].wake_at = (SimTime)grant->run;
        parrot->reply[i].moves = 1;
        parrot->reply[i].move[0] = (Action){.kind = NP_OFFER, .packages = 1};
        parrot->reply[i].move[0].menu[0].option[0] = parrot->seat;
    }
    parrot->obeyed++;
    *answer = (Answer){grant->run, parrot->seat, grant->occasions, parrot->reply};
    return true;
}

static void parrot_close(void *player, uint64_t run) {
    (void)run;
    ((Parrot *)player)->closed++;
}

typedef struct Room {
    Parrot parrot[SEATS];
    Channel *channel;
    Arrival arrival;
} Room;

static int room_open(void **state) {
    Room *room = memory_new(1, sizeof *room);
    MemoryPlayer players[SEATS];
    for (SeatId seat = 0; seat < SEATS; seat++) {
        room->parrot[seat].seat = seat;
        players[seat] = (MemoryPlayer){&room->parrot[seat], parrot_open, parrot_obey, parrot_close};
    }
    room->channel = channel_memory_create(players, SEATS);
    *state = room;
    return 0;
}

static int room_close(void **state) {
    Room *room = *state;
    room->channel->type->destroy(room->channel);
    memory_free(room);
    return 0;
}

static ArrivalKind receive(Room *room) {
    assert_true(room->channel->type->receive(room->channel, -1, &room->arrival, NULL));
    return room->arrival.kind;
}

static void grant(Room *room, uint64_t run, SeatId seat) {
    const Grant one = sample_grant(run, seat);
    assert_true(room->channel->type->grant(room->channel, &one, NULL));
}

static void open_run(Room *room, uint64_t run, SeatId seat) {
    const Brief brief = {run, seat, sample_terms(), NULL, NULL, {{0, 0}}, "parrot"};
    assert_true(room->channel->type->open_run(room->channel, &brief, NULL));
}

static void all_ready(Room *room) {
    for (SeatId seat = 0; seat < SEATS; seat++) assert_int_equal(receive(room), ARRIVAL_READY);
}

static void every_seat_is_ready_once(void **state) {
    Room *room = *state;
    for (SeatId seat = 0; seat < SEATS; seat++) {
        assert_int_equal(receive(room), ARRIVAL_READY);
        assert_int_equal(room->arrival.seat, seat);
    }
    assert_int_equal(receive(room), ARRIVAL_NOTHING);
}

static void a_grant_is_answered(void **state) {
    Room *room = *state;
    all_ready(room);
    open_run(room, 9, 1);
    grant(room, 9, 1);
    assert_true(room->channel->type->flush(room->channel, NULL));
    assert_int_equal(receive(room), ARRIVAL_ANSWERS);
    assert_int_equal(room->arrival.seat, 1);
    assert_int_equal(room->arrival.answers, 1);
    const Answer *answer = room->arrival.answer;
    assert_int_equal(answer->run, 9);
    assert_int_equal(answer->seat, 1);
    assert_int_equal(answer->replies, 1);
    assert_int_equal(answer->reply[0].at, 7200);
    assert_int_equal(answer->reply[0].move[0].menu[0].option[0], 1);
    assert_int_equal(receive(room), ARRIVAL_NOTHING);
    assert_true(room->channel->type->close_run(room->channel, 9, seat_bit(1), NULL));
    assert_int_equal(room->parrot[1].closed, 1);
    assert_int_equal(room->parrot[0].closed, 0);
}

static void answers_of_many_runs_come_in_their_order(void **state) {
    Room *room = *state;
    all_ready(room);
    for (uint64_t run = 1; run <= 1000; run++)
        for (SeatId seat = 0; seat < SEATS; seat++) grant(room, run, seat);
    for (SeatId seat = 0; seat < SEATS; seat++) {
        assert_int_equal(receive(room), ARRIVAL_ANSWERS);
        assert_int_equal(room->arrival.seat, seat);
        assert_int_equal(room->arrival.answers, 1000);
        for (uint32_t i = 0; i < 1000; i++) {
            assert_int_equal(room->arrival.answer[i].run, i + 1);
            assert_int_equal(room->arrival.answer[i].reply[0].wake_at, i + 1);
        }
    }
}

/* A broker answers while it goes through what it received. */
static void what_was_received_stays_while_new_grants_go_out(void **state) {
    Room *room = *state;
    all_ready(room);
    for (uint64_t run = 1; run <= 10; run++) grant(room, run, 0);
    assert_int_equal(receive(room), ARRIVAL_ANSWERS);
    for (uint32_t i = 0; i < 10; i++) {
        assert_int_equal(room->arrival.answer[i].reply[0].wake_at, i + 1);
        grant(room, 100 + i, 0);
    }
    assert_int_equal(receive(room), ARRIVAL_ANSWERS);
    assert_int_equal(room->arrival.answers, 10);
    assert_int_equal(room->arrival.answer[9].reply[0].wake_at, 109);
}

static void a_player_that_refuses_is_a_fault_of_its_seat(void **state) {
    Room *room = *state;
    all_ready(room);
    room->parrot[2].fails = true;
    open_run(room, 1, 2);
    grant(room, 1, 2);
    grant(room, 1, 0);
    assert_int_equal(receive(room), ARRIVAL_ANSWERS);
    assert_int_equal(room->arrival.seat, 0);
    assert_int_equal(receive(room), ARRIVAL_FAULT);
    assert_int_equal(room->arrival.seat, 2);
    assert_string_equal(room->arrival.detail, "I do not play\\x07");
    assert_int_equal(receive(room), ARRIVAL_NOTHING);
    assert_int_equal(room->parrot[2].obeyed, 0);
}

static void a_warm_channel_does_not_allocate(void **state) {
    Room *room = *state;
    all_ready(room);
    uint64_t warm = 0;
    for (uint64_t run = 1; run <= 100000; run++) {
        for (SeatId seat = 0; seat < SEATS; seat++) grant(room, run, seat);
        for (SeatId seat = 0; seat < SEATS; seat++)
            assert_int_equal(receive(room), ARRIVAL_ANSWERS);
        if (run == 10) warm = memory_allocations();
    }
    assert_int_equal(memory_allocations(), warm);
}

#define IT(test) cmocka_unit_test_setup_teardown(test, room_open, room_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IT(every_seat_is_ready_once),
        IT(a_grant_is_answered),
        IT(answers_of_many_runs_come_in_their_order),
        IT(what_was_received_stays_while_new_grants_go_out),
        IT(a_player_that_refuses_is_a_fault_of_its_seat),
        IT(a_warm_channel_does_not_allocate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
