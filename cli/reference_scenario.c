#include "cli/reference_scenario.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool reference_scenario_find(char *path, size_t size, Error *error) {
    static const char *const places[] = {"/../../configs/riyadh-2025.yaml",
                                         "/../share/nonpaper/configs/riyadh-2025.yaml"};
    char program[512];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length < 0)
        return error_set(error, ERROR_INTERNAL, "cannot find the program: %s", strerror(errno));
    program[length] = '\0';
    char *slash = strrchr(program, '/');
    if (slash != NULL) *slash = '\0';
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        snprintf(path, size, "%s%s", program, places[i]);
        if (access(path, R_OK) == 0) return true;
    }
    return error_set(error, ERROR_NO_INPUT,
                     "the reference scenario is neither beside the sources nor installed");
}
