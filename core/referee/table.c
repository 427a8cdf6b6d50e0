/* The agenda of a run: every entry becomes events, each with its cause; what comes by itself. */
#include <assert.h>

#include "core/base/real.h"
#include "core/referee/run_state.h"

/* --- opening --- */

static void schedule(Referee *referee, Rank rank, SimTime at, uint32_t payload) {
    agenda_add(
        &referee->agenda,
        (AgendaEntry){.at = at, .rank = (uint8_t)rank, .seat = NP_NO_SEAT, .payload = payload});
}

/* Exponential, in whole seconds, at least one. The moment holds even if another deadline takes over. */
void table_draw_break(Referee *referee, SimTime from) {
    SimTime mean = referee->negotiation->terms.breaks_off;
    referee->breaks_off_at = NP_NEVER;
    if (mean <= 0) return;
    Rng luck = rng_stream(rng_key(referee->seed, "deadline"));
    double seconds = -(double)mean * real_log(1 - rng_unit(&luck));
    if (seconds >= 1e15) return;
    referee->breaks_off_at = from + (seconds < 1 ? 1 : (SimTime)seconds);
    schedule(referee, RANK_DEADLINE, referee->breaks_off_at, 1);
}

void table_open_luck(Referee *referee) {
    const Terms *terms = &referee->negotiation->terms;
    for (uint8_t table = 1; table <= terms->closed_tables; table++)
        referee->leak[table] = referee_stream(referee, "leak", terms->table[table].id);
    if (terms->mechanism->rounds) referee->crossed = rng_stream(rng_key(referee->seed, "crossed"));
}

void table_open(Referee *referee) {
    const Terms *terms = &referee->negotiation->terms;
    schedule(referee, RANK_DEADLINE, terms->deadline, 0);
    if (terms->stall_window > 0) schedule(referee, RANK_STALL, terms->stall_window, 0);
    if (terms->mechanism->rounds) schedule(referee, RANK_ROUND, 0, 0);
    table_open_luck(referee);
    table_draw_break(referee, 0);
}

/* --- what comes by itself --- */

/* Under other settings an offer may be infeasible, or cross a hard red line of who accepted it; another may have
 * every consent that is needed now. */
static void rule_change(Referee *referee, AgendaEntry entry) {
    if (referee->session.closed) return;
    conclusion_lapse(referee, entry.at, 0);
    if (session_ready(&referee->session) == 0) return;
    referee->now = entry.at;
    conclusion_settle(referee, 0);
}

static void rule_expiry(Referee *referee, AgendaEntry entry) {
    OfferPlace place;
    bool ended = session_expire(&referee->session, entry.sequence, entry.at, &place);
    if (!ended || referee->session.closed) return;
    referee->now = entry.at;
    conclusion_tell_lapse(referee, &place, referee->offer_event[place.table][place.seat]);
}

static void rule_deadline(Referee *referee, AgendaEntry entry) {
    bool breaks_off = entry.payload == 1;
    /* Either moment may have moved since this was noted. */
    SimTime due = breaks_off ? referee->breaks_off_at : referee->negotiation->terms.deadline;
    if (referee->signature != 0 || entry.at < due) return;
    referee->now = entry.at;
    conclusion_end(referee, VERDICT_BREAKDOWN, REASON_DEADLINE, NP_NO_SEAT, 1);
}

static void rule_stall(Referee *referee, AgendaEntry entry) {
    const Convergence *convergence = &referee->convergence;
    if (referee->signature != 0 || referee->negotiation->terms.stall_window == 0) return;
    SimTime due = convergence->progress_at + referee->negotiation->terms.stall_window;
    if (due > entry.at) {
        schedule(referee, RANK_STALL, due, 0);
        return;
    }
    referee->now = entry.at;
    conclusion_end(referee, VERDICT_BREAKDOWN, REASON_STALLED, NP_NO_SEAT,
                   convergence->progress_event);
}

/* Everybody is asked, also where nothing has happened. */
static void rule_round(Referee *referee, AgendaEntry entry) {
    const Terms *terms = &referee->negotiation->terms;
    if (!referee_asks(referee)) return;
    for (SeatId seat = 0; seat < terms->seats; seat++)
        inbox_ask_of_all(&referee->inbox[seat], entry.at);
    schedule(referee, RANK_ROUND, entry.at + terms->seat[0].delay, 0);
}

static void rule_wake(Referee *referee, AgendaEntry entry) {
    Inbox *inbox = &referee->inbox[entry.seat];
    if (inbox->wake != entry.at || !referee_asks(referee)) return;
    inbox->wake = NP_NEVER;
    inbox_ask(inbox, entry.at, true, 0);
}

typedef void Rule(Referee *, AgendaEntry);

void table_rule(Referee *referee, AgendaEntry entry) {
    static Rule *const during_talks[] = {
        [RANK_CHANGE] = rule_change,
        [RANK_EXPIRY] = rule_expiry,
        [RANK_TICK] = world_events_rule_tick,
        [RANK_PULL] = levers_rule_pull,
        [RANK_EFFECT] = levers_rule_effect,
        [RANK_SHOCK] = shocks_rule,
        [RANK_ANSWER] = moves_rule,
        [RANK_ANSWERED] = conclusion_rule_round,
        [RANK_MOVE] = moves_rule,
        [RANK_TURN_END] = moves_rule_turn_end,
        [RANK_MOVED] = conclusion_rule_round,
        [RANK_VOTE] = ratification_vote,
        [RANK_STALL] = rule_stall,
        [RANK_DEADLINE] = rule_deadline,
        [RANK_SIGHT] = world_events_rule_sight,
        [RANK_ROUND] = rule_round,
        [RANK_WAKE] = rule_wake,
    };
    static Rule *const after_agreement[RANK_WAKE + 1] = {
        [RANK_TICK] = world_events_rule_tick, [RANK_PULL] = levers_rule_pull,
        [RANK_EFFECT] = levers_rule_effect,   [RANK_SHOCK] = shocks_rule,
        [RANK_STEP] = peace_rule_step,        [RANK_HORIZON] = peace_rule_horizon,
    };
    Rule *rule = (referee->aftermath.on ? after_agreement : during_talks)[entry.rank];
    assert(entry.rank <= RANK_WAKE && (rule != NULL || referee->aftermath.on));
    if (rule != NULL) rule(referee, entry);
}
