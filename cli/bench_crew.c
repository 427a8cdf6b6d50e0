#include "cli/bench_crew.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

pid_t crew_fork(void (*work)(const void *context, unsigned number), const void *context,
                unsigned number, Error *error) {
    pid_t bench = getpid(), child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() == bench) work(context, number);
        _exit(0);
    }
    if (child < 0)
        error_set(error, ERROR_UNAVAILABLE, "cannot start a process: %s", strerror(errno));
    return child;
}

bool crew_start(Crew *crew, unsigned count, void (*work)(const void *context, unsigned number),
                const void *context, Error *error) {
    for (crew->count = 0; crew->count < count; crew->count++) {
        pid_t child = crew_fork(work, context, crew->count, error);
        if (child < 0) {
            crew_end(crew, false);
            return false;
        }
        crew->process[crew->count] = child;
    }
    return true;
}

void crew_end(Crew *crew, bool gently) {
    for (unsigned i = 0; i < crew->count; i++) {
        if (!gently) kill(crew->process[i], SIGKILL);
        while (waitpid(crew->process[i], NULL, 0) < 0 && errno == EINTR) {
        }
    }
    crew->count = 0;
}
