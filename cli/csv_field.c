#include "cli/csv_field.h"

#include <string.h>

void csv_field_add(Text *out, const char *field) {
    if (strpbrk(field, ",\"\r\n") == NULL) {
        text_add(out, field);
        return;
    }
    text_add(out, "\"");
    for (; *field != '\0'; field++) text_addf(out, *field == '"' ? "\"%c" : "%c", *field);
    text_add(out, "\"");
}
