#include "cli/commands.h"

#include <string.h>

#include "core/base/vocabulary.h"

/* Rows are laid out by hand, to be taken in at a glance. */
/* clang-format off */
#define END {.name = NULL}
#define JSON {.name = "json", .kind = OPTION_FLAG, .summary = "print one JSON object"}

static const char *const lanes[] = {"processes", "memory", NULL};
static const char *const transports[] = {"ipc", NULL};
static const char *const designs[] = {"grid", "lhs", "sobol", NULL};
static const char *const depths[] = {"outcomes", "full", NULL};
static const char *const engines[] = {"local", "slurm", NULL};
static const char *const forms[] = {"table", "csv", "jsonl", "markdown", NULL};
static const char *const cores[] = {"one", "all", NULL};

static const OptionSpec json_only[] = {JSON, END};

/* For those who know what a shared object does, having written it. */
#define TRUST                                                                                      \
    {.name = "trust", .kind = OPTION_FLAG,                                                         \
     .summary = "strategies from .so files play without a sandbox, and in --lane memory too"}

/* How a run is played, whatever it is. */
#define LANE_OPTIONS                                                                               \
    {.name = "lane", .kind = OPTION_CHOICE, .choices = lanes,                                      \
     .summary = "one process a seat (default), or all in this one; the result is the same"},       \
    {.name = "transport", .kind = OPTION_CHOICE, .choices = transports,                            \
     .summary = "how the processes talk"},                                                         \
    {.name = "cores", .kind = OPTION_CHOICE, .choices = cores,                                     \
     .summary = "keep the processes on one core (default), where they wake each other fast"},      \
    {.name = "spin", .kind = OPTION_INTEGER, .value = "MICROSECONDS", .least = 0, .most = 1000000, \
     .summary = "how long to look for a message before sleeping (default 0)"},                     \
    TRUST,                                                                                         \
    {.name = "seat", .kind = OPTION_TEXT, .value = "SEAT=foreign", .repeated = true,               \
     .summary = "wait for an agent that somebody else starts; the address is told"},               \
    {.name = "speed", .kind = OPTION_NUMBER, .value = "X", .least = 0, .most = 1000000,            \
     .summary = "simulated days per second, for watching (default 0: as fast as possible)"},       \
    {.name = "patience", .kind = OPTION_NUMBER, .value = "SECONDS", .least = 0, .most = 86400,     \
     .summary = "how long an agent may take to answer before it counts as failed (default 10)"},      \
    {.name = "restarts", .kind = OPTION_INTEGER, .value = "N", .least = 0, .most = 1000,           \
     .summary = "how often a lost agent is started again before its seat fails (default 3)"},      \
    {.name = "quiet", .kind = OPTION_FLAG, .summary = "tell nothing but what went wrong"},         \
    {.name = "all", .kind = OPTION_FLAG,                                                           \
     .summary = "tell every event, refusals and repeated offers too"},                             \
    JSON

#define CHANGES                                                                                    \
    {.name = "set", .kind = OPTION_TEXT, .value = "PATH=VALUE", .repeated = true,                  \
     .summary = "change a value of the scenario"},                                                 \
    {.name = "strategy", .kind = OPTION_TEXT, .value = "SEAT=SPEC", .repeated = true,              \
     .summary = "what a seat plays, such as russia=boulware(e=0.2)"}

/* What `run` and `demo` take, and, as they pass it on, the broker. */
#define RUN_OPTIONS                                                                                \
    {.name = "seed", .kind = OPTION_INTEGER, .value = "N", .least = 0, .most = INT64_MAX,          \
     .summary = "luck of this run (default 1)"},                                                   \
    CHANGES,                                                                                       \
    {.name = "output", .letter = 'o', .kind = OPTION_TEXT, .value = "RECORD",                      \
     .summary = "record to append to (default nonpaper.db), created when missing"},                \
    LANE_OPTIONS

#define REPS                                                                                       \
    {.name = "reps", .kind = OPTION_INTEGER, .value = "N", .least = 1, .most = 1000000,            \
     .summary = "as many runs, each with the next seed (default 1)"}

#define HORIZON                                                                                    \
    {.name = "horizon", .kind = OPTION_NUMBER, .value = "YEARS", .least = 0, .most = 200,          \
     .summary = "look on after an agreement: is it carried out, tested, broken?"}

static const OptionSpec run_options[] = {REPS, HORIZON, RUN_OPTIONS, END};

static const OptionSpec log_options[] = {
    {.name = "run", .kind = OPTION_INTEGER, .value = "ID", .least = 1, .most = INT64_MAX,
     .summary = "which run (default: the last one)"},
    {.name = "seat", .kind = OPTION_TEXT, .value = "SEAT", .summary = "only this seat's events"},
    {.name = "kind", .kind = OPTION_TEXT, .value = "KIND",
     .summary = "only events of this kind, such as offer or acceptance"},
    {.name = "offer", .kind = OPTION_INTEGER, .value = "N", .least = 1, .most = UINT32_MAX,
     .summary = "only events that concern the offer of that number"},
    {.name = "from", .kind = OPTION_TEXT, .value = "DATE|EVENT", .summary = "begin there"},
    {.name = "to", .kind = OPTION_TEXT, .value = "DATE|EVENT", .summary = "stop there"},
    {.name = "limit", .kind = OPTION_INTEGER, .value = "N", .least = 1, .most = INT64_MAX,
     .summary = "at most so many events"},
    JSON,
    END,
};

static const char *const scopes[] = {"feasible", "acceptable", "zone", NULL};
static const char *const disagreements[] = {"minimum", "reservation", "outside", NULL};

static const OptionSpec analyse_options[] = {
    {.name = "disagreement", .kind = OPTION_CHOICE, .choices = disagreements,
     .summary = "what gains are measured from: the least of any package (default), walk-away values, or "
                "outside options on a date"},
    {.name = "at", .kind = OPTION_TEXT, .value = "DATE",
     .summary = "the date of --disagreement outside (default: the opening)"},
    {.name = "scope", .kind = OPTION_CHOICE, .choices = scopes,
     .summary = "which packages count: feasible ones (default), those that cross no hard red line, those in "
                "the zone of agreement"},
    {.name = "package", .kind = OPTION_TEXT, .value = "ISSUE=OPTION,…",
     .summary = "a package to look at, some issues or all (default: a recorded run's agreement): what would "
                "have to differ, improvements, stability"},
    {.name = "look", .kind = OPTION_NUMBER, .value = "YEARS", .least = 0, .most = 200,
     .summary = "how long after it stability looks (default 1)"},
    {.name = "points", .kind = OPTION_FLAG, .summary = "list every point of the Pareto frontier"},
    {.name = "budget", .kind = OPTION_INTEGER, .value = "STATES", .least = 1000, .most = 1LL << 40,
     .summary = "candidates that a search may look at (default 2097152); where that is not enough, it is said"},
    {.name = "run", .kind = OPTION_INTEGER, .value = "ID", .least = 1, .most = INT64_MAX,
     .summary = "which run of a record (default: the last one)"},
    CHANGES,
    JSON,
    END,
};

static const OptionSpec replay_options[] = {
    {.name = "run", .kind = OPTION_INTEGER, .value = "ID", .least = 1, .most = INT64_MAX,
     .summary = "which run (default: the last one)"},
    {.name = "verify", .kind = OPTION_FLAG,
     .summary = "ask the strategies again and compare every event"},
    {.name = "to", .kind = OPTION_TEXT, .value = "DATE|EVENT", .summary = "stop there"},
    TRUST,
    {.name = "seat", .kind = OPTION_TEXT, .value = "SEAT",
     .summary = "tell only what this seat knew"},
    {.name = "speed", .kind = OPTION_NUMBER, .value = "X", .least = 0, .most = 1000000,
     .summary = "simulated days per second (default 0: as fast as possible)"},
    {.name = "all", .kind = OPTION_FLAG,
     .summary = "tell every event, refusals and repeated offers too"},
    JSON,
    END,
};

static const OptionSpec agent_options[] = {
    {.name = "strategy", .kind = OPTION_TEXT, .value = "SPEC",
     .summary = "what to play (default: what the broker says)"},
    {.name = "connect", .kind = OPTION_TEXT, .value = "ADDRESS",
     .summary = "the broker's address, such as ipc:///run/user/1000/nonpaper/broker"},
    {.name = "spin", .kind = OPTION_INTEGER, .value = "MICROSECONDS", .least = 0, .most = 1000000,
     .summary = "how long to look for a message before sleeping (default 0)"},
    {.name = "patience", .kind = OPTION_NUMBER, .value = "SECONDS", .least = 0, .most = 86400,
     .summary = "how long to wait for the broker's welcome (default 20)"},
    {.name = "load", .kind = OPTION_TEXT, .value = "FILE", .repeated = true,
     .summary = "a strategy, .lua or .so, to load once the sandbox is closed"},
    {.name = "trust", .kind = OPTION_FLAG,
     .summary = "no sandbox: the strategy may do what its user may"},
    {.name = "without-landlock", .kind = OPTION_FLAG,
     .summary = "contain it as a kernel without Landlock would"},
    END,
};

#define WHICH_RUN                                                                                  \
    {.name = "run", .kind = OPTION_INTEGER, .value = "ID", .least = 1, .most = INT64_MAX,          \
     .summary = "which run (default: the last one)"}
#define AT                                                                                         \
    {.name = "at", .kind = OPTION_TEXT, .value = "DATE|EVENT",                                     \
     .summary = "go on differently after that day, or after that event"}

static const OptionSpec resume_options[] = {
    {.name = "run", .kind = OPTION_INTEGER, .value = "ID", .least = 1, .most = INT64_MAX,
     .summary = "which run (default: every unfinished one)"},
    LANE_OPTIONS,
    END,
};

static const OptionSpec branch_options[] = {
    WHICH_RUN,
    AT,
    REPS,
    {.name = "seed", .kind = OPTION_INTEGER, .value = "N", .least = 0, .most = INT64_MAX,
     .summary = "luck of the new run (default: that of the recorded one)"},
    CHANGES,
    {.name = "output", .letter = 'o', .kind = OPTION_TEXT, .value = "RECORD",
     .summary = "record to append to (default: the same one), created when missing"},
    LANE_OPTIONS,
    END,
};

static const char *const plays[] = {"run", "resume", "branch", "verify", NULL};

static const OptionSpec broker_options[] = {
    {.name = "play", .kind = OPTION_CHOICE, .choices = plays, .summary = "what to play"},
    WHICH_RUN,
    AT,
    {.name = "directory", .kind = OPTION_TEXT, .value = "DIRECTORY",
     .summary = "the private directory of this run, where its socket is"},
    HORIZON,
    RUN_OPTIONS,
    END,
};

/* In the order of export.c's views. */
static const char *const tables[] = {"events", "offers", "demands", "runs", "details", "world", "levers",
                                     "statements", "appraisals", "accounts", "peace",
                                     "studies", "cells", "outcomes", "outcome_seats", "failures", NULL};

static const OptionSpec export_options[] = {
    {.name = "csv", .kind = OPTION_FLAG, .summary = "comma-separated values, names first (RFC 4180)"},
    {.name = "jsonl", .kind = OPTION_FLAG, .summary = "one JSON object a line"},
    {.name = "table", .kind = OPTION_CHOICE, .choices = tables,
     .summary = "what the rows are (default: events)"},
    {.name = "run", .kind = OPTION_INTEGER, .value = "ID", .least = 1, .most = INT64_MAX,
     .summary = "only this run (default: all)"},
    {.name = "study", .kind = OPTION_INTEGER, .value = "ID", .least = 1, .most = 32767,
     .summary = "only this study, of tables studies to failures (default: all)"},
    {.name = "output", .letter = 'o', .kind = OPTION_TEXT, .value = "FILE|FOLDER",
     .summary = "file to write (default: standard output); of a scenario the folder"},
    {.name = "lossy", .kind = OPTION_FLAG,
     .summary = "a scenario: also where the format cannot carry all of it"},
    {.name = "force", .kind = OPTION_FLAG, .summary = "a scenario: over files that are there"},
    END,
};

static const OptionSpec import_options[] = {
    {.name = "output", .letter = 'o', .kind = OPTION_TEXT, .value = "FILE",
     .summary = "file to write (default: standard output)"},
    {.name = "force", .kind = OPTION_FLAG, .summary = "over a file that is there"},
    {.name = "seat", .kind = OPTION_TEXT, .value = "NAME", .repeated = true,
     .summary = "name of the first, the second … seat (default: that of its profile)"},
    {.name = "strategy", .kind = OPTION_TEXT, .value = "SPEC",
     .summary = "what every seat plays (default boulware(e=0.2))"},
    {.name = "rounds", .kind = OPTION_INTEGER, .value = "N", .least = 1, .most = 1000000,
     .summary = "alternating offers: so many turns for each seat (default 100)"},
    {.name = "deadline", .kind = OPTION_TEXT, .value = "DURATION",
     .summary = "how long the talks are, in which the rounds are (default: a day a turn)"},
    {.name = "steps", .kind = OPTION_INTEGER, .value = "N", .least = 2, .most = NP_MAX_OPTIONS,
     .summary = "options that stand for an issue of more numbers (default 11)"},
    END,
};

static const OptionSpec merge_options[] = {
    {.name = "output", .letter = 'o', .kind = OPTION_TEXT, .value = "RECORD",
     .summary = "record to append to, created when missing"},
    {.name = "all", .kind = OPTION_FLAG, .summary = "keep runs twice that are there already"},
    JSON,
    END,
};

static const OptionSpec diff_options[] = {
    {.name = "run", .kind = OPTION_TEXT, .value = "ID", .repeated = true,
     .summary = "with one record: its two runs; with one ID, that run and its parent"},
    JSON,
    END,
};

static const OptionSpec explain_options[] = {WHICH_RUN, JSON, END};

static const OptionSpec reproduce_options[] = {
    WHICH_RUN,
    {.name = "output", .letter = 'o', .kind = OPTION_TEXT, .value = "DIRECTORY",
     .summary = "where the scenario's text is written (default: here)"},
    {.name = "check", .kind = OPTION_FLAG,
     .summary = "play the run in memory and compare every event"},
    TRUST,
    JSON,
    END,
};

/* As in templates.c, in their order. */
static const char *const template_names[] = {"minimal", "two-party", "world", "mediator", NULL};

static const OptionSpec new_options[] = {
    {.name = "output", .letter = 'o', .kind = OPTION_TEXT, .value = "FILE",
     .summary = "file to write, - for standard output (default scenario.yaml); never over an old one"},
    {.name = "template", .kind = OPTION_CHOICE, .choices = template_names,
     .summary = "what to start from (default minimal)"},
    END,
};

static const OptionSpec bench_options[] = {
    {.name = "quick", .kind = OPTION_FLAG, .summary = "try every case in a few seconds, measuring none well"},
    JSON,
    END,
};

/* As in strategy_new.c, in its order. */
static const char *const languages[] = {"c", "lua", "python", NULL};

static const OptionSpec strategy_options[] = {
    {.name = "lang", .kind = OPTION_CHOICE, .choices = languages,
     .summary = "new: the language in which it is written"},
    {.name = "output", .letter = 'o', .kind = OPTION_TEXT, .value = "DIRECTORY",
     .summary = "new: where to (default: here); never over what is there"},
    {.name = "trust", .kind = OPTION_FLAG, .summary = "describe and test a .so without a sandbox"},
    JSON,
    END,
};

static const OptionSpec trial_options[] = {
    {.name = "describe", .kind = OPTION_FLAG, .summary = "say what it is, and do not play"},
    {.name = "trust", .kind = OPTION_FLAG, .summary = "no sandbox"},
    JSON,
    END,
};

static const OptionSpec sweep_options[] = {
    {.name = "vary", .kind = OPTION_TEXT, .value = "PATH=a,b|lo:hi:step", .repeated = true,
     .summary = "a value to vary: levels, a range lo:hi, or rank(a > b > c)"},
    {.name = "design", .kind = OPTION_CHOICE, .choices = designs,
     .summary = "every combination of levels (grid, the default), or points in ranges"},
    {.name = "points", .kind = OPTION_INTEGER, .value = "N", .least = 1, .most = 1 << 24,
     .summary = "how many points of lhs, or base points of sobol"},
    {.name = "reps", .kind = OPTION_INTEGER, .value = "N", .least = 1, .most = 1000000000,
     .summary = "repetitions of every cell, each with luck of its own (default 1)"},
    {.name = "seed", .kind = OPTION_INTEGER, .value = "N", .least = 0, .most = INT64_MAX,
     .summary = "of the study: gives points and the seeds of runs (default 1)"},
    {.name = "jobs", .letter = 'j', .kind = OPTION_INTEGER, .value = "N", .least = 1, .most = 256,
     .summary = "worker processes (default 1); the result is the same"},
    {.name = "lane", .kind = OPTION_CHOICE, .choices = lanes,
     .summary = "a worker plays alone (memory, the default), or with one process a seat"},
    {.name = "shard", .kind = OPTION_TEXT, .value = "i/n",
     .summary = "only the i-th of n parts of the work; nonpaper merge puts them together"},
    {.name = "engine", .kind = OPTION_CHOICE, .choices = engines,
     .summary = "where workers are started (default local)"},
    {.name = "resume", .kind = OPTION_FLAG,
     .summary = "play what is missing of a study that is in the record, and print it"},
    {.name = "dry-run", .kind = OPTION_FLAG,
     .summary = "say what would be played, and how long it takes; record nothing"},
    {.name = "record", .kind = OPTION_CHOICE, .choices = depths,
     .summary = "only how each run ended (outcomes, the default), or every event"},
    HORIZON,
    CHANGES,
    {.name = "output", .letter = 'o', .kind = OPTION_TEXT, .value = "RECORD",
     .summary = "record to append to (default nonpaper.db), created when missing"},
    TRUST,
    {.name = "format", .kind = OPTION_CHOICE, .choices = forms,
     .summary = "tables (default), the same as markdown, a row a cell and seat as csv, or a cell a line as jsonl"},
    {.name = "share", .kind = OPTION_TEXT, .value = "ISSUE", .repeated = true,
     .summary = "count how often agreements have each option of an issue"},
    {.name = "quiet", .kind = OPTION_FLAG, .summary = "do not tell how far it is"},
    JSON,
    END,
};

static const OptionSpec tournament_options[] = {
    {.name = "strategy", .kind = OPTION_TEXT, .value = "SPEC", .repeated = true,
     .summary = "takes part, such as boulware(e=0.2) or mine.lua (default: all that are built in)"},
    {.name = "without", .kind = OPTION_TEXT, .value = "NAME", .repeated = true,
     .summary = "of the default ones this does not take part"},
    {.name = "reps", .kind = OPTION_INTEGER, .value = "N", .least = 1, .most = 1000000,
     .summary = "so many seeds, the same for everybody (default 10)"},
    {.name = "seed", .kind = OPTION_INTEGER, .value = "N", .least = 0, .most = INT64_MAX,
     .summary = "the first one (default 1)"},
    {.name = "lane", .kind = OPTION_CHOICE, .choices = lanes,
     .summary = "all in this process (memory, the default), or one a seat"},
    TRUST,
    {.name = "output", .letter = 'o', .kind = OPTION_TEXT, .value = "FILE",
     .summary = "file to write (default: standard output)"},
    {.name = "csv", .kind = OPTION_FLAG, .summary = "every game as comma-separated values"},
    {.name = "markdown", .kind = OPTION_FLAG, .summary = "the tables as Markdown"},
    {.name = "quiet", .kind = OPTION_FLAG, .summary = "do not tell how far it is"},
    JSON,
    END,
};

static const ArgumentSpec one_file[] = {
    {"FILE", "a scenario, such as configs/01-hello.yaml", 1, 1}, END};
static const ArgumentSpec subject[] = {
    {"SUBJECT", "only exchange, accidents, multiplexed, memory, workers, world, verify, record, recording, parts, strategy or analysis", 0, 1}, END};
static const ArgumentSpec files[] = {
    {"FILE", "scenarios, such as configs/01-hello.yaml", 1, ARGUMENTS_MANY}, END};
static const ArgumentSpec export_arguments[] = {
    {"RECORD|FORMAT", "a record that run has written; or genius or geniusweb", 1, 1},
    {"SCENARIO", "with a FORMAT: the scenario whose domain and profiles are written", 0, 1},
    END,
};
static const ArgumentSpec foreign_files[] = {
    {"FORMAT", "genius or geniusweb", 1, 1},
    {"FILE", "genius: DOMAIN.xml PROFILE.xml PROFILE.xml; geniusweb: profiles, and perhaps their domain", 1, ARGUMENTS_MANY},
    END,
};
static const ArgumentSpec one_record[] = {{"RECORD", "a record that run has written", 1, 1}, END};
static const ArgumentSpec records[] = {
    {"RECORD", "records that run has written", 1, ARGUMENTS_MANY}, END};
static const ArgumentSpec one_run[] = {
    {"RECORD[:RUN]", "a record, and which of its runs (default: the last one)", 1, 1}, END};
static const ArgumentSpec file_or_record[] = {
    {"FILE|RECORD[:RUN]", "a scenario, or a record and which of its runs (default: the last one)", 1, 1}, END};
static const ArgumentSpec two_runs[] = {
    {"RECORD[:RUN]", "a record, and which of its runs (default: the last one)", 1, 2}, END};
static const ArgumentSpec strategy_arguments[] = {
    {"list|describe|new|test", "all in short, one in full, one to start from, one put to the test", 0, 1},
    {"NAME|SPEC|FILE", "a strategy's name, with parameters for test; mine.lua, mine.so; for new its name", 0, 1},
    END,
};
static const ArgumentSpec help_arguments[] = {
    {"COMMAND|KEY", "a subcommand, or a key of scenarios such as seats.discount", 0, 1}, END};
static const ArgumentSpec trial_arguments[] = {{"SPEC", "the strategy", 1, 1}, END};
static const ArgumentSpec agent_arguments[] = {{"SEAT", "the seat it plays", 1, 1}, END};

const Command commands[] = {
    {"demo", "Play the reference scenario with one process a seat and tell it as it happens.",
     run_options, NULL, command_demo, false},
    {"new", "Write a scenario to start from, with comments.", new_options, NULL, command_new, false},
    {"check", "Check scenarios: every error with its place, and how many packages there are.",
     json_only, files, command_check, false},
    {"show", "Show a scenario: seats, issues, consent, red lines, the world, how deals are kept.",
     json_only, one_file, command_show, false},
    {"schema", "Print the JSON Schema of scenarios, for editors.", NULL, NULL, command_schema, false},
    {"run", "Play a scenario and tell it as it happens.", run_options, one_file, command_run, false},
    {"runs", "List the runs of a record.", json_only, one_record, command_runs, false},
    {"log", "List the events of a run, one line each, with their causes.", log_options, one_record,
     command_log, false},
    {"resume", "Play unfinished runs of a record to their ends.", resume_options, one_record,
     command_resume, false},
    {"branch", "Play a recorded run differently from some moment on.", branch_options, one_record,
     command_branch, false},
    {"replay", "Play a recorded run again from its record.", replay_options, one_record,
     command_replay, false},
    {"diff", "Compare two runs: what they were given, where they part, how they ended.",
     diff_options, two_runs, command_diff, false},
    {"explain", "Tell why the talks of a recorded run ended as they did, event by event.",
     explain_options, one_run, command_explain, false},
    {"reproduce", "Write down, from a record alone, how to play a run again.", reproduce_options,
     one_record, command_reproduce, false},
    {"export", "Write a record as CSV or JSON lines, or a scenario's domain for another tool.",
     export_options, export_arguments, command_export, false},
    {"import", "Take over a negotiation domain from another tool: GENIUS or GeniusWeb.", import_options, foreign_files,
     command_import, false},
    {"merge", "Put the runs and studies of several records into one.", merge_options, records, command_merge,
     false},
    {"analyse", "Tell what could have been agreed: Pareto frontier, bargaining solutions, zone; and how far a run was.",
     analyse_options, file_or_record, command_analyse, false},
    {"strategy", "List strategies, describe one, begin one, or hold one to the contract.", strategy_options,
     strategy_arguments, command_strategy, false},
    {"sweep", "Play a scenario many times over, varying values, and sum up how the runs ended.",
     sweep_options, one_file, command_sweep, false},
    {"tournament", "Let strategies meet in scenarios, all against all, and rank them.",
     tournament_options, files, command_tournament, false},
    {"bench", "Measure speed as ratios against what limits it.", bench_options, subject, command_bench,
     false},
    {"doctor", "Check whether this machine has what runs need.", json_only, NULL, command_doctor,
     false},
    {"help", "Show the commands, the options of one, or a page on a key of scenarios.", NULL, help_arguments, command_help, false},
    {"broker", "The referee's process.", broker_options, one_file, command_broker, true},
    {"trial", "The process in which a strategy is tried.", trial_options, trial_arguments, command_trial, true},
    {"agent", "The process of one seat.", agent_options, agent_arguments, command_agent, true},
    END,
};
/* clang-format on */

enum { COMMANDS = sizeof commands / sizeof commands[0] - 1 };

const Command *command_find(const char *name) {
    for (const Command *command = commands; command->name != NULL; command++)
        if (strcmp(command->name, name) == 0) return command;
    return NULL;
}

const char *command_nearest(const char *word) {
    const char *names[COMMANDS];
    for (size_t i = 0; i < COMMANDS; i++) names[i] = commands[i].name;
    return text_nearest(word, names, COMMANDS);
}
