/* A file written as a whole or not at all. */
#ifndef CLI_NEW_FILE_H
#define CLI_NEW_FILE_H

#include "core/base/error.h"
#include "core/base/text.h"

/* Over what is there only with `replace`, and then in one step. Nothing half written is left behind, also when
 * the disk is full. */
bool new_file_write(const char *path, const Text *text, bool replace, Error *error);

#endif
