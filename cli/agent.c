/* nonpaper agent SEAT: the player's process. Given a seat and an address, it knows what the broker tells
 * it and nothing else. */
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "agents/player.h"
#include "agents/sandbox.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "proto/channel_zmq.h"

static bool obey_grant(Player *player, AgentChannel *channel, const Order *order, Error *error) {
    Answer answer;
    return player_obey(player, &order->grant, &answer, error) &&
           agent_channel_answer(channel, &answer, error);
}

/* Says why, and stays until it was heard: an agent that leaves at once is only known to be gone. */
static void give_up(AgentChannel *channel, const Error *error) {
    enum { HEARD_MS = 2000 };
    Order order = {.kind = ORDER_CLOSE_RUN};
    agent_channel_fault(channel, error->text);
    while (order.kind != ORDER_NOTHING && order.kind != ORDER_GOODBYE)
        if (!agent_channel_next(channel, HEARD_MS, &order, NULL)) return;
}

/* A strategy that refuses to open is the broker's to know and the end of this agent. */
static bool open_run(Player *player, AgentChannel *channel, const Order *order,
                     const char *strategy, Error *error) {
    Brief brief = order->brief;
    if (strategy != NULL) brief.strategy = strategy;
    if (player_open_run(player, &brief, error)) return true;
    give_up(channel, error);
    return false;
}

static bool play_seat(Player *player, AgentChannel *channel, const char *strategy, Error *error) {
    Order order;
    while (agent_channel_next(channel, -1, &order, error)) {
        switch (order.kind) {
        case ORDER_NOTHING: break;
        case ORDER_OPEN_RUN:
            if (!open_run(player, channel, &order, strategy, error)) return false;
            break;
        case ORDER_GRANT:
            if (!obey_grant(player, channel, &order, error)) {
                give_up(channel, error);
                return false;
            }
            break;
        case ORDER_CLOSE_RUN: player_close_run(player, order.run); break;
        case ORDER_GOODBYE: return true;
        }
    }
    return false;
}

/* For those who look at short names only; the kernel cuts it to 15 bytes. */
static void take_name(const char *seat) {
    char name[64];
    snprintf(name, sizeof name, "nonpaper %.32s", seat);
    prctl(PR_SET_NAME, name);
}

/* --- containment --- */

/* What an agent is before it knows anything: its repertoire, opened but not yet executed. */
typedef struct Actor {
    const Options *options;
    Repertoire *repertoire;
    bool trusted;
    SandboxPlan plan;
} Actor;

static bool is_admitted(Actor *actor, Error *error) {
    size_t at = 0;
    for (const char *word; (word = option_next(actor->options, "load", &at)) != NULL;)
        if (!repertoire_admit(actor->repertoire, word, error)) return false;
    return true;
}

/* From here on the process opens nothing any more. */
static void prepare(Actor *actor, const char *address) {
    if (actor->trusted) return;
    actor->plan.network = strncmp(address, "tcp:", 4) == 0;
    actor->plan.without_landlock = option_given(actor->options, "without-landlock");
    actor->plan.loans = repertoire_loans(actor->repertoire, actor->plan.loan, SANDBOX_MAX_LOANS);
    sandbox_prepare(&actor->plan);
}

static bool enter(Actor *actor, Error *error) {
    SandboxLevel level = actor->trusted ? SANDBOX_NONE : sandbox_enter(&actor->plan);
    if (actor->trusted || level != SANDBOX_NONE || actor->plan.loans == 0) return true;
    return error_set(error, ERROR_CANT_TELL,
                     "this machine cannot contain a shared object (see nonpaper doctor): it is not "
                     "loaded; --trust loads it all the same");
}

static bool load(Actor *actor, Error *error) {
    size_t at = 0;
    for (const char *word; (word = option_next(actor->options, "load", &at)) != NULL;)
        if (!repertoire_load(actor->repertoire, word, error)) return false;
    return true;
}

/* What goes wrong with a strategy's file is the broker's to know. */
static bool get_ready(Actor *actor, AgentChannel *channel, Error *error) {
    if (enter(actor, error) && load(actor, error)) return true;
    give_up(channel, error);
    return false;
}

static int act(Actor *actor, const Endpoint *endpoint, Error *error) {
    Introduction introduction = {.seat = options_argument(actor->options, 0),
                                 .deterministic = true};
    int patience_ms = (int)(option_number(actor->options, "patience", 20) * 1000);
    AgentChannel *channel = agent_channel_connect(endpoint, &introduction, patience_ms, error);
    if (channel == NULL) return output_error(error);
    Player *player = player_create(actor->repertoire);
    bool good = get_ready(actor, channel, error) &&
                play_seat(player, channel, option_text(actor->options, "strategy", NULL), error);
    player_destroy(player);
    agent_channel_close(channel);
    return good ? 0 : output_error(error);
}

int command_agent(const Options *options) {
    Error error = {0};
    Endpoint endpoint = {.address = option_text(options, "connect", NULL),
                         .waiting = {(int)option_integer(options, "spin", 0)}};
    Actor actor = {.options = options, .trusted = option_given(options, "trust")};
    if (endpoint.address == NULL) {
        output_note("nonpaper agent needs --connect ADDRESS");
        return ERROR_USAGE;
    }
    take_name(options_argument(options, 0));
    if (!actor.trusted) sandbox_close_descriptors();
    actor.repertoire = repertoire_create(TRUST_CODE);
    if (!is_admitted(&actor, &error)) {
        repertoire_destroy(actor.repertoire);
        return output_error(&error);
    }
    prepare(&actor, endpoint.address);
    int code = act(&actor, &endpoint, &error);
    (void)fflush(stderr);
    /* In the sandbox nothing that a plug-in has left to be called at the end is called, and what looks for leaks could
     * not look. */
    if (!actor.trusted) _exit(code);
    repertoire_destroy(actor.repertoire);
    return code;
}
