#include "tests/proto/samples.h"

#include <string.h>

static const char *const line_options[] = {"here", "there"};
static const char *const aid_options[] = {"none", "some", "much"};

static Condition condition_on(uint8_t issue, uint32_t options) {
    return (Condition){.terms = 1, .issue = {issue}, .options = {options}};
}

const Terms *sample_terms(void) {
    static Terms terms;
    terms = (Terms){
        .name = "sample",
        .epoch = 1740355200,
        .deadline = 100 * 86400,
        .lookahead = 3600,
        .stall_window = 30 * 86400,
        .stall_epsilon = 1000000,
        .mechanism = &mechanism_open_table,
        .menu_limit = 3,
        .seats = 3,
        .seat = {{"red", "Red", 3600, 1}, {"green", "Green", 7200, 1}, {"blue", "Blé", 86400, 1}},
        .domain = {.issues = 2,
                   .issue = {{"line", "The line", 2, 0, false, line_options},
                             {"aid", "Aid", 3, NP_NO_OPTION, true, aid_options}},
                   .exclusions = 1,
                   .exclusion = {{condition_on(1, 4), "nobody pays so much"}}},
        .consent = {.all = 7, .always = 1, .needs = {{0, 3}, {7, 5, 6}}},
    };
    return &terms;
}

Profile sample_profile(Utility mark) {
    return (Profile){
        .value = {{mark + 1, mark + 2}, {mark + 3, mark + 4, mark + 5}},
        .weight = {0.75, 0.25},
        .linkages = 1,
        .linkage = {{condition_on(0, 1), -(mark + 6)}},
        .red_lines = 1,
        .red_line = {{condition_on(1, 1), false, mark + 7}},
        .reservation = mark + 8,
        .discount = 0.875,
        .discount_every = 86400,
    };
}

const Terms *sample_world(void) {
    static Terms terms;
    static Durability durability;
    static const Lever lever[] = {{"aid", "Aid", 0, 1, 0, 2.5, 0.01, 0.02, 86400}};
    static const Variable variable[] = {{"supply", "Supply", "", 0.5, 7},
                                        {"losses", "Losses", "thousand", 700, 2}};
    terms = *sample_terms();
    durability = (Durability){0.05, 0.8, 0.95, 10, {{-1, 2}, {-2500000000, 0, 5}}, {0}};
    durability_settle(&durability);
    terms.seat[1].types = 2;
    terms.breaks_off = 300 * 86400;
    terms.unauthorised = 2;
    terms.audience_base = 20000000;
    terms.audience_step = 10000000;
    terms.closed_tables = 2;
    terms.table[0] = (TableTerms){"public", "In public", 7, 0};
    terms.table[1] = (TableTerms){"geneva", "Geneva", 3, 0.25};
    terms.table[2] = (TableTerms){"riyadh", "Riyadh", 6, 0};
    terms.levers = 1;
    terms.lever = lever;
    terms.variables = 2;
    terms.variable = variable;
    terms.durability = &durability;
    return &terms;
}

const SeatType *const *sample_library(void) {
    static SeatType types[2];
    static const SeatType *library[NP_MAX_SEATS];
    types[0] = (SeatType){"proud", 0.25, sample_profile(1000)};
    types[1] = (SeatType){"calm", 0.75, sample_profile(2000)};
    library[1] = types;
    return library;
}

Grant sample_grant(uint64_t run, SeatId seat) {
    static const Occasion occasion = {7200, true, 1};
    static Observation seen;
    static const Observation *const list[] = {&seen};
    seen = (Observation){.at = 7000,
                         .expires_at = NP_NEVER,
                         .offer = 5,
                         .kind = NP_EVENT_OFFER,
                         .seat = 2,
                         .packages = 1};
    seen.menu[0] = outcome_empty();
    seen.menu[0].option[0] = 1;
    seen.menu[0].option[1] = 2;
    return (Grant){run, seat, 1, &occasion, 1, list};
}

Answer sample_answer(uint64_t run, SeatId seat) {
    static Reply reply;
    reply = (Reply){.at = 7200, .wake_at = 90000, .moves = 1};
    reply.move[0] = (Action){.kind = NP_OFFER, .packages = 1, .valid_for = 600};
    reply.move[0].menu[0] = outcome_empty();
    reply.move[0].menu[0].option[0] = 1;
    return (Answer){run, seat, 1, &reply};
}

/* --- chance --- */

static bool coin(Rng *rng) {
    return rng_below(rng, 2) != 0;
}

/* Small numbers mostly, and now and then any. */
static int64_t random_number(Rng *rng) {
    if (rng_below(rng, 4) != 0) return rng_below(rng, 1000000);
    return (int64_t)((uint64_t)rng_u32(rng) << 32 | rng_u32(rng));
}

static const char *random_text(Rng *rng, Arena *arena) {
    static const char *const piece[] = {"a", "-", "é", "Ж", "\n", "\"", "平", "😀", "the "};
    char text[256] = "";
    for (uint32_t left = rng_below(rng, 20); left > 0; left--)
        strcat(text, piece[rng_below(rng, sizeof piece / sizeof *piece)]);
    return arena_text(arena, text, strlen(text));
}

static Outcome random_outcome(Rng *rng) {
    Outcome outcome = outcome_empty();
    uint32_t issues = rng_below(rng, NP_MAX_ISSUES + 1);
    for (uint32_t k = 0; k < issues; k++)
        outcome.option[k] = coin(rng) ? NP_NO_OPTION : (uint8_t)rng_below(rng, NP_MAX_OPTIONS);
    return outcome;
}

static Condition random_condition(Rng *rng, const Domain *domain) {
    Condition condition = {.terms = (uint8_t)(1 + rng_below(rng, CONDITION_MAX_TERMS))};
    for (uint8_t i = 0; i < condition.terms; i++) {
        condition.issue[i] = (uint8_t)rng_below(rng, domain->issues);
        uint64_t all = (UINT64_C(1) << domain->issue[condition.issue[i]].options) - 1;
        condition.options[i] = 1 + (uint32_t)(rng_u32(rng) % all);
    }
    return condition;
}

static void random_domain(Rng *rng, Arena *arena, Domain *domain) {
    domain->issues = (uint8_t)(1 + rng_below(rng, NP_MAX_ISSUES));
    for (uint8_t k = 0; k < domain->issues; k++) {
        uint8_t options = (uint8_t)(2 + rng_below(rng, NP_MAX_OPTIONS - 1));
        const char **option = arena_new(arena, options * sizeof *option);
        for (uint8_t o = 0; o < options; o++) option[o] = random_text(rng, arena);
        uint8_t status_quo = coin(rng) ? NP_NO_OPTION : (uint8_t)rng_below(rng, options);
        domain->issue[k] = (Issue){random_text(rng, arena),
                                   random_text(rng, arena),
                                   options,
                                   status_quo,
                                   coin(rng),
                                   option};
    }
    domain->exclusions = rng_below(rng, DOMAIN_MAX_EXCLUSIONS + 1);
    for (uint32_t i = 0; i < domain->exclusions; i++)
        domain->exclusion[i] = (Exclusion){random_condition(rng, domain), random_text(rng, arena)};
}

static double random_real(Rng *rng) {
    double sign = coin(rng) ? 1 : -1;
    return sign * rng_unit(rng) * 1000;
}

static void random_tables(Rng *rng, Arena *arena, Terms *terms) {
    SeatSet all = seat_bit(terms->seats) - 1;
    terms->closed_tables = (uint8_t)rng_below(rng, NP_MAX_TABLES);
    for (uint8_t i = 0; i <= terms->closed_tables; i++) {
        terms->table[i].id = terms->closed_tables ? random_text(rng, arena) : "";
        terms->table[i].title = terms->closed_tables ? random_text(rng, arena) : "";
        terms->table[i].members = i == 0 ? all : 1 + rng_below(rng, all);
        terms->table[i].leak = i > 0 && coin(rng) ? rng_unit(rng) : 0;
    }
}

static void random_levers(Rng *rng, Arena *arena, Terms *terms) {
    terms->levers = (uint8_t)rng_below(rng, NP_MAX_LEVERS + 1);
    Lever *lever = arena_new(arena, terms->levers * sizeof *lever);
    for (uint8_t i = 0; i < terms->levers; i++) {
        lever[i].id = random_text(rng, arena);
        lever[i].title = random_text(rng, arena);
        lever[i].seat = (SeatId)rng_below(rng, terms->seats);
        lever[i].least = lever[i].start = lever[i].most = random_real(rng);
        if (coin(rng)) lever[i].least -= rng_unit(rng);
        if (coin(rng)) lever[i].most += rng_unit(rng);
        lever[i].cost = coin(rng) ? rng_unit(rng) : 0;
        lever[i].upkeep = coin(rng) ? rng_unit(rng) : 0;
        lever[i].delay = rng_below(rng, 100);
    }
    terms->lever = lever;
}

static void random_variables(Rng *rng, Arena *arena, Terms *terms) {
    SeatSet all = seat_bit(terms->seats) - 1;
    terms->variables = (uint8_t)rng_below(rng, NP_MAX_VARIABLES + 1);
    Variable *variable = arena_new(arena, terms->variables * sizeof *variable);
    for (uint8_t i = 0; i < terms->variables; i++) {
        variable[i].id = random_text(rng, arena);
        variable[i].title = random_text(rng, arena);
        variable[i].unit = random_text(rng, arena);
        variable[i].start = random_real(rng);
        variable[i].seen_by = rng_u32(rng) & all;
    }
    terms->variable = variable;
}

static const Durability *random_durability(Rng *rng, Arena *arena, const Domain *domain) {
    Durability *durability = arena_new(arena, sizeof *durability);
    durability->base = 0.001 + rng_unit(rng);
    durability->shape = 0.5 + rng_unit(rng);
    durability->discount = 0.5 + rng_unit(rng) / 2;
    durability->horizon = 1 + rng_below(rng, 30);
    for (uint8_t k = 0; k < domain->issues; k++)
        for (uint8_t o = 0; o < domain->issue[k].options; o++)
            durability->effect[k][o] = (Utility)rng_below(rng, 1000000) - 500000;
    durability_settle(durability);
    return durability;
}

static void random_world(Rng *rng, Arena *arena, Terms *terms) {
    static const Mechanism *const rules[] = {&mechanism_open_table, &mechanism_alternating_offers,
                                             &mechanism_single_text, &mechanism_simultaneous};
    SeatSet all = seat_bit(terms->seats) - 1;
    terms->mechanism = rules[rng_below(rng, 4)];
    terms->mediator = NP_NO_SEAT;
    if (terms->mechanism->mediated) terms->mediator = (SeatId)rng_below(rng, terms->seats);
    terms->breaks_off = rng_below(rng, 100000);
    terms->unauthorised = rng_u32(rng) & all;
    terms->audience_base = rng_below(rng, 1000000);
    terms->audience_step = rng_below(rng, 1000000);
    random_tables(rng, arena, terms);
    random_levers(rng, arena, terms);
    random_variables(rng, arena, terms);
    if (coin(rng)) terms->durability = random_durability(rng, arena, &terms->domain);
    for (uint8_t s = 0; s < terms->seats; s++)
        if (coin(rng)) terms->seat[s].types = (uint8_t)(1 + rng_below(rng, NEGOTIATION_MAX_TYPES));
}

Terms *random_terms(Rng *rng, Arena *arena) {
    Terms *terms = arena_new(arena, sizeof *terms);
    terms->name = random_text(rng, arena);
    terms->epoch = random_number(rng);
    terms->deadline = rng_below(rng, 1u << 31);
    terms->lookahead = 1 + rng_below(rng, 100000);
    terms->stall_window = rng_below(rng, 100000);
    terms->stall_epsilon = random_number(rng);
    terms->mechanism = coin(rng) ? &mechanism_open_table : &mechanism_alternating_offers;
    terms->menu_limit = (uint8_t)(1 + rng_below(rng, NP_MAX_MENU));
    terms->seats = (uint8_t)(2 + rng_below(rng, NP_MAX_SEATS - 1));
    for (uint8_t s = 0; s < terms->seats; s++)
        terms->seat[s] = (SeatTerms){random_text(rng, arena), random_text(rng, arena),
                                     1 + rng_below(rng, 99), 1};
    random_domain(rng, arena, &terms->domain);
    SeatSet all = seat_bit(terms->seats) - 1;
    terms->consent = (Consent){.unanimous = coin(rng), .all = all, .always = rng_u32(rng) & all};
    for (uint8_t k = 0; k < terms->domain.issues; k++)
        for (uint8_t o = 0; o < terms->domain.issue[k].options; o++)
            terms->consent.needs[k][o] = rng_u32(rng) & all;
    random_world(rng, arena, terms);
    return terms;
}

Profile *random_profile(Rng *rng, Arena *arena, const Domain *domain) {
    Profile *profile = arena_new(arena, sizeof *profile);
    for (uint8_t k = 0; k < domain->issues; k++) {
        profile->weight[k] = rng_unit(rng);
        for (uint8_t o = 0; o < domain->issue[k].options; o++)
            profile->value[k][o] = random_number(rng);
    }
    profile->linkages = rng_below(rng, PROFILE_MAX_LINKAGES + 1);
    for (uint32_t i = 0; i < profile->linkages; i++)
        profile->linkage[i] = (Linkage){random_condition(rng, domain), random_number(rng)};
    profile->red_lines = rng_below(rng, PROFILE_MAX_RED_LINES + 1);
    for (uint32_t i = 0; i < profile->red_lines; i++)
        profile->red_line[i] =
            (RedLine){random_condition(rng, domain), coin(rng), rng_below(rng, 1000)};
    profile->reservation = random_number(rng);
    profile->discount = 1 - rng_unit(rng);
    profile->discount_every = 1 + rng_below(rng, 1000000);
    if (coin(rng)) return profile;
    profile->meanwhile = (Utility)rng_below(rng, 1000) - 500;
    profile->eroded = rng_below(rng, (uint32_t)UTILITY_ONE + 1);
    profile->aftermath = (Utility)rng_below(rng, 1000) - 500;
    profile->hazard = (Utility)rng_below(rng, 1000) - 500;
    return profile;
}

const SeatType *const *random_library(Rng *rng, Arena *arena, const Terms *terms) {
    const SeatType **library = arena_new(arena, NP_MAX_SEATS * sizeof *library);
    for (uint8_t s = 0; s < terms->seats; s++) {
        if (terms->seat[s].types < 2) continue;
        SeatType *types = arena_new(arena, terms->seat[s].types * sizeof *types);
        for (uint8_t k = 0; k < terms->seat[s].types; k++) {
            types[k].id = random_text(rng, arena);
            types[k].prior = rng_unit(rng);
            types[k].profile = *random_profile(rng, arena, &terms->domain);
        }
        library[s] = types;
    }
    return library;
}

static void random_observation(Rng *rng, Observation *seen) {
    *seen = (Observation){
        .at = random_number(rng),
        .expires_at = coin(rng) ? NP_NEVER : random_number(rng),
        .offer = rng_u32(rng),
        .seats = rng_u32(rng),
        .kind = (uint8_t)(1 + rng_below(rng, NP_EVENT_HORIZON)),
        .seat = coin(rng) ? NP_NO_SEAT : (uint8_t)rng_below(rng, NP_MAX_SEATS),
        .ruling = (uint8_t)rng_below(rng, NP_RULING_NOT_YOUR_ROLE + 1),
        .package = (uint8_t)rng_below(rng, NP_MAX_MENU),
        .packages = (uint8_t)rng_below(rng, NP_MAX_MENU + 1),
        .issue = (uint8_t)rng_u32(rng),
        .option = (uint8_t)rng_u32(rng),
        .refused = (uint8_t)rng_u32(rng),
        .table = (uint8_t)rng_below(rng, NP_MAX_TABLES),
        .subject = (uint8_t)rng_u32(rng),
        .word = (uint8_t)rng_u32(rng),
        .amount = coin(rng) ? random_real(rng) : 0,
    };
    for (uint8_t i = 0; i < seen->packages; i++) seen->menu[i] = random_outcome(rng);
}

Grant random_grant(Rng *rng, Arena *arena) {
    uint32_t occasions = 1 + rng_below(rng, 5), observations = 0;
    Occasion *occasion = arena_new(arena, occasions * sizeof *occasion);
    SimTime at = random_number(rng) / 4;
    for (uint32_t i = 0; i < occasions; i++) {
        occasion[i] = (Occasion){at, coin(rng), rng_below(rng, 4)};
        at += 1 + rng_below(rng, 100000);
        observations += occasion[i].observations;
    }
    const Observation **list = arena_new(arena, observations * sizeof *list);
    for (uint32_t i = 0; i < observations; i++) {
        Observation *seen = arena_new(arena, sizeof *seen);
        random_observation(rng, seen);
        list[i] = seen;
    }
    uint64_t run = (uint64_t)random_number(rng);
    return (Grant){run, NP_NO_SEAT, occasions, occasion, observations, list};
}

static Action random_action(Rng *rng) {
    Action action = {
        .kind = (uint8_t)rng_u32(rng),
        .packages = (uint8_t)rng_below(rng, NP_MAX_MENU + 1),
        .package = (uint8_t)rng_u32(rng),
        .issue = (uint8_t)rng_u32(rng),
        .option = (uint8_t)rng_u32(rng),
        .offer = rng_u32(rng),
        .valid_for = random_number(rng),
        .table = (uint8_t)rng_u32(rng),
        .lever = (uint8_t)rng_u32(rng),
        .statement = (uint8_t)rng_u32(rng),
        .level = coin(rng) ? random_real(rng) : 0,
    };
    for (uint8_t i = 0; i < action.packages; i++) action.menu[i] = random_outcome(rng);
    return action;
}

Answer random_answer(Rng *rng, Arena *arena) {
    uint32_t replies = rng_below(rng, 4);
    Reply *reply = arena_new(arena, replies * sizeof *reply);
    for (uint32_t i = 0; i < replies; i++) {
        reply[i].at = random_number(rng);
        reply[i].wake_at = coin(rng) ? NP_NEVER : random_number(rng);
        reply[i].moves = rng_below(rng, NP_MAX_MOVES + 1);
        for (uint32_t m = 0; m < reply[i].moves; m++) reply[i].move[m] = random_action(rng);
    }
    return (Answer){(uint64_t)random_number(rng), NP_NO_SEAT, replies, reply};
}

/* --- sameness --- */

static void assert_same_condition(const Condition *a, const Condition *b) {
    assert_int_equal(a->terms, b->terms);
    assert_memory_equal(a->issue, b->issue, a->terms * sizeof a->issue[0]);
    assert_memory_equal(a->options, b->options, a->terms * sizeof a->options[0]);
}

static void assert_same_domain(const Domain *a, const Domain *b) {
    assert_int_equal(a->issues, b->issues);
    for (uint8_t k = 0; k < a->issues; k++) {
        assert_string_equal(a->issue[k].id, b->issue[k].id);
        assert_string_equal(a->issue[k].title, b->issue[k].title);
        assert_int_equal(a->issue[k].options, b->issue[k].options);
        assert_int_equal(a->issue[k].status_quo, b->issue[k].status_quo);
        assert_int_equal(a->issue[k].separable, b->issue[k].separable);
        for (uint8_t o = 0; o < a->issue[k].options; o++)
            assert_string_equal(a->issue[k].option[o], b->issue[k].option[o]);
    }
    assert_int_equal(a->exclusions, b->exclusions);
    for (uint32_t i = 0; i < a->exclusions; i++) {
        assert_same_condition(&a->exclusion[i].when, &b->exclusion[i].when);
        assert_string_equal(a->exclusion[i].because, b->exclusion[i].because);
    }
}

static void assert_same_tables(const Terms *a, const Terms *b) {
    assert_int_equal(a->closed_tables, b->closed_tables);
    for (uint8_t i = 0; a->closed_tables > 0 && i <= a->closed_tables; i++) {
        assert_string_equal(a->table[i].id, b->table[i].id);
        assert_string_equal(a->table[i].title, b->table[i].title);
        assert_int_equal(a->table[i].members, b->table[i].members);
        assert_true(a->table[i].leak == b->table[i].leak);
    }
}

static void assert_same_levers(const Terms *a, const Terms *b) {
    assert_int_equal(a->levers, b->levers);
    for (uint8_t i = 0; i < a->levers; i++) {
        const Lever *one = &a->lever[i], *other = &b->lever[i];
        assert_string_equal(one->id, other->id);
        assert_string_equal(one->title, other->title);
        assert_int_equal(one->seat, other->seat);
        assert_true(one->start == other->start && one->least == other->least);
        assert_true(one->most == other->most && one->cost == other->cost);
        assert_true(one->upkeep == other->upkeep && one->delay == other->delay);
    }
}

static void assert_same_world(const Terms *a, const Terms *b) {
    if (a->mechanism->mediated) assert_int_equal(a->mediator, b->mediator);
    assert_int_equal(a->breaks_off, b->breaks_off);
    assert_int_equal(a->unauthorised, b->unauthorised);
    assert_int_equal(a->audience_base, b->audience_base);
    assert_int_equal(a->audience_step, b->audience_step);
    assert_same_tables(a, b);
    assert_same_levers(a, b);
    assert_int_equal(a->variables, b->variables);
    for (uint8_t i = 0; i < a->variables; i++) {
        const Variable *one = &a->variable[i], *other = &b->variable[i];
        assert_string_equal(one->id, other->id);
        assert_string_equal(one->title, other->title);
        assert_string_equal(one->unit, other->unit);
        assert_true(one->start == other->start && one->seen_by == other->seen_by);
    }
    assert_int_equal(a->durability == NULL, b->durability == NULL);
    /* The shares too, bit for bit: each end reckons them for itself. */
    if (a->durability) assert_memory_equal(a->durability, b->durability, sizeof *a->durability);
}

void assert_same_terms(const Terms *a, const Terms *b) {
    assert_string_equal(a->name, b->name);
    assert_int_equal(a->epoch, b->epoch);
    assert_int_equal(a->deadline, b->deadline);
    assert_int_equal(a->lookahead, b->lookahead);
    assert_int_equal(a->stall_window, b->stall_window);
    assert_int_equal(a->stall_epsilon, b->stall_epsilon);
    assert_string_equal(a->mechanism->name, b->mechanism->name);
    assert_int_equal(a->mechanism->turns, b->mechanism->turns);
    assert_int_equal(a->mechanism->unanimous, b->mechanism->unanimous);
    assert_int_equal(a->mechanism->menu_limit, b->mechanism->menu_limit);
    assert_int_equal(a->mechanism->rounds, b->mechanism->rounds);
    assert_int_equal(a->mechanism->mediated, b->mechanism->mediated);
    assert_int_equal(a->mechanism->closed_tables, b->mechanism->closed_tables);
    assert_int_equal(a->menu_limit, b->menu_limit);
    assert_int_equal(a->seats, b->seats);
    for (uint8_t s = 0; s < a->seats; s++) {
        assert_string_equal(a->seat[s].id, b->seat[s].id);
        assert_string_equal(a->seat[s].name, b->seat[s].name);
        assert_int_equal(a->seat[s].delay, b->seat[s].delay);
        assert_int_equal(a->seat[s].types, b->seat[s].types);
    }
    assert_same_domain(&a->domain, &b->domain);
    assert_memory_equal(&a->consent, &b->consent, sizeof a->consent);
    assert_same_world(a, b);
}

void assert_same_profile(const Profile *a, const Profile *b) {
    assert_memory_equal(a->value, b->value, sizeof a->value);
    assert_memory_equal(a->weight, b->weight, sizeof a->weight);
    assert_int_equal(a->linkages, b->linkages);
    for (uint32_t i = 0; i < a->linkages; i++) {
        assert_same_condition(&a->linkage[i].when, &b->linkage[i].when);
        assert_int_equal(a->linkage[i].bonus, b->linkage[i].bonus);
    }
    assert_int_equal(a->red_lines, b->red_lines);
    for (uint32_t i = 0; i < a->red_lines; i++) {
        assert_same_condition(&a->red_line[i].when, &b->red_line[i].when);
        assert_int_equal(a->red_line[i].hard, b->red_line[i].hard);
        assert_int_equal(a->red_line[i].penalty, b->red_line[i].penalty);
    }
    assert_int_equal(a->reservation, b->reservation);
    assert_memory_equal(&a->discount, &b->discount, sizeof a->discount);
    assert_int_equal(a->discount_every, b->discount_every);
    assert_int_equal(a->meanwhile, b->meanwhile);
    assert_int_equal(a->eroded, b->eroded);
    assert_int_equal(a->aftermath, b->aftermath);
    assert_int_equal(a->hazard, b->hazard);
}

void assert_same_library(const Terms *terms, const SeatType *const *a, const SeatType *const *b) {
    for (uint8_t s = 0; s < terms->seats; s++) {
        assert_int_equal(a[s] == NULL, b[s] == NULL);
        for (uint8_t k = 0; a[s] && k < terms->seat[s].types; k++) {
            assert_string_equal(a[s][k].id, b[s][k].id);
            assert_true(a[s][k].prior == b[s][k].prior);
            assert_same_profile(&a[s][k].profile, &b[s][k].profile);
        }
    }
}

static void assert_same_observation(const Observation *a, const Observation *b) {
    assert_int_equal(a->at, b->at);
    assert_int_equal(a->expires_at, b->expires_at);
    assert_int_equal(a->offer, b->offer);
    assert_int_equal(a->seats, b->seats);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->seat, b->seat);
    assert_int_equal(a->ruling, b->ruling);
    assert_int_equal(a->package, b->package);
    assert_int_equal(a->packages, b->packages);
    assert_int_equal(a->issue, b->issue);
    assert_int_equal(a->option, b->option);
    assert_int_equal(a->refused, b->refused);
    assert_int_equal(a->table, b->table);
    assert_int_equal(a->subject, b->subject);
    assert_int_equal(a->word, b->word);
    assert_true(a->amount == b->amount);
    assert_memory_equal(a->menu, b->menu, a->packages * sizeof a->menu[0]);
}

void assert_same_grant(const Grant *a, const Grant *b) {
    assert_int_equal(a->run, b->run);
    assert_int_equal(a->occasions, b->occasions);
    assert_int_equal(a->observations, b->observations);
    for (uint32_t i = 0; i < a->occasions; i++) {
        assert_int_equal(a->occasion[i].at, b->occasion[i].at);
        assert_int_equal(a->occasion[i].woken, b->occasion[i].woken);
        assert_int_equal(a->occasion[i].observations, b->occasion[i].observations);
    }
    for (uint32_t i = 0; i < a->observations; i++)
        assert_same_observation(a->observation[i], b->observation[i]);
}

static void assert_same_action(const Action *a, const Action *b) {
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->packages, b->packages);
    assert_int_equal(a->package, b->package);
    assert_int_equal(a->issue, b->issue);
    assert_int_equal(a->option, b->option);
    assert_int_equal(a->offer, b->offer);
    assert_int_equal(a->valid_for, b->valid_for);
    assert_int_equal(a->table, b->table);
    assert_int_equal(a->lever, b->lever);
    assert_int_equal(a->statement, b->statement);
    assert_true(a->level == b->level);
    assert_memory_equal(a->menu, b->menu, a->packages * sizeof a->menu[0]);
}

void assert_same_answer(const Answer *a, const Answer *b) {
    assert_int_equal(a->run, b->run);
    assert_int_equal(a->replies, b->replies);
    for (uint32_t i = 0; i < a->replies; i++) {
        assert_int_equal(a->reply[i].at, b->reply[i].at);
        assert_int_equal(a->reply[i].wake_at, b->reply[i].wake_at);
        assert_int_equal(a->reply[i].moves, b->reply[i].moves);
        for (uint32_t m = 0; m < a->reply[i].moves; m++)
            assert_same_action(&a->reply[i].move[m], &b->reply[i].move[m]);
    }
}
