#include "cli/runtime_directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proto/wall_clock.h"

static const char prefix[] = "nonpaper-";

enum {
    BASE_MAX = 40,  /* a socket's whole path must fit into 107 bytes */
    SETTLING_S = 10 /* between making a directory and locking it */
};

const char *runtime_base(void) {
    const char *base = getenv("XDG_RUNTIME_DIR");
    bool usable = base != NULL && base[0] == '/' && strlen(base) <= BASE_MAX &&
                  access(base, W_OK | X_OK) == 0;
    return usable ? base : "/tmp";
}

void runtime_directory_remove(const char *path) {
    DIR *directory = opendir(path);
    if (directory == NULL) return;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            unlinkat(dirfd(directory), entry->d_name, 0);
    closedir(directory);
    rmdir(path);
}

static bool is_ours(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == geteuid() &&
           (status.st_mode & 077) == 0;
}

/* Nobody holds its lock, and it is not one that is being made at this moment. */
static bool is_abandoned(const char *path) {
    char lock_path[256];
    struct stat status;
    if (stat(path, &status) != 0 || wall_unix_seconds() - status.st_mtime < SETTLING_S)
        return false;
    snprintf(lock_path, sizeof lock_path, "%s/lock", path);
    int lock = open(lock_path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (lock < 0) {
        /* Left before it was locked, it is empty; what holds anything is somebody else's. */
        if (errno == ENOENT) rmdir(path);
        return false;
    }
    bool free_lock = flock(lock, LOCK_EX | LOCK_NB) == 0;
    close(lock);
    return free_lock;
}

static void sweep(const char *base) {
    DIR *directory = opendir(base);
    if (directory == NULL) return;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        char path[128];
        if (strncmp(entry->d_name, prefix, sizeof prefix - 1) != 0 || strlen(entry->d_name) > 30)
            continue;
        snprintf(path, sizeof path, "%s/%.30s", base, entry->d_name);
        if (is_ours(path) && is_abandoned(path)) runtime_directory_remove(path);
    }
    closedir(directory);
}

static bool cannot_create(const char *path, Error *error) {
    return error_set(error, ERROR_CANT_CREATE, "cannot create the runtime directory %s: %s", path,
                     strerror(errno));
}

bool runtime_directory_create(RuntimeDirectory *directory, Error *error) {
    const char *base = runtime_base();
    sweep(base);
    snprintf(directory->path, sizeof directory->path, "%s/%sXXXXXX", base, prefix);
    if (mkdtemp(directory->path) == NULL) return cannot_create(directory->path, error);
    char lock_path[128];
    snprintf(lock_path, sizeof lock_path, "%s/lock", directory->path);
    directory->lock = open(lock_path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (directory->lock < 0) return cannot_create(lock_path, error);
    if (flock(directory->lock, LOCK_EX) != 0) return cannot_create(lock_path, error);
    return true;
}
