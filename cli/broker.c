/* nonpaper broker: the referee's process. Plumbing: a launcher starts it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/launcher.h"
#include "cli/output.h"
#include "cli/play.h"
#include "cli/runtime_directory.h"
#include "proto/channel_zmq.h"

static SeatId find_seat(const Terms *terms, const char *id) {
    for (SeatId seat = 0; seat < terms->seats; seat++)
        if (strcmp(terms->seat[seat].id, id) == 0) return seat;
    return NP_NO_SEAT;
}

/* The launcher says "SEAT what happened" for every agent whose process ended. When the launcher is gone
 * the descriptor stays readable; its death signal stops us. */
static bool read_notice(void *context, SeatId *seat, char *what, size_t size) {
    const Terms *terms = context;
    char message[256];
    ssize_t length = recv(LAUNCH_CONTROL_FD, message, sizeof message - 1, MSG_DONTWAIT);
    if (length <= 0) return false;
    message[length] = '\0';
    char *space = strchr(message, ' ');
    if (space == NULL) return false;
    *space = '\0';
    *seat = find_seat(terms, message);
    snprintf(what, size, "%s", space + 1);
    return *seat != NP_NO_SEAT;
}

static bool ask_to_revive(void *context, SeatId seat, const char *what) {
    const Terms *terms = context;
    (void)what;
    const char *id = terms->seat[seat].id;
    return send(LAUNCH_CONTROL_FD, id, strlen(id), MSG_NOSIGNAL | MSG_DONTWAIT) > 0;
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
    PlayHost host = {.notice = read_notice, .revive = ask_to_revive, .context = (void *)terms};
    int code = play(request, channel, &host);
    channel->type->destroy(channel);
    return code;
}

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
    request.kind = (PlayKind)option_choice(options, "play", PLAY_RUN);
    if (!request_read(&request, &code)) return code;
    request.lane = "processes";
    code = serve(&request, directory);
    request_finish(&request);
    runtime_directory_remove(directory);
    return code;
}
