#define _GNU_SOURCE
#include "agents/strategy_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

bool strategy_file_path(const char *word, char path[STRATEGY_FILE_PATH]) {
    size_t length = strcspn(word, "#");
    if (length >= STRATEGY_FILE_PATH) return false;
    memcpy(path, word, length);
    path[length] = '\0';
    return true;
}

const char *strategy_file_hash(const char *word) {
    const char *mark = strchr(word, '#');
    return mark != NULL ? mark + 1 : "";
}

static bool cannot_open(const char *word, Error *error) {
    char safe[256];
    bool known = strategy_file_hash(word)[0] != '\0';
    return error_set(error, known ? ERROR_CANT_TELL : ERROR_NO_INPUT,
                     "cannot open the strategy %s: %s", text_safe(safe, sizeof safe, word),
                     strerror(errno));
}

/* Whatever stands in its place now: one that is known by its hash is gone. */
static bool read_all(StrategyFile *file, bool known, Error *error) {
    char block[16384], safe[256];
    const ErrorKind other = known ? ERROR_CANT_TELL : ERROR_NO_INPUT;
    ssize_t length;
    struct stat status;
    text_safe(safe, sizeof safe, file->path);
    if (fstat(file->descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        return error_set(error, other, "the strategy %s is not a file", safe);
    while ((length = read(file->descriptor, block, sizeof block)) > 0) {
        if (file->bytes.length + (size_t)length > STRATEGY_FILE_MAX)
            return error_set(error, other, "the strategy %s is larger than %d bytes", safe,
                             STRATEGY_FILE_MAX);
        text_add_bytes(&file->bytes, block, (size_t)length);
    }
    if (length == 0 && lseek(file->descriptor, 0, SEEK_SET) == 0) return true;
    return error_set(error, ERROR_IO, "cannot read the strategy %s: %s", safe, strerror(errno));
}

static bool check_hash(StrategyFile *file, const char *expected, Error *error) {
    Digest digest = digest_of(text_get(&file->bytes), file->bytes.length);
    char hex[DIGEST_HEX], safe[256], shown[64];
    memcpy(file->hash, digest_hex(hex, &digest), STRATEGY_FILE_HASH - 1);
    file->hash[STRATEGY_FILE_HASH - 1] = '\0';
    if (expected[0] == '\0' || strcmp(expected, file->hash) == 0) return true;
    return error_set(error, ERROR_CANT_TELL,
                     "the strategy %s has changed: it was #%s and is #%s now",
                     text_safe(safe, sizeof safe, file->path),
                     text_safe(shown, sizeof shown, expected), file->hash);
}

bool strategy_file_open(StrategyFile *file, const char *word, Error *error) {
    *file = (StrategyFile){.descriptor = -1};
    if (!strategy_file_path(word, file->path))
        return error_set(error, ERROR_NO_INPUT, "the path of a strategy is too long");
    file->descriptor = open(file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file->descriptor < 0) return cannot_open(word, error);
    const char *hash = strategy_file_hash(word);
    if (read_all(file, hash[0] != '\0', error) && check_hash(file, hash, error)) return true;
    strategy_file_finish(file);
    return false;
}

/* --- the copy --- */

/* Machines may forbid copies that can be executed as programs; this one is only mapped. Kernels before 6.3 do not know
 * the difference. */
static int create_copy(void) {
    const unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING, not_a_program = 0x0008;
    int copy = memfd_create("strategy", flags | not_a_program);
    return copy >= 0 || errno != EINVAL ? copy : memfd_create("strategy", flags);
}

static bool write_all(int copy, const char *bytes, size_t length) {
    for (size_t done = 0; done < length;) {
        ssize_t written = write(copy, bytes + done, length - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        done += (size_t)written;
    }
    return lseek(copy, 0, SEEK_SET) == 0;
}

bool strategy_file_seal(StrategyFile *file, Error *error) {
    const int seals = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
    int copy = create_copy();
    if (copy >= 0 && write_all(copy, text_get(&file->bytes), file->bytes.length) &&
        fcntl(copy, F_ADD_SEALS, seals) == 0) {
        close(file->descriptor);
        file->descriptor = copy;
        return true;
    }
    char safe[256];
    error_set(error, ERROR_IO, "cannot copy the strategy %s into memory: %s",
              text_safe(safe, sizeof safe, file->path), strerror(errno));
    if (copy >= 0) close(copy);
    return false;
}

void strategy_file_finish(StrategyFile *file) {
    /* A zeroed one has no path, and descriptor 0 is not its own. */
    if (file->path[0] != '\0' && file->descriptor >= 0) close(file->descriptor);
    text_finish(&file->bytes);
    *file = (StrategyFile){.descriptor = -1};
}
