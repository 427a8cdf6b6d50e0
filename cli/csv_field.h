/* A field of comma-separated values (RFC 4180). */
#ifndef CLI_CSV_FIELD_H
#define CLI_CSV_FIELD_H

#include "core/base/text.h"

/* What holds a comma, a quote or a line's end is quoted; anything else stands as it is. */
void csv_field_add(Text *out, const char *field);

#endif
