/* vectors: what the program itself computes, for other languages to be held against: one JSON value a line. Cases are
 * told as frames of the conversation, so that reading those is tried too. Reals are the digits of their bits. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agents/host.h"
#include "core/base/real.h"
#include "proto/codec.h"
#include "tests/fixtures/worlds.h"

enum { PROBES = 6 };

static uint64_t bits_of(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static double from_bits(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static void print_real(double x) {
    printf("\"%016" PRIx64 "\"", bits_of(x != x ? from_bits(UINT64_C(0x7ff8000000000000)) : x));
}

static void print_bytes(const uint8_t *bytes, size_t length) {
    putchar('"');
    for (size_t i = 0; i < length; i++) printf("%02x", bytes[i]);
    putchar('"');
}

static void print_package(const Host *host, const Outcome *package) {
    print_bytes(package->option, host->issues);
}

static void print_found(const Host *host, bool found, const Outcome *package) {
    if (found)
        print_package(host, package);
    else
        printf("null");
}

/* --- arithmetic and luck --- */

static uint64_t bits_drawn(Rng *luck) {
    uint64_t high = rng_u32(luck);
    return high << 32 | rng_u32(luck);
}

/* All magnitudes, and many near 1. */
static double any_real(Rng *luck) {
    switch (rng_below(luck, 4)) {
    case 0: return from_bits(bits_drawn(luck));
    case 1: return rng_unit(luck);
    case 2: return (rng_unit(luck) - 0.5) * 1500;
    default: return 1 + (rng_unit(luck) - 0.5) * 1e-3;
    }
}

static void print_arithmetic(int count) {
    Rng luck = rng_stream(rng_key(1, "vectors/real"));
    for (int i = 0; i < count; i++) {
        double x = any_real(&luck), y = any_real(&luck);
        const double number[] = {x, y, real_exp(x), real_log(x), real_pow(x, y), real_sqrt(x)};
        printf("{\"real\": [");
        for (int k = 0; k < 6; k++) {
            if (k > 0) putchar(',');
            print_real(number[k]);
        }
        printf("]}\n");
    }
}

static void print_luck(int count) {
    for (int i = 0; i < count; i++) {
        char name[32];
        snprintf(name, sizeof name, "stream/%d", i);
        RngKey key = rng_key((uint64_t)i * 977, name);
        Rng luck = rng_stream(key);
        printf("{\"luck\": [%d, \"%s\", %" PRIu64 ", %" PRIu64 ", [", i * 977, name, key.word[0],
               key.word[1]);
        for (int k = 0; k < 9; k++) printf("%s%" PRIu32, k ? "," : "", rng_u32(&luck));
        printf("], ");
        print_real(rng_unit(&luck));
        printf(", %" PRIu32 ", ", rng_below(&luck, UINT32_C(3000000000)));
        print_real(rng_normal(&luck));
        printf("]}\n");
    }
}

/* --- cases --- */

typedef struct Case {
    Negotiation *negotiation;
    Brief brief;
    SeatHost own;
    InverseCache cache;
    FrameWriter frame, scratch;
    Rng luck;
    SimTime now;
    Outcome latest; /* of its own words */
} Case;

static Outcome any_package(Case *it, bool complete) {
    Outcome package = outcome_empty();
    for (uint8_t issue = 0; issue < it->own.host.issues; issue++)
        if (complete || rng_below(&it->luck, 3) > 0)
            package.option[issue] =
                (uint8_t)rng_below(&it->luck, it->own.host.issue[issue].options);
    return package;
}

static void print_frame(Case *it, const char *what) {
    Bytes bytes = frame_bytes(&it->frame);
    printf("{\"%s\": ", what);
    print_bytes(bytes.at, bytes.length);
    printf("}\n");
    frame_clear(&it->frame);
}

static Condition any_condition(Rng *luck, const Domain *domain) {
    Condition when = {.terms = (uint8_t)(1 + rng_below(luck, 3))};
    for (uint8_t term = 0; term < when.terms; term++) {
        when.issue[term] = (uint8_t)((term * 4 + rng_below(luck, 4)) % domain->issues);
        when.options[term] = 1 + rng_below(luck, 14);
    }
    return when;
}

/* Too many packages to be ranked, with entanglements, and a peace that may break in every other. */
static Negotiation *wide(uint64_t seed) {
    Rng luck = rng_stream(rng_key(seed, "vectors/wide"));
    uint8_t issues = (uint8_t)(12 + rng_below(&luck, 3));
    Negotiation *it = fixture_plain(&mechanism_open_table, 2, issues, 4);
    Domain *domain = &it->terms.domain;
    if (seed % 2 == 0) fixture_add_durability(it, 0.05);
    for (SeatId seat = 0; seat < 2; seat++) {
        Profile *profile = &it->profile[seat];
        for (uint8_t issue = 0; issue < issues; issue++)
            for (uint8_t option = 0; option < 4; option++)
                profile->value[issue][option] = utility_from(rng_unit(&luck) / issues);
        profile->linkages = 12;
        for (uint32_t i = 0; i < profile->linkages; i++)
            profile->linkage[i] =
                (Linkage){any_condition(&luck, domain), utility_from(rng_unit(&luck) * 0.2 - 0.1)};
        profile->red_lines = 4;
        for (uint32_t i = 0; i < profile->red_lines; i++)
            profile->red_line[i] =
                (RedLine){any_condition(&luck, domain), i == 0, i == 0 ? 0 : utility_from(0.05)};
        if (seed % 2 == 0) profile->aftermath = utility_from(rng_unit(&luck) * 0.3);
    }
    domain->exclusions = 5;
    for (uint32_t i = 0; i < domain->exclusions; i++) {
        Condition when = any_condition(&luck, domain);
        when.terms = 2;
        when.issue[0] = (uint8_t)(2 * i);
        when.issue[1] = (uint8_t)(2 * i + 1);
        when.options[0] = when.options[1] = 1 + rng_below(&luck, 14);
        domain->exclusion[i] = (Exclusion){when, "wide"};
    }
    return it;
}

static void open_case(Case *it, uint64_t seed) {
    Error error = {0};
    Bytes body;
    *it = (Case){.negotiation = seed % 10 == 9  ? wide(seed / 10)
                                : seed % 3 == 0 ? fixture_random(seed)
                                                : fixture_world(seed)};
    it->luck = rng_stream(rng_key(seed, "vectors"));
    it->latest = outcome_empty();
    SeatId seat = (SeatId)rng_below(&it->luck, it->negotiation->terms.seats);
    it->brief = (Brief){.run = seed,
                        .seat = seat,
                        .terms = &it->negotiation->terms,
                        .profile = &it->negotiation->profile[seat],
                        .library = (const SeatType *const *)it->negotiation->type,
                        .luck = rng_key(seed, "vectors/luck"),
                        .strategy = "boulware(e=0.3)"};
    frame_writer_init(&it->frame);
    frame_writer_init(&it->scratch);
    if (!dossier_pack(&it->scratch, &it->brief, &body, &error) ||
        !frame_add_dossier(&it->frame, 0, body, &error) ||
        !frame_add_open_run(&it->frame, &it->brief, 0, &error)) {
        fprintf(stderr, "vectors: %s\n", error.text);
        exit(1);
    }
    print_frame(it, "open");
    host_open(&it->own, &it->brief, &it->cache);
}

static void close_case(Case *it) {
    host_close(&it->own);
    inverse_cache_finish(&it->cache);
    frame_writer_finish(&it->frame);
    frame_writer_finish(&it->scratch);
    fixture_finish(it->negotiation);
}

/* --- questions --- */

static void print_worth(Case *it, const Outcome *package, SimTime at) {
    const Host *host = &it->own.host;
    printf("{\"package\": [");
    print_package(host, package);
    printf(", %" PRId64 ", ", at);
    print_real(host->utility(host, package));
    putchar(',');
    print_real(host->value_at(host, package, at));
    printf(", %s, %" PRIu32 ", ", host->acceptable(host, package) ? "true" : "false",
           host->needed(host, package));
    print_real(host->durability(host, package));
    putchar(',');
    print_real(host->audience_cost(host, package));
    printf("]}\n");
}

static void print_search(Case *it) {
    const Host *host = &it->own.host;
    Outcome best, found, reference = any_package(it, rng_below(&it->luck, 4) > 0);
    bool any = host->best(host, &best);
    double top = any ? host->utility(host, &best) : 1;
    double target = top - rng_unit(&it->luck) * 0.6, slack = rng_unit(&it->luck) * 0.1;
    printf("{\"search\": [%s, ", host->exact(host) ? "true" : "false");
    print_found(host, any, &best);
    putchar(',');
    print_real(target);
    putchar(',');
    print_real(slack);
    putchar(',');
    print_package(host, &reference);
    putchar(',');
    any = host->at_least(host, target, &found);
    print_found(host, any, &found);
    putchar(',');
    any = host->nearest(host, target, slack, &reference, &found);
    print_found(host, any, &found);
    uint8_t issue = (uint8_t)rng_below(&it->luck, host->issues);
    uint8_t option = (uint8_t)rng_below(&it->luck, host->issue[issue].options);
    printf(", %u, %u, ", issue, option);
    any = host->best_with(host, issue, option, &found);
    print_found(host, any, &found);
    printf("]}\n");
}

/* Only where it is exact. */
static void print_walk(Case *it) {
    enum { ROOM = 30 };
    const Host *host = &it->own.host;
    Outcome found[ROOM], next;
    double least = rng_unit(&it->luck) * 0.6, most = least + 0.3;
    if (!host->exact(host)) return;
    uint32_t count = host->between(host, least, most, found, ROOM);
    printf("{\"walk\": [");
    print_real(least);
    putchar(',');
    print_real(most);
    printf(", %d, [", ROOM);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) putchar(',');
        print_package(host, &found[i]);
    }
    printf("], ");
    Outcome after = any_package(it, true);
    print_package(host, &after);
    putchar(',');
    bool any = host->next_best(host, &after, &next);
    print_found(host, any, &next);
    printf("]}\n");
}

static void print_self(Case *it) {
    const Host *host = &it->own.host;
    printf("{\"self\": [");
    print_real(host->reservation(host));
    for (uint8_t i = 0; i < host->variables; i++) {
        putchar(',');
        print_real(host->seen(host, i));
    }
    for (uint8_t i = 0; i < host->levers; i++) {
        putchar(',');
        print_real(host->level(host, i));
    }
    Outcome package = any_package(it, true);
    for (SeatId seat = 0; seat < host->seats; seat++)
        for (uint8_t type = 0; type < host->types(host, seat); type++) {
            putchar(',');
            print_real(host->belief(host, seat, type));
            putchar(',');
            print_real(host->type_utility(host, seat, type, &package));
        }
    printf("], \"about\": ");
    print_package(host, &package);
    printf("}\n");
}

static void ask_everything(Case *it) {
    for (int i = 0; i < PROBES; i++) {
        Outcome package = any_package(it, i % 2 == 0);
        SimTime at = (SimTime)rng_below(&it->luck, (uint32_t)it->own.host.deadline);
        print_worth(it, &package, at);
    }
    print_search(it);
    print_walk(it);
    print_self(it);
}

/* --- news --- */

static Observation any_news(Case *it) {
    const Host *host = &it->own.host;
    const Terms *terms = it->brief.terms;
    Observation seen = {.at = ++it->now, .seat = NP_NO_SEAT};
    switch (rng_below(&it->luck, 8)) {
    case 0:
        seen.kind = NP_EVENT_APPRAISAL;
        seen.seat = host->seat;
        seen.word = (uint8_t)rng_below(&it->luck, 4);
        seen.amount = rng_unit(&it->luck);
        break;
    case 1:
        seen.kind = NP_EVENT_STATUS_QUO;
        seen.issue = (uint8_t)rng_below(&it->luck, host->issues);
        seen.option = (uint8_t)rng_below(&it->luck, host->issue[seen.issue].options);
        break;
    case 2:
        if (terms->variables == 0) goto offer;
        seen.kind = NP_EVENT_WORLD;
        seen.subject = (uint8_t)rng_below(&it->luck, terms->variables);
        seen.amount = rng_unit(&it->luck) * 9;
        break;
    case 3:
        if (terms->levers == 0) goto offer;
        seen.kind = NP_EVENT_LEVER;
        seen.subject = (uint8_t)rng_below(&it->luck, terms->levers);
        seen.amount = rng_unit(&it->luck);
        break;
    case 4:
        seen.kind = NP_EVENT_RULE_OUT;
        seen.seat = host->seat;
        seen.issue = (uint8_t)rng_below(&it->luck, host->issues);
        seen.option = (uint8_t)rng_below(&it->luck, host->issue[seen.issue].options);
        break;
    case 5:
        seen.kind = NP_EVENT_ACCORD;
        seen.packages = 1;
        seen.menu[0] = outcome_empty();
        seen.menu[0].option[0] = (uint8_t)rng_below(&it->luck, host->issue[0].options);
        seen.seats = (SeatSet)rng_below(&it->luck, 1u << host->seats);
        break;
    case 6:
        seen.kind = NP_EVENT_AUDIENCE_COST;
        seen.seat = host->seat;
        seen.amount = host->audience_cost(host, &it->latest);
        break;
    default:
    offer:
        seen.kind = NP_EVENT_OFFER;
        seen.seat = (uint8_t)rng_below(&it->luck, host->seats);
        seen.table = (uint8_t)rng_below(&it->luck, host->tables);
        seen.offer = 1 + rng_below(&it->luck, 1000);
        seen.expires_at = NP_NEVER;
        seen.packages = (uint8_t)(1 + rng_below(&it->luck, NP_MAX_MENU));
        for (uint8_t i = 0; i < seen.packages; i++)
            seen.menu[i] = any_package(it, rng_below(&it->luck, 3) > 0);
        if (seen.seat == host->seat) it->latest = seen.menu[0];
        break;
    }
    return seen;
}

static void tell_news(Case *it) {
    enum { NEWS = 9 };
    Observation news[NEWS];
    const Observation *list[NEWS];
    Error error = {0};
    for (int i = 0; i < NEWS; i++) {
        news[i] = any_news(it);
        list[i] = &news[i];
        host_observe(&it->own, list[i]);
    }
    Occasion occasion = {.at = it->now, .observations = NEWS};
    Grant grant = {it->brief.run, it->brief.seat, 1, &occasion, NEWS, list};
    if (!frame_add_grant(&it->frame, &grant, &error)) exit(1);
    print_frame(it, "news");
}

int main(int count, char **words) {
    int cases = count > 1 ? atoi(words[1]) : 40;
    print_arithmetic(2000);
    print_luck(20);
    Case *it = memory_new(1, sizeof *it);
    for (int seed = 0; seed < cases; seed++) {
        open_case(it, (uint64_t)seed);
        ask_everything(it);
        for (int round = 0; round < 2; round++) {
            tell_news(it);
            ask_everything(it);
        }
        close_case(it);
    }
    memory_free(it);
    return 0;
}
