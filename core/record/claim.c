#define _GNU_SOURCE
#include "core/record/claim.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "core/base/text.h"

struct Claims {
    char *path;
    int file; /* -1: not open */
};

Claims *claims_create(const char *path) {
    Claims *claims = memory_new(1, sizeof *claims);
    Text name = {0};
    text_addf(&name, "%s-writers", path);
    claims->path = memory_text(name.bytes);
    claims->file = -1;
    text_finish(&name);
    return claims;
}

/* Locks belong to the open file and not to the process: two records open in one process are two writers. */
static bool lock(int file, short type, uint64_t from, uint64_t length) {
    struct flock range = {
        .l_type = type, .l_whence = SEEK_SET, .l_start = (off_t)from, .l_len = (off_t)length};
    return fcntl(file, F_OFD_SETLK, &range) == 0;
}

/* The last writer removes the file; one that it removed under us locks nobody out. */
static bool still_there(const Claims *claims) {
    struct stat ours, named;
    return fstat(claims->file, &ours) == 0 && stat(claims->path, &named) == 0 &&
           ours.st_ino == named.st_ino && ours.st_dev == named.st_dev;
}

static void claims_close(Claims *claims) {
    if (claims->file >= 0) close(claims->file);
    claims->file = -1;
}

static bool unusable(const Claims *claims, Error *error) {
    char name[256];
    const char *why = strerror(errno);
    return error_set(error, ERROR_CANT_CREATE,
                     "The file %s, which says who writes what, cannot be used: %s.",
                     text_safe(name, sizeof name, claims->path), why);
}

static bool claims_open(Claims *claims, Error *error) {
    if (claims->file < 0) claims->file = open(claims->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    return claims->file >= 0 || unusable(claims, error);
}

bool claims_take(Claims *claims, uint64_t run, Error *error) {
    while (claims_open(claims, error)) {
        bool taken = lock(claims->file, F_WRLCK, run, 1);
        if (!taken && errno != EAGAIN && errno != EACCES) return unusable(claims, error);
        if (!taken)
            return error_set(error, ERROR_IO, "Run %llu is still being written by another program.",
                             (unsigned long long)run);
        if (still_there(claims)) return true;
        claims_close(claims);
    }
    return false;
}

void claims_release(Claims *claims, uint64_t run) {
    if (claims->file >= 0) lock(claims->file, F_UNLCK, run, 1);
}

void claims_destroy(Claims *claims) {
    if (!claims) return;
    /* Whoever gets the whole range is alone. It is removed while it is held, so that nobody can claim a
     * run in a file that is about to go. */
    if (claims->file >= 0 && lock(claims->file, F_WRLCK, 0, 0) && still_there(claims))
        unlink(claims->path);
    claims_close(claims);
    memory_free(claims->path);
    memory_free(claims);
}
