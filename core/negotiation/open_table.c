/* The open table: anybody may move at any time; each seat has one standing menu at every table
 * of which it is a member. */
#include "core/negotiation/session.h"

static Ruling open_table_judge(const Session *session, SeatId seat, const Action *action,
                               SimTime at) {
    (void)session, (void)seat, (void)action, (void)at;
    return NP_RULING_OK;
}

static void open_table_apply(Session *session, SeatId seat, const Action *action, SimTime at,
                             Effect *effect) {
    session_make_move(session, seat, action, at, effect);
}

const Mechanism mechanism_open_table = {
    .name = "open-table",
    .summary = "asynchronous offers: anybody may table, accept, reject or withdraw at any time",
    .closed_tables = true,
    .menu_limit = NP_MAX_MENU,
    .judge = open_table_judge,
    .apply = open_table_apply,
};
