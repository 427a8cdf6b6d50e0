#include "cli/sitting.h"

#include <stdio.h>

#include "broker/broker.h"
#include "cli/interrupt.h"

enum { RUN = 1 };

/* --- slots of our own players --- */

static bool open_run(void *player, const Brief *brief, Error *error) {
    return player_open_run(player, brief, error);
}

static bool obey(void *player, const Grant *grant, Answer *answer, Error *error) {
    return player_obey(player, grant, answer, error);
}

static void close_run(void *player, uint64_t run) {
    player_close_run(player, run);
}

MemoryPlayer sitting_player(Player *player) {
    return (MemoryPlayer){
        .player = player, .open_run = open_run, .obey = obey, .close_run = close_run};
}

/* --- what the broker says --- */

void sitting_note_fault(Sitting *sitting, const Event *event) {
    if (sitting->faulty == 0)
        snprintf(sitting->fault, sizeof sitting->fault, "%.*s", (int)event->text_length,
                 event->text);
    sitting->faulty |= seat_bit(event->seat);
}

static bool take_events(void *context, uint64_t run, const Event *events, const uint8_t *bytes,
                        const uint32_t *offsets, uint32_t count, Error *error) {
    Sitting *sitting = context;
    (void)run, (void)bytes, (void)offsets, (void)error;
    for (uint32_t i = 0; i < count; i++) {
        if (events[i].kind == NP_EVENT_FAULT) sitting_note_fault(sitting, &events[i]);
        if (sitting->tell != NULL) sitting->tell(sitting->context, &events[i]);
    }
    return true;
}

static bool take_verdict(void *context, uint64_t run, const Verdict *verdict, Error *error) {
    Sitting *sitting = context;
    (void)run, (void)error;
    sitting->verdict = *verdict;
    return true;
}

static bool stop_asked(void *context) {
    (void)context;
    return interrupt_asked();
}

/* --- playing --- */

/* A player that failed is not told that its run is over; here it plays the next one. */
static void leave(const Sitting *sitting, uint8_t seats) {
    for (SeatId seat = 0; seat < seats; seat++)
        sitting->player[seat].close_run(sitting->player[seat].player, RUN);
}

bool sitting_play(Sitting *sitting, Error *error) {
    const Terms *terms = &sitting->negotiation->terms;
    BrokerOptions options = {.patience_ms = -1, .welcome_ms = -1, .live = 1, .stop = stop_asked};
    BrokerSink sink = {.context = sitting, .events = take_events, .verdict = take_verdict};
    BrokerRun run = {.run = RUN,
                     .negotiation = sitting->negotiation,
                     .seed = sitting->seed,
                     .strategy = sitting->strategy};
    Channel *channel = channel_memory_create(sitting->player, terms->seats);
    Broker *broker = broker_create(channel, &options, sink);
    sitting->faulty = 0;
    sitting->fault[0] = '\0';
    bool good = broker_wait_ready(broker, terms, error) && broker_drive(broker, &run, 1, error);
    broker_destroy(broker);
    channel->type->destroy(channel);
    leave(sitting, terms->seats);
    return good;
}
