/* The small strategy with which nonpaper bench compares languages: it hears an offer, weighs it, and accepts it or tables
 * a package that is as near to it as can be. Built into the program, and as a shared object beside it. */
#ifndef CLI_BENCH_PLAIN_H
#define CLI_BENCH_PLAIN_H

#include <nonpaper/strategy.h>

/* Told to by its only parameter, it asks what that offer is worth instead, so many times. */
enum { BENCH_QUESTIONS = 1000 };

const nonpaper_strategy *bench_plain(void);

#endif
