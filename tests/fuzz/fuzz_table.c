/* The table against seats that do anything, with a world or without: whatever they answer, the invariants of
 * the design hold after every event, and the run ends. */
#include "core/negotiation/mechanism.h"
#include "core/referee/referee.h"
#include "tests/fixtures/worlds.h"
#include "tests/fuzz/fuzzer.h"

enum { MAX_WINDOWS = 400 };

static Outcome any_package(Crumbs *crumbs, const Domain *domain) {
    Outcome package = outcome_empty();
    for (uint8_t issue = 0; issue < domain->issues; issue++) {
        uint8_t option = crumb(crumbs);
        bool wild = option >= 0xf0;
        package.option[issue] = wild ? option : (uint8_t)(option % domain->issue[issue].options);
    }
    return package;
}

static void any_action(Crumbs *crumbs, const Domain *domain, Action *action) {
    memset(action, 0, sizeof *action);
    action->kind = crumb(crumbs) % 11;
    action->packages = crumb(crumbs) % 6;
    action->package = crumb(crumbs) % 5;
    action->issue = crumb(crumbs) % 34;
    action->option = crumb(crumbs) % 34;
    action->offer = crumb(crumbs);
    uint8_t words = crumb(crumbs), level = crumb(crumbs);
    action->table = words >= 0xf0 ? words : words % 3;
    action->lever = words % 5 == 4 ? NP_NO_LEVER : words % 5;
    action->statement = words / 16 % 7;
    action->level = level == 0xff ? 1e300 : level / 200.0 - 0.1;
    action->valid_for = (SimTime)crumbs_u16(crumbs) * 600 - 3600;
    for (uint8_t k = 0; k < action->packages && k < NP_MAX_MENU; k++)
        action->menu[k] = any_package(crumbs, domain);
}

static void any_reply(Crumbs *crumbs, const Domain *domain, SimTime at, Reply *reply) {
    reply->at = at;
    reply->moves = crumb(crumbs) % 4;
    reply->wake_at = crumb(crumbs) % 4 == 0 ? NP_NEVER : at + (SimTime)crumbs_u16(crumbs) * 60;
    for (uint32_t i = 0; i < reply->moves; i++) any_action(crumbs, domain, &reply->move[i]);
}

static const Profile *profile_of(const Negotiation *negotiation, const Referee *referee,
                                 SeatId seat) {
    uint8_t type = referee_verdict(referee)->seat_result[seat].type;
    return negotiation->type[seat] != NULL ? &negotiation->type[seat][type].profile
                                           : &negotiation->profile[seat];
}

static void check_agreement(const Negotiation *negotiation, const Referee *referee,
                            const Event *event) {
    const Outcome *package = &event->menu[0];
    const Terms *terms = &negotiation->terms;
    must(domain_complete(&terms->domain, package) &&
         domain_excludes(&terms->domain, package) == NULL);
    for (SeatId seat = 0; seat < terms->seats; seat++)
        if (seat_in(event->seats, seat))
            must(profile_crosses(profile_of(negotiation, referee, seat), package) == NULL);
}

static void check_events(const Negotiation *negotiation, const Referee *referee, uint64_t *last,
                         SimTime *now) {
    uint32_t count;
    const Event *event = referee_events(referee, &count);
    for (uint32_t i = 0; i < count; i++, event++) {
        must(event->id == ++*last);                                       /* I5 */
        must(event->at >= *now);                                          /* I5 */
        must(event->id == 1 ? event->cause == 0 : event->cause > 0);      /* I8 */
        must(event->cause < event->id && event->decided_at <= event->at); /* I8 */
        *now = event->at;
        if (event->kind == NP_EVENT_AGREEMENT)
            check_agreement(negotiation, referee, event); /* I4 */
    }
}

/* Only members hear what was said at a closed table, and only the others what leaked from it. */
static bool may_hear(const Terms *terms, SeatId seat, const Observation *seen) {
    if (seen->kind == NP_EVENT_REFUSAL || seen->kind == NP_EVENT_APPRAISAL)
        return seen->seat == seat;
    if (seen->table == 0) return true;
    return seat_in(terms->table[seen->table].members, seat) != (seen->kind == NP_EVENT_LEAK);
}

/* A seat hears of nothing that has not happened yet, and of no other seat's refusals (I6). */
static void check_grant(const Terms *terms, const Grant *grant) {
    uint32_t seen = 0;
    for (uint32_t i = 0; i < grant->occasions; i++) {
        must(i == 0 || grant->occasion[i].at > grant->occasion[i - 1].at);
        for (uint32_t k = 0; k < grant->occasion[i].observations; k++, seen++) {
            const Observation *observation = grant->observation[seen];
            must(observation->at <= grant->occasion[i].at);
            must(may_hear(terms, grant->seat, observation));
        }
    }
    must(seen == grant->observations);
}

static void answer_all(Referee *referee, Crumbs *crumbs, const Negotiation *negotiation) {
    uint32_t count;
    const Grant *grant = referee_grants(referee, &count);
    for (uint32_t i = 0; i < count; i++) {
        check_grant(&negotiation->terms, &grant[i]);
        Reply *reply = calloc(grant[i].occasions, sizeof *reply);
        for (uint32_t k = 0; k < grant[i].occasions; k++)
            any_reply(crumbs, &negotiation->terms.domain, grant[i].occasion[k].at, &reply[k]);
        Answer answer = {grant[i].run, grant[i].seat, grant[i].occasions, reply};
        Error error = {0};
        must(referee_answer(referee, &answer, &error));
        free(reply);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static Referee *referee;
    if (referee == NULL) referee = referee_create();
    Crumbs crumbs = {bytes, length};
    uint32_t seed = crumbs_u16(&crumbs);
    Negotiation *negotiation = seed % 2 == 0 ? fixture_random(seed) : fixture_world(seed);
    uint64_t last = 0;
    SimTime now = 0;
    referee_open(referee, negotiation, 1, 1);
    bool open = true;
    for (int window = 0; open && window < MAX_WINDOWS; window++) {
        open = referee_advance(referee);
        check_events(negotiation, referee, &last, &now);
        if (open) answer_all(referee, &crumbs, negotiation);
    }
    if (!open) must(referee_verdict(referee)->events == last);
    fixture_finish(negotiation);
    return 0;
}
