/* The subcommands: one function each, in a file of its own, and one row each in the table of commands.c.
 * A command prints its results and complaints and gives the exit code (see output.h). */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/options.h"

extern const Command commands[]; /* ends with a NULL name */

const Command *command_find(const char *name); /* NULL when unknown */
/* The known name nearest to that word, or NULL. */
const char *command_nearest(const char *word);

int command_demo(const Options *options);
int command_new(const Options *options);
int command_check(const Options *options);
int command_show(const Options *options);
int command_schema(const Options *options);
int command_run(const Options *options);
int command_runs(const Options *options);
int command_log(const Options *options);
int command_resume(const Options *options);
int command_branch(const Options *options);
int command_replay(const Options *options);
int command_diff(const Options *options);
int command_explain(const Options *options);
int command_reproduce(const Options *options);
int command_export(const Options *options);
int command_import(const Options *options);
int command_merge(const Options *options);
int command_strategy(const Options *options);
int command_sweep(const Options *options);
int command_tournament(const Options *options);
int command_bench(const Options *options);
int command_doctor(const Options *options);
int command_help(const Options *options);
int command_broker(const Options *options);
int command_trial(const Options *options);
int command_agent(const Options *options);
int command_analyse(const Options *options);

#endif
