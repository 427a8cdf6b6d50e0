/* Programs that a test starts, watches and outlives: each in a private place under /tmp, with its own
 * runtime directory, so that whatever is left behind is found. Every wait has an end. */
#ifndef TESTS_PROCESS_PROGRAMS_H
#define TESTS_PROCESS_PROGRAMS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <cmocka.h>

enum { PATIENCE_S = 60 };

/* A program under way, or ended. */
typedef struct Program {
    pid_t pid; /* 0 once it has ended */
    int number;
    int code;        /* exit code; 128 + signal */
    char *out, *err; /* what it said, once it has ended */
} Program;

/* What may be different about how a program is started. */
typedef struct Setting {
    const char *out;    /* instead of a file that becomes `out`; "" closes the stream */
    const char *in;     /* "" closes it */
    int64_t file_limit; /* RLIMIT_FSIZE in bytes; 0: none */
    int control, lock;  /* become descriptors 3 and 4; 0: none */
} Setting;

/* cmocka's setup and teardown: the test runs in its place, which holds directory "runtime". Teardown fails
 * when a process or anything in that directory was left. */
int place_open(void **state);
int place_close(void **state);
const char *place_path(void);

/* "run %s/configs/01-hello.yaml --json": words after "nonpaper", separated by spaces. $S is the sources. */
Program program_start(const char *line);
Program program_start_with(const Setting *setting, const char *line);
/* Waits for its end; gives the exit code. Forget what it said with program_forget. */
int program_finish(Program *program);
void program_forget(Program *program);
/* Starts, waits, checks the exit code, printing what it said when that is another. */
Program program_run(int code, const char *line);
Program program_run_with(const Setting *setting, int code, const char *line);

/* What a program that goes on has said so far; borrowed until the next call. */
const char *program_said(const Program *program);

/* The process below this one whose command line begins so; 0 when there is none. */
pid_t process_find(const char *beginning);
/* Five in all for four seats, counting the broker. */
int processes_count(const char *beginning);
/* Waits until it is there, or until it said so. */
pid_t process_await(const char *beginning);
void program_await_words(const Program *program, const char *words);
void pause_ms(int milliseconds);
int64_t now_ms(void);

/* Waits until neither a process nor an entry in the runtime directory is left. */
void assert_nothing_left(void);
void assert_no_process_left(void);
/* Removes what killed programs could not. */
void forget_runtime(void);
/* The one directory of a run under way, "…/runtime/nonpaper-AbCdEf". */
const char *runtime_directory(void);
int runtime_entries(void);

#endif
