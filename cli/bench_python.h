/* Inside nonpaper bench: agents in Python over processes. Called on one core. */
#ifndef CLI_BENCH_PYTHON_H
#define CLI_BENCH_PYTHON_H

#include "cli/bench.h"

/* True without a case, in words, where this machine's Python or its packages are missing. */
bool bench_python(Bench *bench, Error *error);

/* Questions a second that a strategy built in asks the host. */
bool bench_strategy_question(const Bench *bench, double *rate, Error *error);

#endif
