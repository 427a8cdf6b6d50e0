/* nonpaper strategy new. */
#include "tests/cli/shell.h"

static void each_language_has_its_files(void **state) {
    TRY({"$N strategy new careful --lang lua", 0,
         "Wrote ./careful.lua.\nNext: nonpaper strategy test careful.lua\n", NULL},
        {"$N strategy new careful --lang c -o mine", 0,
         "Wrote mine/careful.c and mine/CMakeLists.txt.\nNext: cd mine; cmake", NULL},
        {"$N strategy new careful --lang python && test -x careful.py", 0, "Wrote ./careful.py",
         NULL},
        {"grep -c 'name = \"careful\"' careful.lua careful.py", 0, "careful.lua:1\ncareful.py:1",
         NULL},
        {"grep -c 'class Careful' careful.py", 0, "1", NULL},
        {"grep -wE 'mine|patient' careful.lua careful.py mine/careful.c mine/CMakeLists.txt", 1,
         NULL, NULL}, );
}

static void nothing_is_written_over(void **state) {
    TRY({"echo own >there.lua; $N strategy new there --lang lua", 73, NULL,
         "./there.lua: File exists"},
        {"cat there.lua", 0, "own\n", NULL},
        {"mkdir -p half; echo own >half/CMakeLists.txt; $N strategy new first --lang c -o half", 73,
         NULL, "half/CMakeLists.txt: File exists"},
        {"ls half", 0, "CMakeLists.txt\n", NULL}, {"test -e half/first.c", 1, NULL, NULL}, );
}

static void what_is_written_plays(void **state) {
    TRY({"$N strategy new fresh --lang lua >/dev/null; $N run \"$S/configs/01-hello.yaml\" --lane "
         "memory "
         "--strategy upper=fresh.lua --json -o fresh.db",
         0, "\"verdict\":\"agreement\"", NULL},
        {"$N strategy test fresh.lua", 0, "fresh.lua: ", NULL},
        {"$N strategy new fresh2 --lang c >/dev/null; cc -std=c17 -Wall -Wextra -Werror -O2 "
         "-ffp-contract=off -shared -fPIC -I\"$S/include\" -o fresh2.so fresh2.c && $N run "
         "\"$S/configs/01-hello.yaml\" --lane memory --trust --strategy upper=./fresh2.so --json "
         "-o fresh.db",
         0, "\"verdict\":\"agreement\"", NULL}, );
}

static void what_makes_no_sense_is_refused(void **state) {
    TRY({"$N strategy new", 64, NULL, "needs a NAME"}, {"$N strategy new fine", 64, NULL, "--lang"},
        {"$N strategy new Fine --lang c", 64, NULL, "a-z"},
        {"$N strategy new ../fine --lang c", 64, NULL, "a-z"},
        {"$N strategy new fine --lang cobol", 64, NULL, "cobol"},
        {"$N strategy tset linear", 64, NULL, "did you mean test?"}, );
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_language_has_its_files),
        cmocka_unit_test(nothing_is_written_over),
        cmocka_unit_test(what_is_written_plays),
        cmocka_unit_test(what_makes_no_sense_is_refused),
    };
    shell_begin();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    shell_end();
    return failed;
}
