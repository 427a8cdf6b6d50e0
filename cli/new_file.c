#include "cli/new_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static bool fail(const char *path, ErrorKind kind, int reason, Error *error) {
    char safe[512];
    return error_set(error, kind, "cannot write %s: %s", text_safe(safe, sizeof safe, path),
                     strerror(reason));
}

static bool write_to(const char *path, const char *mode, const Text *text, Error *error) {
    FILE *file = fopen(path, mode);
    if (file == NULL) return fail(path, ERROR_CANT_CREATE, errno, error);
    errno = 0;
    bool good = fwrite(text_get(text), 1, text->length, file) == text->length;
    int reason = errno;
    if (fclose(file) != 0 && good) {
        good = false;
        reason = errno;
    }
    return good || fail(path, ERROR_IO, reason, error);
}

/* What is there and is no ordinary file, a pipe or /dev/null, is written to as it is. */
static bool is_ordinary(const char *path) {
    struct stat there;
    return stat(path, &there) != 0 || S_ISREG(there.st_mode);
}

static bool write_whole(const char *path, const Text *text, Error *error) {
    if (write_to(path, "wbx", text, error)) return true;
    if (error == NULL || error->kind == ERROR_IO) remove(path);
    return false;
}

bool new_file_write(const char *path, const Text *text, bool replace, Error *error) {
    Text beside = {0};
    if (path[0] == '\0') return error_set(error, ERROR_CANT_CREATE, "a file needs a name");
    if (!replace) return write_whole(path, text, error);
    if (!is_ordinary(path)) return write_to(path, "wb", text, error);
    text_addf(&beside, "%s.part", path);
    bool good = write_whole(text_get(&beside), text, error);
    if (good && rename(text_get(&beside), path) != 0) {
        good = fail(path, ERROR_IO, errno, error);
        remove(text_get(&beside));
    }
    text_finish(&beside);
    return good;
}
