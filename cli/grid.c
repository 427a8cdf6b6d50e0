#include "cli/grid.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { CELL = 512 };

Grid grid_begin(uint32_t columns) {
    Grid grid = {.columns = columns};
    arena_init(&grid.arena);
    return grid;
}

void grid_finish(Grid *grid) {
    arena_finish(&grid->arena);
    memory_free(grid->cell);
}

void grid_add(Grid *grid, const char *format, ...) {
    char text[CELL], safe[CELL];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    text_safe(safe, sizeof safe, text);
    if (grid->cells == grid->room) {
        grid->room = 2 * grid->room + 64;
        grid->cell = memory_grow(grid->cell, grid->room, sizeof *grid->cell);
    }
    grid->cell[grid->cells++] = arena_text(&grid->arena, safe, strlen(safe));
}

static const char *cell_at(const Grid *grid, size_t row, uint32_t column) {
    return grid->cell[row * grid->columns + column];
}

/* Characters, not bytes. */
static size_t width_of(const char *text) {
    size_t width = 0;
    for (; *text != '\0'; text++) width += ((unsigned char)*text & 0xC0) != 0x80;
    return width;
}

static size_t column_width(const Grid *grid, uint32_t column) {
    size_t widest = 0;
    for (size_t row = 0; row < grid->cells / grid->columns; row++) {
        size_t width = width_of(cell_at(grid, row, column));
        if (width > widest) widest = width;
    }
    return widest;
}

static void add_padding(Text *out, size_t width) {
    while (width-- > 0) text_add(out, " ");
}

static void add_row(const Grid *grid, size_t row, const size_t *width, Text *out) {
    for (uint32_t column = 0; column < grid->columns; column++) {
        const char *cell = cell_at(grid, row, column);
        size_t padding = width[column] - width_of(cell);
        if (column > 0) {
            text_add(out, "  ");
            add_padding(out, padding);
        }
        text_add(out, cell);
        if (column == 0 && grid->columns > 1) add_padding(out, padding);
    }
    text_add(out, "\n");
}

static void add_markdown_row(const Grid *grid, size_t row, Text *out) {
    text_add(out, "|");
    for (uint32_t column = 0; column < grid->columns; column++) {
        text_add(out, " ");
        for (const char *at = cell_at(grid, row, column); *at != '\0'; at++)
            text_addf(out, *at == '|' ? "\\%c" : "%c", *at);
        text_add(out, " |");
    }
    text_add(out, "\n");
    for (uint32_t column = 0; row == 0 && column < grid->columns; column++)
        text_add(out, column == 0 ? "|---|" : "---:|");
    if (row == 0) text_add(out, "\n");
}

void grid_print(const Grid *grid, bool markdown, Text *out) {
    size_t *width = memory_new(grid->columns, sizeof *width);
    for (uint32_t column = 0; column < grid->columns; column++)
        width[column] = column_width(grid, column);
    for (size_t row = 0; row < grid->cells / grid->columns; row++) {
        if (markdown)
            add_markdown_row(grid, row, out);
        else
            add_row(grid, row, width, out);
    }
    memory_free(width);
}
