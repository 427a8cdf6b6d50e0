/* Out and in again: the same utilities to the last billionth; and what cannot go along is named. */
#include <stdio.h>
#include <string.h>

#include "core/interchange/departure.h"
#include "core/interchange/genius.h"
#include "core/interchange/geniusweb.h"
#include "core/negotiation/mechanism.h"
#include "tests/core/interchange/desk.h"

enum { CASES = 400 };

/* --- any additive negotiation --- */

static uint64_t luck = 88172645463325252u;

static uint32_t any(uint32_t bound) {
    luck ^= luck << 13;
    luck ^= luck >> 7;
    luck ^= luck << 17;
    return (uint32_t)(luck >> 32) % bound;
}

static const char *const letters[] = {"a", "b", "c", "d", "e", "f"};

/* Values of few decimals, of many, all 0, or never 1; weights in thousandths that sum to 1 times `scale`. */
static double any_value(uint32_t kind) {
    if (kind == 0) return any(11) / 10.0;
    if (kind == 1) return any(1000000007) / 1000000006.0;
    return kind == 2 ? 0 : any(70) / 100.0;
}

static void any_profile(const Domain *domain, double scale, Profile *profile) {
    uint32_t left = 1000;
    *profile = (Profile){.discount = 1, .discount_every = 1};
    for (uint8_t k = 0; k < domain->issues; k++) {
        uint32_t part = k + 1 == domain->issues ? left : any(left + 1), kind = any(4);
        left -= part;
        profile->weight[k] = part / 1000.0 * scale;
        for (uint8_t i = 0; i < domain->issue[k].options; i++)
            profile->value[k][i] = utility_from(profile->weight[k] * any_value(kind));
    }
}

static void any_negotiation(Negotiation *negotiation, double scale) {
    Terms *terms = &negotiation->terms;
    memset(negotiation, 0, sizeof *negotiation);
    terms->name = "any";
    terms->deadline = 1000;
    terms->mechanism = &mechanism_alternating_offers;
    terms->seats = 2;
    terms->consent.unanimous = true;
    terms->domain.issues = (uint8_t)(1 + any(6));
    for (uint8_t k = 0; k < terms->domain.issues; k++) {
        Issue *issue = &terms->domain.issue[k];
        *issue = (Issue){.id = letters[k], .title = letters[k], .status_quo = NP_NO_OPTION};
        issue->options = (uint8_t)(2 + any(5));
        issue->option = letters;
    }
    for (SeatId seat = 0; seat < 2; seat++) {
        terms->seat[seat] = (SeatTerms){.id = letters[seat], .name = letters[seat], .types = 1};
        any_profile(&terms->domain, scale, &negotiation->profile[seat]);
    }
}

/* --- there and back --- */

static void write_all(const Negotiation *negotiation, ForeignFormat format, Text text[3]) {
    Foreign foreign;
    foreign_init(&foreign);
    departure_prepare(negotiation, format, &foreign);
    if (format == FORMAT_GENIUS)
        genius_write_domain(&foreign, &text[0]);
    else
        geniusweb_write_domain(&foreign, &text[0]);
    for (SeatId seat = 0; seat < 2; seat++) {
        const ForeignProfile *profile = &foreign.profile[seat];
        Outcome package;
        bool found = departure_reservation(negotiation, seat, &package) &&
                     negotiation->profile[seat].reservation != 0;
        if (format == FORMAT_GENIUS)
            genius_write_profile(&foreign, profile, &text[1 + seat]);
        else
            geniusweb_write_profile(&foreign, profile, found ? &package : NULL, &text[1 + seat]);
    }
    foreign_finish(&foreign);
}

static void expect_same(const Negotiation *before, const Negotiation *after) {
    const Domain *domain = &before->terms.domain;
    assert_int_equal(after->terms.domain.issues, domain->issues);
    for (SeatId seat = 0; seat < 2; seat++) {
        assert_int_equal(after->profile[seat].reservation, before->profile[seat].reservation);
        for (uint8_t k = 0; k < domain->issues; k++)
            for (uint8_t i = 0; i < domain->issue[k].options; i++)
                assert_int_equal(after->profile[seat].value[k][i],
                                 before->profile[seat].value[k][i]);
    }
}

static void there_and_back(const Negotiation *negotiation, ForeignFormat format) {
    Text text[3] = {{0}, {0}, {0}};
    Desk desk;
    write_all(negotiation, format, text);
    const char *const files[DESK_FILES] = {text_get(&text[0]), text_get(&text[1]),
                                           text_get(&text[2])};
    if (format == FORMAT_GENIUS)
        desk_read(&desk, genius_read, 0, "xml", files);
    else
        desk_read(&desk, geniusweb_read, 0, "json", files);
    assert_string_equal(text_get(&desk.said), "");
    Scenario *scenario = desk_scenario(&desk);
    expect_same(negotiation, &scenario->negotiation);
    scenario_destroy(scenario);
    desk_clear(&desk);
    for (int i = 0; i < 3; i++) text_finish(&text[i]);
}

static void genius_and_back_gives_the_same_utilities(void **state) {
    (void)state;
    static Negotiation negotiation;
    for (int i = 0; i < CASES; i++) {
        any_negotiation(&negotiation, i % 3 == 0 ? 0.99995 : 1);
        negotiation.profile[0].reservation = utility_from(any(1000) / 1000.0);
        there_and_back(&negotiation, FORMAT_GENIUS);
    }
}

static void geniusweb_and_back_gives_the_same_utilities(void **state) {
    (void)state;
    static Negotiation negotiation;
    for (int i = 0; i < CASES; i++) {
        any_negotiation(&negotiation, 1);
        Outcome bid = outcome_empty();
        for (uint8_t k = 0; k < negotiation.terms.domain.issues; k++)
            bid.option[k] = (uint8_t)any(negotiation.terms.domain.issue[k].options);
        negotiation.profile[0].reservation =
            profile_utility(&negotiation.profile[0], &negotiation.terms.domain, &bid);
        there_and_back(&negotiation, FORMAT_GENIUSWEB);
    }
}

/* --- losses --- */

static void what_a_format_holds_loses_nothing(void **state) {
    (void)state;
    static Negotiation negotiation;
    Text lost = {0};
    any_negotiation(&negotiation, 1);
    assert_int_equal(departure_losses(&negotiation, FORMAT_GENIUS, &lost), 0);
    assert_int_equal(departure_losses(&negotiation, FORMAT_GENIUSWEB, &lost), 0);
    assert_string_equal(text_get(&lost), "");
}

static void every_loss_is_named(void **state) {
    (void)state;
    Text lost = {0};
    Error error = {0};
    ScenarioRequest request = {.path = NONPAPER_SOURCE_DIR "/configs/riyadh-2025.yaml"};
    Scenario *scenario = scenario_read(&request, NULL, &error);
    assert_non_null(scenario);
    assert_int_equal(departure_losses(&scenario->negotiation, FORMAT_GENIUS, &lost), 21);
    static const char *const lines[] = {"  3 infeasible combinations\n",
                                        "  the status quo of 7 issues\n",
                                        "  the mechanism, open-table",
                                        "  consent by provision",
                                        "  ratification\n",
                                        "  closed tables\n",
                                        "  audience costs\n",
                                        "  talks that break down when they stall\n",
                                        "  the world: ",
                                        "  enforcement: ",
                                        "  later steps\n",
                                        "  seat us: that it may be of 2 types",
                                        "  seat us: 2 red lines\n",
                                        "  seat ukraine: 3 red lines\n",
                                        "  seat russia: 1 linkage\n",
                                        "  seat europe: what it has while the talks go on\n"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (!strstr(text_get(&lost), lines[i]))
            fail_msg("%s is not in %s", lines[i], text_get(&lost));
    scenario_destroy(scenario);
    text_finish(&lost);
}

static void geniusweb_loses_more(void **state) {
    (void)state;
    static Negotiation negotiation;
    Text lost = {0};
    any_negotiation(&negotiation, 0.9);
    negotiation.profile[0].discount = 0.5;
    negotiation.profile[1].reservation = UTILITY_ONE * 2;
    assert_int_equal(departure_losses(&negotiation, FORMAT_GENIUS, &lost), 0);
    assert_int_equal(departure_losses(&negotiation, FORMAT_GENIUSWEB, &lost), 4);
    assert_string_equal(text_get(&lost),
                        "  seat a: its discount\n"
                        "  seat a: weights that sum to 0.9; they are divided by it\n"
                        "  seat b: its reservation, 2, which no package is worth exactly\n"
                        "  seat b: weights that sum to 0.9; they are divided by it\n");
    text_finish(&lost);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(genius_and_back_gives_the_same_utilities),
        cmocka_unit_test(geniusweb_and_back_gives_the_same_utilities),
        cmocka_unit_test(what_a_format_holds_loses_nothing),
        cmocka_unit_test(every_loss_is_named),
        cmocka_unit_test(geniusweb_loses_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
