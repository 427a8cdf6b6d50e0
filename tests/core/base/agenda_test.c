#include "core/base/agenda.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/base/rng.h"
#include "tests/core/base/suite.h"

enum { MANY = 20000 };

static int compare(const void *left, const void *right) {
    const AgendaEntry *a = left, *b = right;
    if (a->at != b->at) return a->at < b->at ? -1 : 1;
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    if (a->seat != b->seat) return a->seat < b->seat ? -1 : 1;
    return a->sequence < b->sequence ? -1 : a->sequence > b->sequence;
}

/* Few times, ranks and seats, so that every key decides often; the sequence is never the same. */
static AgendaEntry any_entry(Rng *rng, uint32_t sequence) {
    return (AgendaEntry){.at = (SimTime)rng_below(rng, 50) - 10,
                         .rank = (uint8_t)rng_below(rng, 4),
                         .seat = (uint8_t)rng_below(rng, 256),
                         .sequence = sequence * 2654435761u,
                         .payload = rng_u32(rng)};
}

static void assert_same(const AgendaEntry *a, const AgendaEntry *b) {
    assert_int_equal(a->at, b->at);
    assert_int_equal(a->rank, b->rank);
    assert_int_equal(a->seat, b->seat);
    assert_int_equal(a->sequence, b->sequence);
    assert_int_equal(a->payload, b->payload);
}

static void an_empty_agenda_has_no_first(void **state) {
    (void)state;
    Agenda agenda;
    agenda_init(&agenda);
    assert_null(agenda_first(&agenda));
    agenda_finish(&agenda);
}

static void entries_leave_in_sorted_order(void **state) {
    (void)state;
    static AgendaEntry reference[MANY];
    Rng rng = rng_stream(rng_key(1, "agenda"));
    Agenda agenda;
    agenda_init(&agenda);
    for (uint32_t i = 0; i < MANY; i++) {
        reference[i] = any_entry(&rng, i);
        agenda_add(&agenda, reference[i]);
    }
    qsort(reference, MANY, sizeof *reference, compare);
    for (uint32_t i = 0; i < MANY; i++) {
        assert_same(agenda_first(&agenda), &reference[i]);
        AgendaEntry taken = agenda_take(&agenda);
        assert_same(&taken, &reference[i]);
    }
    assert_null(agenda_first(&agenda));
    agenda_finish(&agenda);
}

/* What is left of a run: whatever the order of arrival, the order of departure is the same. */
static void the_order_of_arrival_does_not_matter(void **state) {
    (void)state;
    Agenda forward, backward;
    agenda_init(&forward);
    agenda_init(&backward);
    Rng rng = rng_stream(rng_key(2, "agenda"));
    AgendaEntry entries[500];
    for (uint32_t i = 0; i < 500; i++) entries[i] = any_entry(&rng, i);
    for (uint32_t i = 0; i < 500; i++) agenda_add(&forward, entries[i]);
    for (uint32_t i = 500; i > 0; i--) agenda_add(&backward, entries[i - 1]);
    for (uint32_t i = 0; i < 500; i++) {
        AgendaEntry a = agenda_take(&forward), b = agenda_take(&backward);
        assert_same(&a, &b);
    }
    agenda_finish(&forward);
    agenda_finish(&backward);
}

static void adding_while_taking_keeps_the_order(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(3, "agenda"));
    Agenda agenda;
    agenda_init(&agenda);
    for (uint32_t i = 0; i < 300; i++) agenda_add(&agenda, any_entry(&rng, i));
    AgendaEntry last = agenda_take(&agenda);
    for (uint32_t i = 300; i < MANY; i++) {
        AgendaEntry later = any_entry(&rng, i);
        later.at = last.at + 1 + rng_below(&rng, 30);
        agenda_add(&agenda, later);
        AgendaEntry next = agenda_take(&agenda);
        assert_true(compare(&last, &next) < 0);
        last = next;
    }
    assert_int_equal(agenda.count, 299);
    agenda_finish(&agenda);
}

static void each_key_decides_when_the_ones_before_it_tie(void **state) {
    (void)state;
    const AgendaEntry order[] = {
        {INT64_MIN, 255, 255, UINT32_MAX, 0},
        {-1, 0, 0, 0, 1},
        {7, 0, 255, UINT32_MAX, 2},
        {7, 1, 0, UINT32_MAX, 3},
        {7, 1, 1, 0, 4},
        {7, 1, 1, 1, 5},
        {7, 1, 1, UINT32_MAX, 6},
        {7, 1, 2, 0, 7},
        {7, 255, 0, 0, 8},
        {NP_NEVER, 0, 0, 0, 9},
    };
    enum { ENTRIES = sizeof order / sizeof *order };
    for (size_t turn = 0; turn < ENTRIES; turn++) {
        Agenda agenda;
        agenda_init(&agenda);
        for (size_t i = 0; i < ENTRIES; i++) agenda_add(&agenda, order[(i * 7 + turn) % ENTRIES]);
        for (size_t i = 0; i < ENTRIES; i++)
            assert_int_equal(agenda_take(&agenda).payload, order[i].payload);
        agenda_finish(&agenda);
    }
}

static void a_warm_agenda_does_not_allocate(void **state) {
    (void)state;
    Agenda agenda;
    agenda_init(&agenda);
    for (uint32_t i = 0; i < 1000; i++) agenda_add(&agenda, (AgendaEntry){.sequence = i});
    agenda_clear(&agenda);
    assert_null(agenda_first(&agenda));
    uint64_t before = memory_allocations();
    for (uint32_t i = 0; i < 1000; i++) agenda_add(&agenda, (AgendaEntry){.sequence = i});
    for (uint32_t i = 0; i < 1000; i++) assert_int_equal(agenda_take(&agenda).sequence, i);
    assert_int_equal(memory_allocations(), before);
    agenda_finish(&agenda);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_agenda_has_no_first),
        cmocka_unit_test(entries_leave_in_sorted_order),
        cmocka_unit_test(the_order_of_arrival_does_not_matter),
        cmocka_unit_test(adding_while_taking_keeps_the_order),
        cmocka_unit_test(each_key_decides_when_the_ones_before_it_tie),
        cmocka_unit_test(a_warm_agenda_does_not_allocate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
