/* A table of words for people: in columns, or as Markdown. */
#ifndef CLI_GRID_H
#define CLI_GRID_H

#include "core/base/memory.h"
#include "core/base/text.h"
#include <stdbool.h>

typedef struct Grid {
    uint32_t columns; /* set by the caller */
    Arena arena;
    const char **cell; /* row after row; the first row is the head */
    size_t cells, room;
} Grid;

Grid grid_begin(uint32_t columns);
/* The next cell; rows follow from the number of columns. */
void grid_add(Grid *grid, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The first column to the left, the others to the right. */
void grid_print(const Grid *grid, bool markdown, Text *out);
void grid_finish(Grid *grid);

#endif
