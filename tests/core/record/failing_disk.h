/* A disk that fails on request: an SQLite VFS between the record and the real files. It remembers what was
 * written since the last sync of each file, so that the power can be cut: of that any part may be there
 * afterwards, in pieces of a sector. */
#ifndef TESTS_CORE_RECORD_FAILING_DISK_H
#define TESTS_CORE_RECORD_FAILING_DISK_H

#include <stdbool.h>
#include <stdint.h>

typedef enum DiskTrouble {
    DISK_WELL,
    DISK_NO_SYNC,  /* from then on syncing fails */
    DISK_FULL,     /* from then on writing fails */
    DISK_TORN,     /* that write gets half through, the next ones not at all */
    DISK_POWER_CUT /* from then on nothing happens any more */
} DiskTrouble;

/* Makes this the disk of all records opened from now on, well and empty-minded. */
void failing_disk_insert(void);
void failing_disk_remove(void);
/* Trouble begins with operation number `at`, counted from now from 1: writes and syncs, or for
 * DISK_NO_SYNC syncs only. */
void failing_disk_fail(DiskTrouble trouble, uint64_t at);
uint64_t failing_disk_operations(void); /* since then */
/* After a power cut and once all is closed: writes the files as a disk might hold them, which `luck`
 * decides, and is well again. */
void failing_disk_restart(uint64_t luck);

#endif
