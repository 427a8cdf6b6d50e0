#include "cli/lane_memory.h"

static bool open_run(void *player, const Brief *brief, Error *error) {
    return player_open_run(player, brief, error);
}

static bool obey(void *player, const Grant *grant, Answer *answer, Error *error) {
    return player_obey(player, grant, answer, error);
}

static void close_run(void *player, uint64_t run) {
    player_close_run(player, run);
}

void memory_lane_open(MemoryLane *lane, uint8_t seats, const Repertoire *repertoire) {
    MemoryPlayer players[NP_MAX_SEATS];
    lane->seats = seats;
    for (SeatId seat = 0; seat < seats; seat++) {
        lane->player[seat] = player_create(repertoire);
        players[seat] = (MemoryPlayer){.player = lane->player[seat],
                                       .open_run = open_run,
                                       .obey = obey,
                                       .close_run = close_run};
    }
    lane->channel = channel_memory_create(players, seats);
}

void memory_lane_close(MemoryLane *lane) {
    lane->channel->type->destroy(lane->channel);
    for (SeatId seat = 0; seat < lane->seats; seat++) player_destroy(lane->player[seat]);
}
