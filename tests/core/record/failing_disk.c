#include "tests/core/record/failing_disk.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SECTOR = 512, MAX_FILES = 16 };

/* A write (or, with length 0, a cut to `offset` bytes) that was not synced yet. */
typedef struct Unsynced {
    int64_t offset;
    uint32_t length;
    uint8_t *bytes;
} Unsynced;

typedef struct DiskFile {
    char path[512];
    uint8_t *durable; /* what is certainly on the disk */
    size_t length;
    Unsynced *unsynced;
    uint32_t count, capacity;
    bool made, gone; /* and the directory does not know it for certain */
} DiskFile;

typedef struct OpenFile {
    sqlite3_file base;
    DiskFile *disk; /* NULL: of no interest */
    bool fresh;     /* its first sync is one of the directory too, as SQLite does with new logs */
    sqlite3_file *real;
} OpenFile;

static struct Disk {
    sqlite3_vfs vfs, *real;
    DiskFile file[MAX_FILES];
    int files;
    DiskTrouble trouble;
    uint64_t at, operations;
} disk;

/* --- what is on it --- */

static DiskFile *file_of(const char *path) {
    for (int i = 0; i < disk.files; i++)
        if (strcmp(disk.file[i].path, path) == 0) return &disk.file[i];
    assert(disk.files < MAX_FILES);
    DiskFile *file = &disk.file[disk.files++];
    snprintf(file->path, sizeof file->path, "%s", path);
    return file;
}

static void note(DiskFile *file, const void *bytes, uint32_t length, int64_t offset) {
    if (file->count == file->capacity) {
        file->capacity = file->capacity ? 2 * file->capacity : 64;
        file->unsynced = realloc(file->unsynced, file->capacity * sizeof *file->unsynced);
    }
    Unsynced *one = &file->unsynced[file->count++];
    *one = (Unsynced){offset, length, length ? malloc(length) : NULL};
    if (length) memcpy(one->bytes, bytes, length);
}

static void resize(DiskFile *file, size_t length) {
    file->durable = realloc(file->durable, length + 1);
    if (length > file->length) memset(file->durable + file->length, 0, length - file->length);
    file->length = length;
}

static void put(DiskFile *file, const uint8_t *bytes, size_t length, int64_t offset) {
    if ((size_t)offset + length > file->length) resize(file, (size_t)offset + length);
    memcpy(file->durable + offset, bytes, length);
}

static uint64_t draw(uint64_t *luck) {
    *luck = *luck * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *luck >> 33;
}

/* A part of the write, sector by sector; `chance` of 256. */
static void put_part(DiskFile *file, const Unsynced *one, uint64_t chance, uint64_t *luck) {
    for (uint32_t at = 0; at < one->length;) {
        uint32_t end = at + SECTOR - (uint32_t)((one->offset + at) % SECTOR);
        if (end > one->length) end = one->length;
        if (draw(luck) % 256 < chance) put(file, one->bytes + at, end - at, one->offset + at);
        at = end;
    }
}

static void settle(DiskFile *file, uint64_t chance, uint64_t *luck) {
    for (uint32_t i = 0; i < file->count; i++) {
        Unsynced *one = &file->unsynced[i];
        if (one->length > 0)
            put_part(file, one, chance, luck);
        else if (draw(luck) % 256 < chance)
            resize(file, (size_t)one->offset);
        free(one->bytes);
    }
    file->count = 0;
}

static void sync_directory(void) {
    for (int i = 0; i < disk.files; i++) {
        DiskFile *file = &disk.file[i];
        file->made = false;
        if (!file->gone) continue;
        settle(file, 0, &(uint64_t){0});
        file->length = 0;
    }
}

/* --- trouble --- */

static bool has_begun(bool sync) {
    if (disk.trouble == DISK_NO_SYNC && !sync) return false;
    disk.operations++;
    if (sync && (disk.trouble == DISK_FULL || disk.trouble == DISK_TORN)) return false;
    return disk.trouble != DISK_WELL && disk.operations >= disk.at;
}

static bool is_off(void) {
    return disk.trouble == DISK_POWER_CUT && disk.operations >= disk.at;
}

static int troubled_write(OpenFile *file, const void *bytes, int length, int64_t offset) {
    bool half = disk.trouble == DISK_TORN && disk.operations == disk.at;
    if (half) file->real->pMethods->xWrite(file->real, bytes, length / 2, offset);
    if (half) note(file->disk, bytes, (uint32_t)length / 2, offset);
    return disk.trouble == DISK_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

/* --- an open file --- */

#define REAL(file) (((OpenFile *)(file))->real)

static int file_close(sqlite3_file *file) {
    int code = REAL(file)->pMethods ? REAL(file)->pMethods->xClose(REAL(file)) : SQLITE_OK;
    free(REAL(file));
    return code;
}

static int file_read(sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset) {
    return REAL(file)->pMethods->xRead(REAL(file), bytes, length, offset);
}

static int file_write(sqlite3_file *base, const void *bytes, int length, sqlite3_int64 offset) {
    OpenFile *file = (OpenFile *)base;
    if (!file->disk) return file->real->pMethods->xWrite(file->real, bytes, length, offset);
    if (has_begun(false)) return troubled_write(file, bytes, length, offset);
    note(file->disk, bytes, (uint32_t)length, offset);
    return file->real->pMethods->xWrite(file->real, bytes, length, offset);
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 length) {
    OpenFile *file = (OpenFile *)base;
    if (is_off()) return SQLITE_IOERR_TRUNCATE;
    if (file->disk) note(file->disk, NULL, 0, length);
    return file->real->pMethods->xTruncate(file->real, length);
}

static int file_sync(sqlite3_file *base, int flags) {
    OpenFile *file = (OpenFile *)base;
    uint64_t luck = 0;
    (void)flags; /* the tests need no real sync: the model is what counts */
    if (!file->disk) return SQLITE_OK;
    if (has_begun(true)) return SQLITE_IOERR_FSYNC;
    settle(file->disk, 256, &luck);
    if (file->fresh) sync_directory();
    file->fresh = false;
    return SQLITE_OK;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
    return REAL(file)->pMethods->xFileSize(REAL(file), size);
}

static int file_lock(sqlite3_file *file, int level) {
    return REAL(file)->pMethods->xLock(REAL(file), level);
}

static int file_unlock(sqlite3_file *file, int level) {
    return REAL(file)->pMethods->xUnlock(REAL(file), level);
}

static int file_check_lock(sqlite3_file *file, int *out) {
    return REAL(file)->pMethods->xCheckReservedLock(REAL(file), out);
}

static int file_control(sqlite3_file *file, int what, void *argument) {
    return REAL(file)->pMethods->xFileControl(REAL(file), what, argument);
}

static int file_sector(sqlite3_file *file) {
    (void)file;
    return SECTOR;
}

/* As SQLite takes it of any disk: writing never harms what stands beside. */
static int file_traits(sqlite3_file *file) {
    (void)file;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int file_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out) {
    return REAL(file)->pMethods->xShmMap(REAL(file), page, size, extend, out);
}

static int file_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
    return REAL(file)->pMethods->xShmLock(REAL(file), offset, count, flags);
}

static void file_shm_barrier(sqlite3_file *file) {
    REAL(file)->pMethods->xShmBarrier(REAL(file));
}

static int file_shm_unmap(sqlite3_file *file, int remove) {
    return REAL(file)->pMethods->xShmUnmap(REAL(file), remove);
}

/* Version 2: no memory-mapped reading and writing, which would go past us. */
static const sqlite3_io_methods methods = {
    2,           file_close,   file_read,     file_write,       file_truncate,  file_sync,
    file_size,   file_lock,    file_unlock,   file_check_lock,  file_control,   file_sector,
    file_traits, file_shm_map, file_shm_lock, file_shm_barrier, file_shm_unmap, NULL,
    NULL};

/* Over what was deleted and is not certainly gone, a new file begins empty. */
static void note_made(DiskFile *file) {
    if (file->gone)
        note(file, NULL, 0, 0);
    else
        file->made = true;
    file->gone = false;
}

static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out) {
    OpenFile *file = (OpenFile *)base;
    int kept = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
    (void)vfs;
    file->real = calloc(1, (size_t)disk.real->szOsFile);
    file->disk = name && (flags & kept) ? file_of(name) : NULL;
    bool made = file->disk && (flags & SQLITE_OPEN_CREATE) && access(name, F_OK) != 0;
    file->fresh = made && !(flags & SQLITE_OPEN_MAIN_DB);
    int code = is_off() ? SQLITE_IOERR : disk.real->xOpen(disk.real, name, file->real, flags, out);
    if (code == SQLITE_OK && made) note_made(file->disk);
    base->pMethods = &methods;
    if (code == SQLITE_OK) return code;
    base->pMethods = NULL;
    free(file->real);
    return code;
}

static int disk_delete(sqlite3_vfs *vfs, const char *name, int sync) {
    (void)vfs;
    if (is_off()) return SQLITE_IOERR_DELETE;
    file_of(name)->gone = true;
    if (sync) sync_directory();
    return disk.real->xDelete(disk.real, name, sync);
}

/* --- the disk --- */

static void forget_all(void) {
    for (int i = 0; i < disk.files; i++) {
        for (uint32_t k = 0; k < disk.file[i].count; k++) free(disk.file[i].unsynced[k].bytes);
        free(disk.file[i].unsynced);
        free(disk.file[i].durable);
    }
    memset(disk.file, 0, sizeof disk.file);
    disk.files = 0;
}

void failing_disk_insert(void) {
    disk.real = sqlite3_vfs_find("unix");
    disk.vfs = *disk.real;
    disk.vfs.zName = "failing-disk";
    disk.vfs.pNext = NULL;
    disk.vfs.szOsFile = sizeof(OpenFile);
    disk.vfs.xOpen = disk_open;
    disk.vfs.xDelete = disk_delete;
    failing_disk_fail(DISK_WELL, 0);
    sqlite3_vfs_register(&disk.vfs, 1);
}

void failing_disk_remove(void) {
    sqlite3_vfs_unregister(&disk.vfs);
    sqlite3_vfs_register(disk.real, 1);
    forget_all();
}

void failing_disk_fail(DiskTrouble trouble, uint64_t at) {
    disk.trouble = trouble;
    disk.at = at;
    disk.operations = 0;
}

uint64_t failing_disk_operations(void) {
    return disk.operations;
}

static void write_file(const DiskFile *file) {
    FILE *out = fopen(file->path, "wb");
    assert(out);
    fwrite(file->durable ? file->durable : (const uint8_t *)"", 1, file->length, out);
    fclose(out);
}

/* What the directory does not know for certain may or may not be there. */
static bool is_there(const DiskFile *file, uint64_t *luck) {
    if (file->gone && file->length == 0) return false;
    return !(file->made || file->gone) || draw(luck) % 2 == 0;
}

void failing_disk_restart(uint64_t luck) {
    static const uint64_t chances[] = {0, 64, 192, 250, 256};
    for (int i = 0; i < disk.files; i++) {
        DiskFile *file = &disk.file[i];
        char shm[520];
        settle(file, chances[draw(&luck) % 5], &luck);
        if (is_there(file, &luck))
            write_file(file);
        else
            unlink(file->path);
        snprintf(shm, sizeof shm, "%s-shm", file->path);
        unlink(shm);
    }
    forget_all();
    failing_disk_fail(DISK_WELL, 0);
}
