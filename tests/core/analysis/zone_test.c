/* Is there anything that all would rather have? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/analysis/zone.h"
#include "tests/fixtures/negotiations.h"

/* Two seats over two issues: what one gains the other loses, so both can have half. */
static Negotiation *even_split(double reservation) {
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 2, 3);
    for (SeatId seat = 0; seat < 2; seat++)
        negotiation->profile[seat].reservation = utility_from(reservation);
    return negotiation;
}

static void a_zone_closes_as_walking_away_becomes_better(void **state) {
    (void)state;
    static const struct {
        double reservation;
        ZoneAnswer answer;
    } row[] = {{0.4, ZONE_EXISTS}, {0.5, ZONE_EXISTS}, {0.51, ZONE_EMPTY}};
    for (int i = 0; i < 3; i++) {
        Negotiation *negotiation = even_split(row[i].reservation);
        assert_int_equal(zone_exists(negotiation), row[i].answer);
        fixture_finish(negotiation);
    }
}

static void a_hard_red_line_can_close_it(void **state) {
    (void)state;
    Negotiation *negotiation = even_split(0.5);
    Profile *profile = &negotiation->profile[0];
    profile->red_lines = 2;
    profile->red_line[0] = (RedLine){{1, {0}, {1u << 0 | 1u << 1}}, true, 0};
    assert_int_equal(zone_exists(negotiation), ZONE_EXISTS);
    profile->red_line[1] = (RedLine){{1, {1}, {1u << 0}}, true, 0};
    assert_int_equal(zone_exists(negotiation), ZONE_EMPTY);
    fixture_finish(negotiation);
}

/* A deal that no seat trusts to last is worth less than its terms, and a war worth more than its peace makes a
 * poor peace that may break bearable. */
static void a_peace_that_breaks_closes_it_and_a_good_aftermath_opens_it(void **state) {
    (void)state;
    Negotiation *negotiation = even_split(0.45);
    static Durability peace;
    peace = (Durability){.base = 0.05, .shape = 1, .discount = 0.95, .horizon = 10};
    durability_settle(&peace);
    for (SeatId seat = 0; seat < 2; seat++) negotiation->profile[seat].durability = &peace;
    assert_int_equal(zone_exists(negotiation), ZONE_EMPTY);
    peace.effect[0][1] = -3 * UTILITY_ONE; /* one option guarantees it */
    assert_int_equal(zone_exists(negotiation), ZONE_EXISTS);
    for (SeatId seat = 0; seat < 2; seat++) negotiation->profile[seat].hazard = 4 * UTILITY_ONE;
    assert_int_equal(zone_exists(negotiation), ZONE_EMPTY);
    for (SeatId seat = 0; seat < 2; seat++)
        negotiation->profile[seat].aftermath = utility_from(0.46);
    assert_int_equal(zone_exists(negotiation), ZONE_EXISTS);
    fixture_finish(negotiation);
}

static void a_large_space_is_not_walked(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 16, 4);
    assert_int_equal(zone_exists(negotiation), ZONE_UNKNOWN);
    fixture_finish(negotiation);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_zone_closes_as_walking_away_becomes_better),
        cmocka_unit_test(a_hard_red_line_can_close_it),
        cmocka_unit_test(a_peace_that_breaks_closes_it_and_a_good_aftermath_opens_it),
        cmocka_unit_test(a_large_space_is_not_walked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
