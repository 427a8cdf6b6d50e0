#include "cli/sweep_parts.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char middle[] = "-part-";

void sweep_part_name(Text *out, const char *record, uint32_t number) {
    text_addf(out, "%s%s%u", record, middle, number);
}

/* --- who is there --- */

/* The number of a part by the name of its file; 0: it is none. */
static uint32_t part_number(const char *file, const char *base) {
    size_t length = strlen(base);
    if (strncmp(file, base, length) != 0) return 0;
    if (strncmp(file + length, middle, sizeof middle - 1) != 0) return 0;
    const char *digits = file + length + sizeof middle - 1;
    size_t count = strspn(digits, "0123456789");
    if (count == 0 || count > 9 || digits[count] != '\0') return 0;
    return (uint32_t)strtoul(digits, NULL, 10);
}

uint32_t sweep_parts_free(const char *record) {
    const char *slash = strrchr(record, '/');
    const char *base = slash != NULL ? slash + 1 : record;
    Text folder = {0};
    uint32_t most = 0;
    text_add_bytes(&folder, record, (size_t)(base - record));
    DIR *directory = opendir(folder.length > 0 ? text_get(&folder) : ".");
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
        uint32_t number = part_number(entry->d_name, base);
        if (number > most) most = number;
    }
    if (directory != NULL) closedir(directory);
    text_finish(&folder);
    return most + 1;
}

/* --- merging --- */

static void remove_part(const char *name) {
    static const char *const endings[] = {"", "-wal", "-shm", "-journal", "-writers"};
    Text file = {0};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        text_clear(&file);
        text_addf(&file, "%s%s", name, endings[i]);
        unlink(text_get(&file));
    }
    text_finish(&file);
}

static bool merge_part(Record *target, const char *name, Error *error) {
    Error why = {0};
    char safe[256];
    RecordMerge done;
    if (access(name, F_OK) != 0) return true;
    Record *part = record_open_read(name, &why);
    /* Whoever was killed before it had written anything left a file with nothing in it. */
    if (part == NULL && why.kind == ERROR_NO_INPUT) why = (Error){0};
    bool good = part == NULL || record_merge(target, part, false, &done, &why);
    record_close(part);
    if (!good || why.kind != ERROR_NONE)
        return error_set(error, why.kind,
                         "%s, which a worker has written, could not be taken over: %s It stays "
                         "where it is.",
                         text_safe(safe, sizeof safe, name), why.text);
    remove_part(name);
    return true;
}

bool sweep_parts_merge(Record *target, const char *record, uint32_t first, uint32_t until,
                       Error *error) {
    Text name = {0};
    bool good = true;
    for (uint32_t number = first; number < until && good; number++) {
        text_clear(&name);
        sweep_part_name(&name, record, number);
        good = merge_part(target, text_get(&name), error);
    }
    text_finish(&name);
    return good;
}
