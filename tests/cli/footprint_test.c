/* What it takes to look at a scenario: memory stays small, however many packages there are to think of. (How
 * long it takes depends on the machine and is not asked here.) */
#include <stdio.h>
#include <sys/resource.h>

#include "tests/cli/shell.h"

enum { MOST_KIB = 100 * 1024 };

static void every_scenario_is_checked_and_shown_in_little_memory(void **state) {
    (void)state;
    static const char *const commands[] = {"check", "show", "show --json"};
    char line[256];
    shell_begin();
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        snprintf(line, sizeof line,
                 "for file in $S/configs/*.yaml $S/configs/*/*.yaml; do $N %s $file || exit 1; "
                 "done 2>/dev/null",
                 commands[i]);
        assert_int_equal(shell(line), 0);
    }
    shell_end();
    struct rusage usage; /* of the largest of them */
    assert_int_equal(getrusage(RUSAGE_CHILDREN, &usage), 0);
    assert_in_range(usage.ru_maxrss, 1024, MOST_KIB);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scenario_is_checked_and_shown_in_little_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
