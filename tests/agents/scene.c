#include "scene.h"

#include <string.h>

static const char *const prices[] = {"p0", "p1", "p2", "p3", "p4", "p5",
                                     "p6", "p7", "p8", "p9", "p10"};
static const char *const arrangements[] = {"norway", "israel", "training", "neutrality"};
static const Lever levers[] = {
    {.id = "aid", .title = "aid", .seat = UKR, .start = 0.5, .least = 0, .most = 1},
    {.id = "tempo", .title = "tempo", .seat = RUS, .start = 1, .least = 0, .most = 2},
};
static const char *const lines[] = {"hold", "swap", "cede"};

static void scene_table(Scene *scene, const Mechanism *mechanism, uint8_t seats) {
    static const char *const names[] = {"ukraine", "russia", "us", "europe"};
    memset(scene, 0, sizeof *scene);
    Terms *terms = &scene->terms;
    terms->name = "scene";
    terms->deadline = DAYS(100);
    terms->lookahead = DAYS(1);
    terms->mechanism = mechanism;
    terms->menu_limit = mechanism->menu_limit;
    terms->seats = seats;
    for (SeatId seat = 0; seat < seats; seat++)
        terms->seat[seat] = (SeatTerms){names[seat], names[seat], DAYS(1), 1};
    terms->levers = 2;
    terms->lever = levers;
    terms->mediator = NP_NO_SEAT;
    terms->consent = (Consent){.unanimous = true, .all = (1u << seats) - 1};
    scene->profile.discount = 1;
    scene->profile.discount_every = DAYS(1);
    scene->player = player_create(NULL);
}

static void add_issue(Scene *scene, const char *id, const char *const *options, uint8_t count) {
    scene->terms.domain.issue[scene->terms.domain.issues++] = (Issue){
        .id = id, .title = id, .options = count, .status_quo = NP_NO_OPTION, .option = options};
}

void scene_price(Scene *scene, const Mechanism *mechanism, uint8_t seats) {
    scene_table(scene, mechanism, seats);
    add_issue(scene, "price", prices, 11);
    for (uint8_t option = 0; option < 11; option++)
        scene->profile.value[0][option] = option * UTILITY_ONE / 10;
    scene->profile.reservation = utility_from(0.2);
}

void scene_security(Scene *scene, uint8_t seats) {
    static const double arrangement[] = {0.6, 0.45, 0.3, 0}, line[] = {0.4, 0.2, 0};
    scene_table(scene, &mechanism_open_table, seats);
    add_issue(scene, "security", arrangements, 4);
    add_issue(scene, "line", lines, 3);
    for (uint8_t option = 0; option < 4; option++)
        scene->profile.value[0][option] = utility_from(arrangement[option]);
    for (uint8_t option = 0; option < 3; option++)
        scene->profile.value[1][option] = utility_from(line[option]);
    scene->profile.reservation = utility_from(0.3);
    scene->profile.red_lines = 1;
    scene->profile.red_line[0] =
        (RedLine){.when = {.terms = 1, .issue = {0}, .options = {1u << 3}}, .hard = true};
}

bool scene_open(Scene *scene, const char *strategy) {
    Brief brief = {.run = 1,
                   .seat = UKR,
                   .terms = &scene->terms,
                   .profile = &scene->profile,
                   .luck = rng_key(1, "strategy/ukraine"),
                   .strategy = strategy};
    return player_open_run(scene->player, &brief, &scene->error);
}

void scene_close(Scene *scene) {
    player_close_run(scene->player, 1);
    player_destroy(scene->player);
}

void scene_hear(Scene *scene, Observation seen) {
    if (seen.kind == NP_EVENT_OFFER) {
        seen.offer = ++scene->offers;
        seen.expires_at = NP_NEVER;
    }
    assert_true(scene->count < sizeof scene->seen / sizeof scene->seen[0]);
    scene->seen[scene->count++] = seen;
}

void scene_hear_offer(Scene *scene, SeatId by, Outcome package) {
    scene_hear(scene,
               (Observation){.kind = NP_EVENT_OFFER, .seat = by, .packages = 1, .menu = {package}});
}

void scene_hear_yes(Scene *scene, SeatId by, uint32_t offer, SeatSet all, Outcome package) {
    scene_hear(scene, (Observation){.kind = NP_EVENT_ACCEPTANCE,
                                    .seat = by,
                                    .offer = offer,
                                    .seats = all,
                                    .packages = 1,
                                    .menu = {package}});
}

static void hear_own_offer(Scene *scene, const Reply *reply) {
    const Action *action = find_move(reply, NP_OFFER);
    if (action == NULL) return;
    Observation seen = {.kind = NP_EVENT_OFFER, .seat = UKR, .packages = action->packages};
    memcpy(seen.menu, action->menu, sizeof seen.menu);
    scene_hear(scene, seen);
}

const Reply *scene_ask(Scene *scene, SimTime at) {
    const Observation *pointers[16];
    for (uint32_t i = 0; i < scene->count; i++) {
        scene->seen[i].at = at;
        pointers[i] = &scene->seen[i];
    }
    Occasion occasion = {.at = at, .observations = scene->count};
    Grant grant = {1, UKR, 1, &occasion, scene->count, pointers};
    Answer answer;
    assert_true(player_obey(scene->player, &grant, &answer, &scene->error));
    assert_int_equal(answer.replies, 1);
    assert_int_equal(answer.reply->at, at);
    scene->count = 0;
    hear_own_offer(scene, answer.reply);
    return answer.reply;
}

static Outcome silent(void) {
    Outcome outcome;
    memset(&outcome, NP_NO_OPTION, sizeof outcome);
    return outcome;
}

Outcome price(uint8_t option) {
    Outcome outcome = silent();
    outcome.option[0] = option;
    return outcome;
}

Outcome deal(uint8_t security, uint8_t line) {
    Outcome outcome = price(security);
    outcome.option[1] = line;
    return outcome;
}

const Action *find_move(const Reply *reply, ActionKind kind) {
    for (uint32_t i = 0; i < reply->moves; i++)
        if (reply->move[i].kind == kind) return &reply->move[i];
    return NULL;
}

void assert_offers(const Reply *reply, Outcome package) {
    const Action *action = find_move(reply, NP_OFFER);
    assert_non_null(action);
    assert_int_equal(action->packages, 1);
    assert_memory_equal(&action->menu[0], &package, sizeof package);
}

void assert_accepts(const Reply *reply, uint32_t offer) {
    const Action *action = find_move(reply, NP_ACCEPT);
    assert_non_null(action);
    assert_int_equal(action->offer, offer);
    assert_int_equal(action->package, 0);
}
