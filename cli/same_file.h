/* Two names of one file: links and detours count as the same. */
#ifndef CLI_SAME_FILE_H
#define CLI_SAME_FILE_H

#include <stdbool.h>

/* False too when one of them does not exist. */
bool same_file(const char *a, const char *b);

#endif
