#define _GNU_SOURCE
/* Offers what its luck says, day by day. With NONPAPER_FUSE_AT=n in the environment something happens as its n-th run
 * opens, counted over all processes in the file fuse.count: NONPAPER_FUSE says what. With burst=1 it is always killed. */
#include <nonpaper/strategy.h>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const nonpaper_parameter parameters[] = {
    {.name = "burst", .initial = 0, .least = 0, .most = 1, .summary = "crash"},
    {.name = NULL},
};

/* Where its own byte ended: nobody else has that number. */
static long count_up(void) {
    int file = open("fuse.count", O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    long number = write(file, "x", 1) == 1 ? (long)lseek(file, 0, SEEK_CUR) : 0;
    close(file);
    return number;
}

static void burn(const char *how) {
    if (strcmp(how, "kill") == 0) raise(SIGKILL);
    if (strcmp(how, "crash") == 0) raise(SIGSEGV);
    if (strcmp(how, "interrupt parent") == 0) kill(getppid(), SIGINT);
    if (strcmp(how, "kill parent") == 0) kill(getppid(), SIGKILL);
}

static bool open_run(void *state, const nonpaper_host *host, const nonpaper_argument *arguments,
                     char *why, size_t why_size) {
    const char *at = getenv("NONPAPER_FUSE_AT"), *how = getenv("NONPAPER_FUSE");
    (void)state, (void)host, (void)why, (void)why_size;
    if (arguments[0].number > 0.5) raise(SIGKILL);
    if (at != NULL && how != NULL && count_up() == atol(at)) burn(how);
    return true;
}

static void act(void *state, const nonpaper_host *host, nonpaper_time now, nonpaper_reply *reply) {
    nonpaper_outcome package;
    (void)state;
    reply->wake_at = now + 86400;
    if (!host->at_least(host, host->random_unit(host), &package)) return;
    reply->move[reply->moves++] =
        (nonpaper_action){.kind = NP_OFFER, .packages = 1, .menu = {package}};
}

static const nonpaper_strategy fuse = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(nonpaper_strategy),
    .name = "fuse",
    .summary = "offers by luck, and may blow",
    .parameter = parameters,
    .state_size = 1,
    .open = open_run,
    .act = act,
};

const nonpaper_strategy *nonpaper_strategy_table(void);
const nonpaper_strategy *nonpaper_strategy_table(void) {
    return &fuse;
}
