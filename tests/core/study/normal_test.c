#include "core/study/normal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>

#include <cmocka.h>

static bool near(double a, double b, double within) {
    return a - b < within && b - a < within;
}

/* To ten digits and more: Abramowitz and Stegun, table 26.5, and the examples of Wichura 1988 (0.25, 0.001,
 * 1e-20). */
static void the_table(void **state) {
    (void)state;
    static const struct {
        double share, quantile;
    } row[] = {{0.25, -0.6744897501960817}, {0.001, -3.090232306167813},
               {1e-20, -9.262340089798408}, {0.975, 1.959963984540054},
               {0.995, 2.5758293035489004}, {0.9, 1.2815515655446004},
               {1e-10, -6.361340902404056}, {1e-300, -37.0470962993612}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
        assert_true(near(normal_quantile(row[i].share), row[i].quantile, 1e-12));
}

static void the_two_sides_mirror_each_other(void **state) {
    (void)state;
    assert_true(normal_quantile(0.5) == 0);
    for (int i = 1; i < 512; i++)
        assert_true(normal_quantile(i / 1024.0) == -normal_quantile(1 - i / 1024.0));
}

/* To 15 digits: Abramowitz and Stegun, tables 26.1 and 26.2, and the quantile's other way round. */
static void what_lies_above(void **state) {
    (void)state;
    static const double row[][2] = {{0, 0.5},
                                    {1, 0.158655253931457051},
                                    {2, 0.0227501319481792072},
                                    {3, 0.00134989803163009453},
                                    {4, 3.16712418331199213e-5},
                                    {5, 2.86651571879193912e-7},
                                    {10, 7.61985302416052607e-24}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
        assert_true(near(normal_tail(row[i][0]) / row[i][1], 1, 1e-12));
    for (int i = 1; i < 500; i++)
        assert_true(near(normal_tail(normal_quantile(1 - i / 1000.0)) * 1000 / i, 1, 1e-12));
    assert_true(normal_tail(40) == 0);
}

static void it_rises_across_its_seams(void **state) {
    (void)state;
    for (int i = 1; i < 9999; i++)
        assert_true(normal_quantile(i / 1e4) < normal_quantile((i + 1) / 1e4));
    for (int i = 1; i < 999; i++)
        assert_true(normal_quantile(i * 1e-13) < normal_quantile((i + 1) * 1e-13));
}

static void the_z_of_an_interval(void **state) {
    (void)state;
    assert_true(near(normal_z(0.95), 1.959963984540054, 1e-14));
    assert_true(near(normal_z(0.99), 2.5758293035489004, 1e-14));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table),
        cmocka_unit_test(the_two_sides_mirror_each_other),
        cmocka_unit_test(what_lies_above),
        cmocka_unit_test(it_rises_across_its_seams),
        cmocka_unit_test(the_z_of_an_interval),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
