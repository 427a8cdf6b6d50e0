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

static Channel *connect_players(const MemoryLane *lane) {
    MemoryPlayer players[NP_MAX_SEATS];
    for (SeatId seat = 0; seat < lane->seats; seat++)
        players[seat] = (MemoryPlayer){.player = lane->player[seat],
                                       .open_run = open_run,
                                       .obey = obey,
                                       .close_run = close_run};
    return channel_memory_create(players, lane->seats);
}

void memory_lane_open(MemoryLane *lane, uint8_t seats, const Repertoire *repertoire) {
    lane->seats = seats;
    lane->own = NULL;
    for (SeatId seat = 0; seat < seats; seat++) lane->player[seat] = player_create(repertoire);
    lane->channel = connect_players(lane);
}

void memory_lane_renew(MemoryLane *lane) {
    lane->channel->type->destroy(lane->channel);
    lane->channel = connect_players(lane);
}

bool memory_lane_cast(MemoryLane *lane, const Cast *cast, bool trusted, Error *error) {
    Repertoire *repertoire = cast_repertoire(cast, trusted, error);
    if (repertoire == NULL) return false;
    memory_lane_open(lane, cast->seats, repertoire);
    lane->own = repertoire;
    return true;
}

void memory_lane_close(MemoryLane *lane) {
    lane->channel->type->destroy(lane->channel);
    for (SeatId seat = 0; seat < lane->seats; seat++) player_destroy(lane->player[seat]);
    repertoire_destroy(lane->own);
}
