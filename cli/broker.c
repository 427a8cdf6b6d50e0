/* nonpaper broker: the referee's process. Plumbing: a launcher starts it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cli/chosen_run.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/launcher.h"
#include "cli/output.h"
#include "cli/play.h"
#include "cli/runtime_directory.h"
#include "cli/verify_print.h"
#include "proto/channel_zmq.h"

static SeatId find_seat(const Terms *terms, const char *id) {
    for (SeatId seat = 0; seat < terms->seats; seat++)
        if (strcmp(terms->seat[seat].id, id) == 0) return seat;
    return NP_NO_SEAT;
}

/* Who started the agents, and how many were started again by now. */
typedef struct Launcher {
    const Terms *terms;
    unsigned revived[NP_MAX_SEATS];
} Launcher;

/* "SEAT N what happened", as the launcher says it of every agent whose process ended; of an agent that is
 * replaced already it is no news. */
static bool is_news(const Launcher *launcher, char *message, SeatId *seat, char **what) {
    char *space = strchr(message, ' ');
    if (space == NULL) return false;
    *space = '\0';
    *seat = find_seat(launcher->terms, message);
    return *seat != NP_NO_SEAT && strtoul(space + 1, what, 10) == launcher->revived[*seat] &&
           *(*what)++ == ' ';
}

/* When the launcher is gone the descriptor stays readable; its death signal stops us. */
static bool read_notice(void *context, SeatId *seat, char *what, size_t size) {
    char message[256], *rest;
    ssize_t length;
    while ((length = recv(LAUNCH_CONTROL_FD, message, sizeof message - 1, MSG_DONTWAIT)) > 0) {
        message[length] = '\0';
        if (!is_news(context, message, seat, &rest)) continue;
        snprintf(what, size, "%s", rest);
        return true;
    }
    return false;
}

static bool ask_to_revive(void *context, SeatId seat, const char *what) {
    Launcher *launcher = context;
    const char *id = launcher->terms->seat[seat].id;
    (void)what;
    launcher->revived[seat]++;
    return send(LAUNCH_CONTROL_FD, id, strlen(id), MSG_NOSIGNAL | MSG_DONTWAIT) > 0;
}

static void ask_to_dismiss(void *context, SeatId seat) {
    const Launcher *launcher = context;
    char message[80];
    int length = snprintf(message, sizeof message, "!%s", launcher->terms->seat[seat].id);
    send(LAUNCH_CONTROL_FD, message, (size_t)length, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static int serve(const PlayRequest *request, const char *directory) {
    const Terms *terms = &request_scenario(request)->negotiation.terms;
    char address[160];
    const char *ids[NP_MAX_SEATS];
    Error error = {0};
    snprintf(address, sizeof address, "ipc://%s/broker", directory);
    for (SeatId seat = 0; seat < terms->seats; seat++) ids[seat] = terms->seat[seat].id;
    Endpoint endpoint = {.address = address,
                         .waiting = {(int)option_integer(request->options, "spin", 0)}};
    Channel *channel = channel_zmq_bind(&endpoint, ids, terms->seats, LAUNCH_CONTROL_FD, &error);
    if (channel == NULL) return output_error(&error);
    Launcher launcher = {.terms = terms};
    PlayHost host = {.notice = read_notice,
                     .revive = ask_to_revive,
                     .dismiss = ask_to_dismiss,
                     .context = &launcher};
    int code = play(request, channel, &host);
    channel->type->destroy(channel);
    return code;
}

/* --- a recorded run once more --- */

static Channel *meet_again(const Options *options, const char *directory, const RunRow *row,
                           Error *error) {
    char address[160];
    const char *ids[NP_MAX_SEATS];
    snprintf(address, sizeof address, "ipc://%s/broker", directory);
    for (SeatId seat = 0; seat < row->seats; seat++) ids[seat] = row->seat_id[seat];
    Endpoint endpoint = {.address = address, .waiting = {(int)option_integer(options, "spin", 0)}};
    return channel_zmq_bind(&endpoint, ids, row->seats, -1, error);
}

static int verify(const Options *options, const char *directory) {
    Error error = {0};
    RunRow row;
    int code = 0;
    VerifyMeans means = {.beside = options_argument(options, 0)};
    Record *record = chosen_run_open(options, &row, &error);
    if (record != NULL) means.channel = meet_again(options, directory, &row, &error);
    bool good =
        means.channel != NULL && verify_and_print(options, record, &row, &means, &code, &error);
    if (means.channel != NULL) means.channel->type->destroy(means.channel);
    record_close(record);
    return output_finish(good ? code : output_error(&error));
}

enum { PLAY_VERIFY = PLAY_BRANCH + 1 }; /* as in the table of options */

int command_broker(const Options *options) {
    const char *directory = option_text(options, "directory", NULL);
    int code = 0;
    PlayRequest request = {.options = options, .source = options_argument(options, 0)};
    interrupt_catch();
    prctl(PR_SET_NAME, "nonpaper broker");
    if (directory == NULL) {
        output_note("nonpaper broker is started by nonpaper run");
        return ERROR_USAGE;
    }
    int play_kind = option_choice(options, "play", PLAY_RUN);
    if (play_kind == PLAY_VERIFY) {
        code = verify(options, directory);
        runtime_directory_remove(directory);
        return code;
    }
    request.kind = (PlayKind)play_kind;
    if (!request_read(&request, &code)) return code;
    request.lane = "processes";
    code = serve(&request, directory);
    request_finish(&request);
    runtime_directory_remove(directory);
    return code;
}
