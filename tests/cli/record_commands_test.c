/* What is done with records from outside: diff, reproduce, export, merge, runs as a tree, ranges of log, what
 * one seat knew. */
#include "tests/cli/shell.h"

#include <stdio.h>
#include <string.h>

/* Run 1 is an agreement; 2 another scenario; 3 branches from 1, 4 from 3. */
static int set_up(void **state) {
    (void)state;
    shell_begin();
    assert_int_equal(
        shell(
            "$N run $S/tests/scenarios/agreement.yaml --lane memory -o a.record && "
            "$N run $S/tests/scenarios/walk_out.yaml --lane memory -o a.record --seed 7 && "
            "$N branch a.record --run 1 --at 2025-01-05 --strategy west=conceder --lane memory && "
            "$N branch a.record --run 3 --at 2025-01-07 --set seats.east.reservation=0.3"
            " --strategy east='boulware(e=0.5)' --lane memory"),
        0);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    shell_end();
    return 0;
}

/* --- diff --- */

static void two_runs_are_compared(void **state) {
    TRY({"$N diff a.record:1 a.record:3", 0, "seats.west.strategy         -  ", NULL},
        {"$N diff a.record:1 a.record:3", 0,
         "The first 5 events are the same. They part at event 6", NULL},
        {"$N diff a.record:1 a.record:3", 0, "because of event ", NULL},
        {"$N diff a.record:1 a.record:3", 0, "worth to west", NULL},
        {"$N diff a.record:1 a.record:1", 0, "nothing: both were given the same", NULL},
        {"$N diff a.record:1 a.record:1", 0, "All 10 events are the same.", NULL},
        {"$N diff a.record --run 1 --run 2", 0, "scenario                    agreement", NULL},
        {"$N diff a.record --run 1 --run 2", 0, "breakdown: walk_out", NULL},
        {"$N diff a.record", 0, "First:  run 3 of a.record\nSecond: run 4 of a.record", NULL},
        {"$N diff a.record", 0, "seats.east.reservation      -        ", NULL},
        {"cp a.record a:2; $N diff a:2 a.record:4", 0, "nothing: both", NULL});
}

static void a_comparison_is_one_object(void **state) {
    TRY({"$N diff a.record:1 a.record:3 --json", 0,
         "{\"schema\":\"nonpaper.diff/1\",\"same_events\":false,", NULL},
        {"$N diff a.record:1 a.record:3 --json", 0,
         "\"settings\":[{\"path\":\"seats.west.strategy\",\"a\":null,\"b\":\"conceder\"}]", NULL},
        {"$N diff a.record:1 a.record:3 --json", 0,
         "\"first_difference\":{\"event\":6,\"a\":{\"event\":{\"event\":6,", NULL},
        {"$N diff a.record:1 a.record:1 --json", 0,
         "\"first_difference\":null,\"outcome\":{\"a\":{", NULL},
        {"$N diff a.record:1 a.record:3 --json | python3 -m json.tool >/dev/null && echo sound", 0,
         "sound", NULL});
}

static void what_cannot_be_compared_says_why(void **state) {
    TRY({"$N diff a.record:1 missing.record", 66, NULL, "missing.record"},
        {"$N diff a.record:9 a.record:1", 66, NULL, "a.record has no run 9; its last one is 4"},
        {"$N diff a.record --run 2", 64, NULL, "run 2 has no parent in its record"},
        {"$N diff a.record --run x --run 1", 64, NULL, "expected a run's number"},
        {"$N diff a.record a.record --run 1", 64, NULL, "diff takes RECORD[:RUN] twice"},
        {"$N diff a.record --run 1 --run 2 --run 3", 64, NULL, "twice"});
}

/* --- reproduce --- */

static void a_run_is_reproduced_from_its_record_alone(void **state) {
    TRY({"$N reproduce a.record --run 4 -o kit >kit.sh && cat kit.sh", 0,
         "nonpaper branch agreement.record --run 1 --at 2025-01-06T00:00:00 --seed 1 --strategy "
         "west=conceder",
         NULL},
        {"cmp kit/agreement.yaml $S/tests/scenarios/agreement.yaml && echo same", 0, "same", NULL},
        {"PATH=$(dirname $N):$PATH sh kit.sh >/dev/null && $N diff a.record:4 kit/agreement.record",
         0, "nothing: both were given the same", NULL},
        {"$N diff a.record:4 kit/agreement.record", 0, "events are the same.", NULL},
        {"$N reproduce a.record --run 4 -o kit", 0, "nonpaper run agreement.yaml --seed 1", NULL},
        {"$N reproduce a.record --run 4 -o kit --check", 0, "every event is the same", NULL},
        {"$N reproduce a.record --run 2 -o kit --check --json", 0,
         "\"same_version\":true,\"events\":", NULL},
        {"$N reproduce a.record --run 2 -o kit --check --json", 0, "\"checked\":true}", NULL},
        {"echo other | tee kit/*.yaml >/dev/null; $N reproduce a.record --run 2 -o kit", 73, NULL,
         "holds something else"},
        {"$N reproduce a.record --run 2 -o /proc/nowhere", 73, NULL, "cannot write"});
}

static void words_are_quoted_for_the_shell(void **state) {
    TRY({"$N run $S/tests/scenarios/agreement.yaml --lane memory -o q.record"
         " --set \"title=It's \\$HOME; rm -rf x\" >/dev/null; $N reproduce q.record -o q",
         0, "--set 'title=It'\\''s $HOME; rm -rf x'", NULL},
        {"cd q; PATH=$(dirname $N):$PATH; $N reproduce ../q.record | sh >/dev/null;"
         " $N diff agreement.record ../q.record",
         0, "nothing: both were given the same", NULL});
}

/* --- export --- */

static void records_are_exported_row_by_row(void **state) {
    TRY({"$N export a.record --csv", 0, "run,event,cause,date,kind,seat,offer,", NULL},
        {"$N export a.record --csv", 0, ",\"[[\"\"east\"\",\"\"all\"\"]]\",", NULL},
        {"$N export a.record --jsonl", 0, "\"packages\":[[\"east\",\"all\"]],\"seats\":null,",
         NULL},
        {"$N export a.record --jsonl --run 2 | head -1", 0, "{\"run\":2,\"event\":1,\"cause\":null",
         NULL},
        {"$N export a.record --csv --table runs | wc -l", 0, "5\n", NULL},
        {"$N export a.record --jsonl --table runs", 0,
         "\"settings\":[\"seats.west.strategy=conceder\"]", NULL},
        {"$N export a.record --csv --table offers", 0, "run,event,date,seat,offer,package,options",
         NULL},
        {"$N export a.record --csv --table demands", 0, "run,event,date,seat,offer,demand", NULL},
        {"$N export a.record --csv -o a.csv; $N export a.record --csv | cmp - a.csv && echo same",
         0, "same", NULL},
        {"$N export a.record", 64, NULL, "export needs --csv or --jsonl"},
        {"$N export a.record --csv --jsonl", 64, NULL, "export needs --csv or --jsonl"},
        {"$N export a.record --csv --run 9", 66, NULL, "no run 9"},
        {"$N export a.record --csv -o /nonexistent/a.csv", 73, NULL, "cannot write"},
        {"$N export a.record --csv -o /dev/full", 74, NULL, "cannot write /dev/full"},
        {"cp a.record own.record; ln -s own.record it; $N export own.record --csv -o it", 64, NULL,
         "a record cannot be exported into itself"},
        {"$N runs own.record | wc -l", 0, "5\n", NULL},
        {"$N export a.record --csv >/dev/full", 74, NULL, "cannot write the results"},
        {"$N export $S/tests/core/record/golden/schema-1.record --jsonl", 0,
         "\"packages\":[[\"nato\",\"no \\\"cap\\\"\"],[\"israel\",null]]", NULL});
}

/* Both forms say the same as each other, to readers that we did not write. */
static void other_programs_read_what_is_exported(void **state) {
    static const char script[] =
        "for t in events offers demands runs; do $N export a.record --csv --table $t -o $t.csv;"
        " $N export a.record --jsonl --table $t -o $t.jsonl; done; python3 - <<'END'\n"
        "import csv, json\n"
        "for t in 'events', 'offers', 'demands', 'runs':\n"
        "    rows = list(csv.DictReader(open(t + '.csv', encoding='utf-8', newline='')))\n"
        "    lines = [json.loads(l) for l in open(t + '.jsonl', encoding='utf-8')]\n"
        "    assert len(rows) == len(lines) > 0\n"
        "    order = [(l['run'], l.get('event', 0)) for l in lines]\n"
        "    assert order == sorted(order), t\n"
        "    for row, line in zip(rows, lines):\n"
        "        assert list(row) == list(line)\n"
        "        for name, value in line.items():\n"
        "            if value is None: assert row[name] == ''\n"
        "            elif isinstance(value, str): assert row[name] == value\n"
        "            else: assert json.loads(row[name]) == value, (name, value)\n"
        "print('agreed')\nEND\n";
    TRY({script, 0, "agreed\n", NULL});
}

/* --- merge --- */

static void records_are_merged(void **state) {
    TRY({"$N run $S/configs/01-hello.yaml --lane memory -o b.record >/dev/null;"
         "$N merge a.record b.record -o m.record",
         0, "a.record: 4 of 4 runs merged\nb.record: 1 of 1 runs merged\n", NULL},
        {"$N merge b.record a.record -o m.record", 0, "0 of 4 runs merged, 4 were there already",
         NULL},
        {"for r in 1 2 3 4 5; do $N replay m.record --verify --run $r || exit 9; done", 0,
         "run 5 verified", NULL},
        {"$N diff a.record:4 m.record:4", 0, "All ", NULL},
        {"$N merge b.record -o m.record --all --json", 0,
         "\"sources\":[{\"record\":\"b.record\",\"runs\":1,\"merged\":1,\"duplicates\":0,"
         "\"studies\":0,\"outcomes\":0,\"outcomes_merged\":0,\"outcome_duplicates\":0}],"
         "\"studies\":[]}",
         NULL},
        {"$N merge $S/tests/core/record/golden/schema-1.record -o m.record", 0,
         "3 of 3 runs merged", NULL},
        {"$N merge $S/tests/core/record/golden/schema-2.record -o m.record", 0,
         "2 of 5 runs merged, 3 were there already", NULL});
}

/* The golden record has a study of ten outcomes. */
static void studies_are_merged(void **state) {
    TRY({"cp $S/tests/core/record/golden/schema-4.record s.record; $N merge s.record -o t.record",
         0, "s.record: 6 of 6 runs merged; 10 of 10 outcomes merged\n", NULL},
        {"$N merge s.record -o t.record", 0,
         "0 of 6 runs merged, 6 were there already; 0 of 10 outcomes merged, 10 were there already",
         NULL},
        {"cp s.record bad.record; python3 -c \"import sqlite3; c = sqlite3.connect('bad.record');"
         " c.execute('DROP TRIGGER outcomes_stay');"
         " c.execute('UPDATE outcomes SET digest = 1'); c.commit()\";"
         " $N merge a.record bad.record -o n.record; s=$?; test -e n.record || exit $s",
         1, NULL, "bad.record: Study 1, repetition 0, cell 0, column digest"},
        {"cp s.record other.record; python3 -c \"import sqlite3;"
         " c = sqlite3.connect('other.record'); c.execute('DROP TRIGGER outcomes_stay');"
         " c.execute('UPDATE outcomes SET digest = ? WHERE key = (1 << 44) + 5', ('0' * 64,));"
         " c.commit()\"; $N merge other.record -o t.record",
         1, NULL, "Study 1, repetition 1, cell 2, column digest: t.record says"});
}

static void studies_are_exported_row_by_row(void **state) {
    TRY({"cp $S/tests/core/record/golden/schema-4.record s.record;"
         " $N export s.record --csv --table outcomes | head -1",
         0, "study,repetition,cell,seed,verdict,reason,seat,ended,days,events,agreement,", NULL},
        {"$N export s.record --csv --table outcomes | wc -l", 0, "11\n", NULL},
        {"$N export s.record --csv --table outcome_seats --study 1 | wc -l", 0, "21\n", NULL},
        {"$N export s.record --jsonl --table cells --study 1 | head -1", 0,
         "{\"study\":1,\"cell\":0,\"settings\":[\"time.deadline=30d\"],"
         "\"numbers\":{\"time.deadline\":30}}\n",
         NULL},
        {"$N export s.record --jsonl --table failures", 0,
         "{\"study\":1,\"repetition\":3,\"cell\":0,\"attempt\":1,\"why\":\"killed by signal 9\"}",
         NULL},
        {"$N export s.record --jsonl --table outcomes | python3 -c \"import json, sys;"
         " rows = [json.loads(l) for l in sys.stdin]; print(len(rows), rows[0]['agreement'],"
         " rows[0]['settings'], rows[5]['drawn'])\"",
         0, "10 {'security': 'israel', 'forces': '600k'} ['time.deadline=30d']", NULL},
        {"$N export s.record --jsonl --table studies", 0, "\"plan\":{\"factors\":[", NULL},
        {"$N export a.record --csv --table outcomes | wc -l", 0, "1\n", NULL},
        {"$N export s.record --csv --table outcomes --study 2", 66, NULL, "no study 2"},
        {"$N export s.record --csv --table outcomes --run 1", 64, NULL,
         "belong to a study: --study"},
        {"$N export s.record --csv --study 1", 64, NULL, "belong to a run: --run"},
        {"$N export $S/tests/core/record/golden/schema-1.record --csv --table outcomes | wc -l", 0,
         "1\n", NULL});
}

static void parents_are_found_again_after_a_merge(void **state) {
    TRY({"$N branch a.record --run 1 --at 2025-01-09 --strategy west=linear --lane memory"
         " -o c.record >/dev/null; $N runs c.record",
         0, "from a run of another record on 10 January 2025", NULL},
        {"$N reproduce c.record -o x", 66, NULL, "merge the two first"},
        {"$N merge a.record c.record -o p.record", 0, "c.record: 1 of 1 runs merged", NULL},
        {"$N runs p.record", 0, "from run 1 on 10 January 2025", NULL},
        {"$N replay p.record --verify", 0, "verified", NULL},
        {"$N merge c.record a.record -o late.record && $N runs late.record", 0,
         "from a run of another record", NULL},
        {"$N reproduce late.record --run 1 -o y", 0, "nonpaper branch agreement.record --run 1",
         NULL});
}

static void nothing_is_merged_from_a_damaged_record(void **state) {
    TRY({"cp a.record bad.record; python3 -c \"import sqlite3; c = sqlite3.connect('bad.record');"
         " c.execute('DROP TRIGGER events_stay'); c.execute('UPDATE events SET at = at + 1'"
         " ' WHERE key = (2 << 32) + 2'); c.commit()\";"
         "$N merge a.record bad.record -o n.record; code=$?; test -e n.record && echo made; exit "
         "$code",
         1, NULL, "Nothing was merged."},
        {"$N merge a.record missing.record -o n.record", 66, NULL, "missing.record"},
        {"$N merge a.record -o a.record", 64, NULL, "into itself"},
        {"$N merge a.record", 64, NULL, "needs -o RECORD"});
}

/* --- runs, log, replay --- */

static void branches_stand_under_their_parents(void **state) {
    TRY({"$N runs a.record", 0, "     3  └ agreement ", NULL},
        {"$N runs a.record", 0, "     4    └ agreement ", NULL},
        {"$N runs a.record | cut -c1-6 | tr -d ' \\n'", 0, "run1342", NULL},
        {"$N runs a.record", 0, "from run 3 on 8 January 2025", NULL},
        {"$N runs a.record --json", 0, "\"parent\":3,\"parent_hash\":\"", NULL},
        {"$N runs a.record --json", 0, "\"branched_at\":\"2025-01-08\"", NULL},
        {"$N runs a.record --json", 0, "\"parent\":null,\"parent_hash\":null,\"branched_at\":null",
         NULL});
}

static void a_log_has_a_range(void **state) {
    TRY({"$N log a.record --run 1 --from 3 --to 5 | cut -c1-6 | tr -d ' \\n'", 0, "345", NULL},
        {"$N log a.record --run 1 --from 2025-01-08 --to 2025-01-10 | cut -c9-18 | uniq", 0,
         "2025-01-08\n2025-01-10\n", NULL},
        {"$N log a.record --run 1 --limit 2 | wc -l", 0, "2\n", NULL},
        {"$N log a.record --run 1 --kind offer --limit 1 --seat west", 0, "offer         #2", NULL},
        {"$N log a.record --run 1 --offer 1 | cut -c21-50", 0, "east          offer", NULL},
        {"$N log a.record --run 1 --from 99", 0, "", NULL},
        {"$N log a.record --run 1 --from tomorrow", 64, NULL, "--from tomorrow: expected a date"},
        {"$N log a.record --run 1 --to 3x", 64, NULL, "--to 3x: expected a date"},
        {"$N log a.record --run 1 --from 2 --to 2 --json", 0, "\"events\":[{\"event\":2,", NULL});
}

static void a_replay_for_a_seat_tells_what_it_knew(void **state) {
    TRY({"$N replay a.record --run 1 --seat west", 0, "west: the agreement is worth", NULL},
        {"$N replay a.record --run 1 --seat west | grep -c 'west tables.*its demand'", 0, "", NULL},
        {"$N replay a.record --run 1 --seat west --all | grep 'east tables' | grep -c 'its demand'",
         1, "0\n", NULL},
        {"$N replay a.record --run 1 --seat west | grep -c 'demands came closer'", 1, "0\n", NULL},
        {"$N replay a.record --run 2 --seat wets", 64, NULL, "did you mean"},
        {"$N replay a.record --run 1 --to tomorrow", 64, NULL, "--to tomorrow: expected a date"});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_runs_are_compared),
        cmocka_unit_test(a_comparison_is_one_object),
        cmocka_unit_test(what_cannot_be_compared_says_why),
        cmocka_unit_test(a_run_is_reproduced_from_its_record_alone),
        cmocka_unit_test(words_are_quoted_for_the_shell),
        cmocka_unit_test(records_are_exported_row_by_row),
        cmocka_unit_test(other_programs_read_what_is_exported),
        cmocka_unit_test(records_are_merged),
        cmocka_unit_test(studies_are_merged),
        cmocka_unit_test(studies_are_exported_row_by_row),
        cmocka_unit_test(parents_are_found_again_after_a_merge),
        cmocka_unit_test(nothing_is_merged_from_a_damaged_record),
        cmocka_unit_test(branches_stand_under_their_parents),
        cmocka_unit_test(a_log_has_a_range),
        cmocka_unit_test(a_replay_for_a_seat_tells_what_it_knew),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
