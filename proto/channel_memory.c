#include "proto/channel_memory.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/base/text.h"

/* A seat's answers in the order of its grants. Copied, as far as they are used: a player's answer lasts
 * only until its next call, and a channel's until the next receive. */
typedef struct Pile {
    uint32_t answers, answer_capacity;
    uint32_t replies, reply_capacity;
    Answer *answer; /* `reply` is filled in when the pile goes out: it moves while the pile grows */
    Reply *reply;
} Pile;

typedef struct SeatBox {
    MemoryPlayer player;
    Pile coming; /* answered, not yet received */
    Pile gone;   /* what the last receive lent out */
    Error fault;
} SeatBox;

typedef struct MemoryChannel {
    Channel channel;
    uint8_t seats;
    SeatSet unannounced, answered, failing, failed;
    SeatBox box[NP_MAX_SEATS];
} MemoryChannel;

static MemoryChannel *of(Channel *channel) {
    return (MemoryChannel *)channel;
}

static SeatId first_of(SeatSet set) {
    return (SeatId)__builtin_ctz(set);
}

static void box_fail(MemoryChannel *memory, SeatId seat) {
    memory->failing |= seat_bit(seat);
    memory->failed |= seat_bit(seat);
}

/* --- piles --- */

static void copy_action(Action *to, const Action *from) {
    memcpy(to, from, offsetof(Action, menu));
    menu_copy(to->menu, from->menu, from->packages > NP_MAX_MENU ? NP_MAX_MENU : from->packages);
}

static void copy_reply(Reply *to, const Reply *from) {
    to->at = from->at;
    to->wake_at = from->wake_at;
    to->moves = from->moves;
    for (uint32_t i = 0; i < from->moves && i < NP_MAX_MOVES; i++)
        copy_action(&to->move[i], &from->move[i]);
}

static void pile_reserve(Pile *pile, uint32_t replies) {
    if (pile->answers == pile->answer_capacity) {
        pile->answer_capacity = pile->answers ? pile->answers * 2 : 4;
        pile->answer = memory_grow(pile->answer, pile->answer_capacity, sizeof *pile->answer);
    }
    if (pile->replies + replies <= pile->reply_capacity) return;
    pile->reply_capacity = (pile->replies + replies) * 2;
    pile->reply = memory_grow(pile->reply, pile->reply_capacity, sizeof *pile->reply);
}

static void pile_add(Pile *pile, const Answer *answer) {
    pile_reserve(pile, answer->replies);
    for (uint32_t i = 0; i < answer->replies; i++)
        copy_reply(&pile->reply[pile->replies + i], &answer->reply[i]);
    pile->answer[pile->answers++] = *answer;
    pile->replies += answer->replies;
}

static void pile_point(Pile *pile) {
    Reply *next = pile->reply;
    for (uint32_t i = 0; i < pile->answers; i++) {
        pile->answer[i].reply = next;
        next += pile->answer[i].replies;
    }
}

static void pile_finish(Pile *pile) {
    memory_free(pile->answer);
    memory_free(pile->reply);
}

/* --- the channel --- */

static bool memory_open_run(Channel *channel, const Brief *brief, Error *error) {
    MemoryChannel *memory = of(channel);
    SeatBox *box = &memory->box[brief->seat];
    (void)error;
    assert(brief->seat < memory->seats);
    if (seat_in(memory->failed, brief->seat)) return true;
    if (!box->player.open_run(box->player.player, brief, &box->fault))
        box_fail(memory, brief->seat);
    return true;
}

static bool memory_grant(Channel *channel, const Grant *grant, Error *error) {
    MemoryChannel *memory = of(channel);
    SeatBox *box = &memory->box[grant->seat];
    Answer answer;
    (void)error;
    assert(grant->seat < memory->seats);
    if (seat_in(memory->failed, grant->seat)) return true;
    if (!box->player.obey(box->player.player, grant, &answer, &box->fault)) {
        box_fail(memory, grant->seat);
        return true;
    }
    pile_add(&box->coming, &answer);
    memory->answered |= seat_bit(grant->seat);
    return true;
}

static bool memory_flush(Channel *channel, Error *error) {
    (void)channel;
    (void)error;
    return true;
}

static void receive_ready(MemoryChannel *memory, Arrival *arrival) {
    arrival->kind = ARRIVAL_READY;
    arrival->seat = first_of(memory->unannounced);
    memory->unannounced &= memory->unannounced - 1;
    arrival->deterministic = true;
    arrival->detail[0] = '\0';
}

static void receive_answers(MemoryChannel *memory, Arrival *arrival) {
    arrival->kind = ARRIVAL_ANSWERS;
    arrival->seat = first_of(memory->answered);
    memory->answered &= memory->answered - 1;
    SeatBox *box = &memory->box[arrival->seat];
    Pile coming = box->coming;
    box->coming = box->gone;
    box->gone = coming;
    box->coming.answers = box->coming.replies = 0;
    pile_point(&box->gone);
    arrival->answers = box->gone.answers;
    arrival->answer = box->gone.answer;
}

static void receive_fault(MemoryChannel *memory, Arrival *arrival) {
    arrival->kind = ARRIVAL_FAULT;
    arrival->seat = first_of(memory->failing);
    memory->failing &= memory->failing - 1;
    text_safe(arrival->detail, sizeof arrival->detail, memory->box[arrival->seat].fault.text);
}

/* Nobody answers later than at once, so there is never anything to wait for. */
static bool memory_receive(Channel *channel, int timeout_ms, Arrival *arrival, Error *error) {
    MemoryChannel *memory = of(channel);
    (void)timeout_ms;
    (void)error;
    arrival->kind = ARRIVAL_NOTHING;
    arrival->seat = NP_NO_SEAT;
    arrival->answers = 0;
    arrival->answer = NULL;
    arrival->detail[0] = '\0';
    arrival->deterministic = arrival->declared = false;
    if (memory->unannounced)
        receive_ready(memory, arrival);
    else if (memory->answered)
        receive_answers(memory, arrival);
    else if (memory->failing)
        receive_fault(memory, arrival);
    return true;
}

static bool memory_close_run(Channel *channel, uint64_t run, SeatSet seats, Error *error) {
    MemoryChannel *memory = of(channel);
    (void)error;
    for (SeatSet left = seats; left; left &= left - 1) {
        SeatBox *box = &memory->box[first_of(left)];
        box->player.close_run(box->player.player, run);
    }
    return true;
}

static void memory_destroy(Channel *channel) {
    MemoryChannel *memory = of(channel);
    for (uint8_t seat = 0; seat < memory->seats; seat++) {
        pile_finish(&memory->box[seat].coming);
        pile_finish(&memory->box[seat].gone);
    }
    memory_free(memory);
}

static const ChannelType memory_type = {
    .name = "memory",
    .open_run = memory_open_run,
    .grant = memory_grant,
    .flush = memory_flush,
    .receive = memory_receive,
    .close_run = memory_close_run,
    .destroy = memory_destroy,
};

Channel *channel_memory_create(const MemoryPlayer *players, uint8_t seats) {
    MemoryChannel *memory = memory_new(1, sizeof *memory);
    assert(seats <= NP_MAX_SEATS);
    memory->channel.type = &memory_type;
    memory->seats = seats;
    memory->unannounced = seat_bit(seats) - 1;
    for (uint8_t seat = 0; seat < seats; seat++) memory->box[seat].player = players[seat];
    return &memory->channel;
}
