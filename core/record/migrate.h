/* How an older record becomes one of this version. Tables never change their shape, so that one way serves
 * all versions: what is missing is made, views and triggers are made anew. */
#ifndef CORE_RECORD_MIGRATE_H
#define CORE_RECORD_MIGRATE_H

#include "core/record/file.h"

/* Within the caller's transaction. */
bool migrate(Record *record, Error *error);
/* For reading only: the file stays as it is, and the tables that its version lacks stand empty beside it. */
bool migrate_beside(Record *record, Error *error);
/* The program's own views, which are used instead of the file's: those are for people, of an older version
 * perhaps, and SQLite does not trust what a file says to call functions. */
bool migrate_views_beside(Record *record, Error *error);

#endif
