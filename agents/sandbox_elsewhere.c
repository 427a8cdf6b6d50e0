/* Processors whose system calls nobody has looked at yet: without a filter there is no more than Landlock. */
#include "agents/sandbox_parts.h"

static const int harmless[] = {-1};

const Machine sandbox_machine = {0, harmless, -1};

uint64_t sandbox_trapped_argument(const void *context, int index) {
    (void)context, (void)index;
    return 0;
}

void sandbox_trapped_answer(void *context, int64_t answer) {
    (void)context, (void)answer;
}
