/* What holds under every mechanism, whatever anybody does: random moves against all of them, and after each
 * one every rule is looked at from outside, with books of its own (ledger.h). */
#include <string.h>

#include "core/base/memory.h"
#include "core/base/rng.h"
#include "tests/core/base/suite.h"
#include "tests/core/negotiation/ledger.h"
#include "tests/fixtures/anybody.h"
#include "tests/fixtures/negotiations.h"

enum { SEEDS = 400, MOVES = 150 };

typedef struct Seen {
    uint32_t conclusions, accords, refusals[16], texts, costs, crossed;
} Seen;

typedef struct Talks {
    const Terms *terms;
    Negotiation *negotiation;
    Session session, before;
    Effect effect;
    Ledger ledger;
    SimTime now;
    uint32_t paid[NP_MAX_SEATS][NP_MAX_ISSUES];
    Seen *seen;
} Talks;

/* --- looking --- */

static void check_refusal(const Talks *talks) {
    assert_int_equal(talks->effect.kind, NP_EVENT_REFUSAL);
    assert_false(talks->effect.concluded || talks->effect.newly || talks->effect.breaks_commitment);
    assert_memory_equal(&talks->before, &talks->session, sizeof talks->session);
    talks->seen->refusals[talks->effect.ruling]++;
}

/* I4: on the table, consented to by all whom it needs, each with authority and at that table; across no hard red
 * line of who signed; feasible; reopening nothing. */
static void check_conclusion(Talks *talks, const Session *before) {
    const Effect *effect = &talks->effect;
    const Domain *domain = &talks->terms->domain;
    const Outcome *package = &effect->conclusion;
    SeatSet pool = ledger_pool(&talks->ledger, effect->table, package);
    SeatSet needed = consent_needed(&talks->terms->consent, domain, &before->status_quo, package);
    assert_int_equal(effect->accepted, pool);
    assert_int_equal(effect->signatories, pool & before->authorised);
    assert_true(pool != 0);
    assert_int_equal(needed & ~effect->signatories, 0);
    assert_int_equal(pool & ~session_members(before, effect->table), 0);
    Outcome lived = domain_fill(domain, package, &before->status_quo);
    assert_null(domain_excludes(domain, &lived));
    for (SeatId seat = 0; seat < talks->terms->seats; seat++)
        if (seat_in(pool, seat))
            assert_null(profile_crosses(&talks->negotiation->profile[seat], &lived));
    for (uint8_t issue = 0; issue < domain->issues; issue++)
        if ((before->settled >> issue & 1u) != 0 && package->option[issue] != NP_NO_OPTION)
            assert_int_equal(package->option[issue], before->status_quo.option[issue]);
    if (talks->terms->mechanism->mediated) {
        assert_true(before->final || effect->kind == NP_EVENT_OFFER);
        assert_true(outcome_equal(package, &before->text));
    }
    assert_int_equal(effect->partial, !domain_complete(domain, package));
    assert_int_equal(talks->session.closed, !effect->partial);
    effect->partial ? talks->seen->accords++ : talks->seen->conclusions++;
}

static void check_role(const Talks *talks, SeatId seat, const Action *action) {
    const Mechanism *mechanism = talks->terms->mechanism;
    if (mechanism->turns) assert_int_equal(seat, talks->before.turn);
    if (mechanism->mediated && action->kind == NP_OFFER)
        assert_int_equal(seat, talks->terms->mediator);
    if (mechanism->mediated && (action->kind == NP_ACCEPT || action->kind == NP_REJECT))
        assert_int_not_equal(seat, talks->terms->mediator);
    if (mechanism->rounds && (action->kind == NP_OFFER || action->kind == NP_ACCEPT))
        assert_false(talks->before.round == talks->now && seat_in(talks->before.moved, seat));
    if (action->kind != NP_OFFER) return;
    assert_in_range(action->packages, 1, talks->terms->menu_limit);
    assert_true(action->packages <= mechanism->menu_limit);
    assert_true(seat_in(session_members(&talks->before, action->table), seat));
}

/* A draft becomes the text when all judges prefer it, and only then; nobody is bound by that. */
static void check_text(const Talks *talks) {
    if (outcome_equal(&talks->before.text, &talks->session.text)) return;
    SeatSet judges = talks->terms->consent.all & ~seat_bit(talks->terms->mediator);
    SeatSet pool = ledger_pool(&talks->ledger, 0, &talks->session.text);
    assert_int_equal(talks->effect.kind, NP_EVENT_ACCEPTANCE);
    assert_int_equal(judges & ~pool, 0);
    assert_false(talks->effect.concluded);
    talks->seen->texts++;
}

static void check_lever(const Talks *talks, SeatId seat, const Action *action) {
    for (uint8_t i = 0; i < talks->terms->levers; i++) {
        bool moved = talks->session.level[i] != talks->before.level[i];
        assert_int_equal(moved, talks->effect.kind == NP_EVENT_LEVER && action->lever == i);
    }
    if (talks->effect.kind != NP_EVENT_LEVER) return;
    const Lever *lever = &talks->terms->lever[action->lever];
    assert_int_equal(lever->seat, seat);
    assert_true(lever->least <= action->level && action->level <= lever->most);
    assert_true(talks->effect.before == talks->before.level[action->lever]);
    assert_true(talks->effect.level == talks->session.level[action->lever]);
}

/* Each commitment broken in public costs once, by a tariff that grows with the number of commitments. */
static void check_commitments(Talks *talks, SeatId seat, const Action *action) {
    const Effect *effect = &talks->effect;
    uint32_t sworn = 0, newly = 0;
    bool breaks = false;
    bool offers = effect->kind == NP_EVENT_OFFER, accepts = effect->kind == NP_EVENT_ACCEPTANCE;
    for (uint8_t issue = 0; issue < talks->terms->domain.issues; issue++)
        for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++) {
            if ((talks->before.ruled_out[seat][issue] >> option & 1u) == 0) continue;
            bool named = false;
            sworn++;
            for (uint8_t k = 0; offers && k < action->packages; k++)
                named |= action->menu[k].option[issue] == option;
            if (accepts)
                named = talks->ledger.entry[effect->offer].menu[effect->package].option[issue] ==
                        option;
            breaks |= named;
            if (effect->table != 0) continue; /* nobody knows of it yet */
            newly += named && (talks->paid[seat][issue] >> option & 1u) == 0;
            if (named) talks->paid[seat][issue] |= UINT32_C(1) << option;
        }
    Utility tariff = talks->terms->audience_base + sworn * talks->terms->audience_step;
    assert_int_equal(effect->breaks_commitment, breaks);
    assert_int_equal(effect->audience_cost, newly * tariff);
    talks->seen->costs += effect->audience_cost > 0;
}

/* --- moving --- */

static void end_what_lapses(Talks *talks) {
    OfferPlace lapsed[SESSION_MAX_STANDING];
    uint32_t count = session_lapse(&talks->session, lapsed);
    for (uint32_t i = 0; i < count; i++) ledger_end(&talks->ledger, lapsed[i].number);
}

static void conclude_what_is_ready(Talks *talks, Rng *luck) {
    for (uint32_t ready; (ready = session_ready(&talks->session)) > 0;) {
        talks->seen->crossed += ready > 1;
        talks->before = talks->session;
        session_conclude(&talks->session, rng_below(luck, ready), &talks->effect);
        assert_true(talks->effect.concluded);
        check_conclusion(talks, &talks->before);
        end_what_lapses(talks);
    }
}

static void make_move(Talks *talks, SeatId seat, const Action *action, Rng *luck) {
    talks->before = talks->session;
    session_apply(&talks->session, seat, action, talks->now, &talks->effect);
    if (talks->effect.ruling != NP_RULING_OK) {
        check_refusal(talks);
        return;
    }
    assert_true(!talks->before.closed || action->kind == NP_LEVER);
    ledger_move(&talks->ledger, seat, action, &talks->effect, talks->terms->mechanism->turns);
    check_role(talks, seat, action);
    check_lever(talks, seat, action);
    check_text(talks);
    check_commitments(talks, seat, action);
    if (!talks->effect.concluded) return;
    assert_false(talks->terms->mechanism->rounds);
    check_conclusion(talks, &talks->before);
    end_what_lapses(talks);
    conclude_what_is_ready(talks, luck);
}

/* Anything; but often enough what carries the talks on. */
static Action choose_move(const Talks *talks, SeatId seat, Rng *luck) {
    Action action = anybody_action(luck, talks->terms, talks->session.offers);
    if (rng_below(luck, 2) == 0) action.package = 0;
    if (talks->terms->mechanism->mediated && seat == talks->terms->mediator &&
        rng_below(luck, 2) == 0) {
        action.kind = NP_OFFER;
        action.packages = 1;
        action.menu[0] = talks->session.text;
    }
    return action;
}

static SeatId choose_seat(const Talks *talks, Rng *luck) {
    if (talks->terms->mechanism->turns && rng_below(luck, 5) != 0) return talks->session.turn;
    return (SeatId)rng_below(luck, talks->terms->seats);
}

/* What happens without a move: time passes, levers move the status quo, somebody is given authority. */
static void pass_time(Talks *talks, Rng *luck) {
    conclude_what_is_ready(talks, luck);
    talks->now += DAYS(1);
    OfferPlace place;
    for (uint32_t number = 1; number <= talks->session.offers; number++)
        if (session_expire(&talks->session, number, talks->now, &place))
            ledger_end(&talks->ledger, number);
    if (talks->session.closed) return;
    if (rng_below(luck, 20) == 0)
        session_authorise(&talks->session, (SeatId)rng_below(luck, talks->terms->seats));
    if (rng_below(luck, 60) == 0) {
        uint8_t issue = (uint8_t)rng_below(luck, talks->terms->domain.issues);
        uint8_t options = talks->terms->domain.issue[issue].options;
        session_move_status_quo(&talks->session, issue, (uint8_t)rng_below(luck, options));
    }
    end_what_lapses(talks);
    conclude_what_is_ready(talks, luck);
}

static void hold_talks(const Mechanism *mechanism, uint64_t seed, Talks *talks) {
    Seen *seen = talks->seen;
    Rng luck = rng_stream(rng_key(seed, mechanism->name));
    memset(talks, 0, sizeof *talks);
    talks->seen = seen;
    talks->negotiation = fixture_anything(mechanism, seed);
    talks->terms = &talks->negotiation->terms;
    session_open(&talks->session, talks->negotiation);
    for (int i = 0; i < MOVES; i++) {
        SeatId seat = choose_seat(talks, &luck);
        Action action = choose_move(talks, seat, &luck);
        make_move(talks, seat, &action, &luck);
        if (rng_below(&luck, talks->terms->seats) == 0) pass_time(talks, &luck);
    }
    fixture_finish(talks->negotiation);
}

/* A suite in which nothing ever happens would hold too. */
static void check_that_it_was_seen(const Mechanism *mechanism, const Seen *seen) {
    assert_true(seen->conclusions > 10 && seen->accords > 5 && seen->costs > 10);
    assert_true(seen->refusals[NP_RULING_CROSSES_RED_LINE] > 5);
    assert_true(seen->refusals[NP_RULING_NO_SUCH_OFFER] > 10);
    assert_true(seen->refusals[NP_RULING_OUT_OF_BOUNDS] > 10);
    assert_true(seen->refusals[NP_RULING_NOT_YOUR_LEVER] > 10);
    assert_true(seen->refusals[NP_RULING_TALKS_CLOSED] > 10);
    if (mechanism->closed_tables) assert_true(seen->refusals[NP_RULING_NOT_A_MEMBER] > 10);
    if (mechanism->turns || mechanism->rounds)
        assert_true(seen->refusals[NP_RULING_NOT_YOUR_TURN] > 10);
    if (mechanism->mediated)
        assert_true(seen->texts > 10 && seen->refusals[NP_RULING_NOT_YOUR_ROLE] > 10);
    if (mechanism->rounds) assert_true(seen->crossed > 0);
}

static void every_mechanism_keeps_the_rules(void **state) {
    (void)state;
    Talks *talks = memory_new(1, sizeof *talks);
    for (size_t i = 0; mechanisms[i] != NULL; i++) {
        Seen seen = {0};
        talks->seen = &seen;
        for (uint64_t seed = 0; seed < SEEDS; seed++) hold_talks(mechanisms[i], seed, talks);
        print_message("%s: %u concluded, %u accords, %u texts, %u crossed, %u paid\n",
                      mechanisms[i]->name, seen.conclusions, seen.accords, seen.texts, seen.crossed,
                      seen.costs);
        check_that_it_was_seen(mechanisms[i], &seen);
    }
    memory_free(talks);
}

static void every_mechanism_says_what_it_is(void **state) {
    (void)state;
    for (size_t i = 0; mechanisms[i] != NULL; i++) {
        const Mechanism *mechanism = mechanisms[i];
        assert_ptr_equal(mechanism_find(mechanism->name), mechanism);
        assert_non_null(mechanism->summary);
        assert_non_null(mechanism->judge);
        assert_non_null(mechanism->apply);
        assert_in_range(mechanism->menu_limit, 1, NP_MAX_MENU);
        assert_true(mechanism->turns + mechanism->rounds + mechanism->mediated <= 1);
    }
    assert_null(mechanism_find("duel"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mechanism_keeps_the_rules),
        cmocka_unit_test(every_mechanism_says_what_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
