#include "core/base/memory.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/error.h"

static atomic_uint_fast64_t allocations;

/* _Exit and not exit: what others registered for the exit may want memory, too. */
static _Noreturn void stop(size_t count, size_t size) {
    fprintf(stderr, "nonpaper: out of memory (%zu times %zu bytes asked for)\n", count, size);
    _Exit(ERROR_STOPPED);
}

void *memory_new(size_t count, size_t size) {
    atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
    void *memory = calloc(count == 0 ? 1 : count, size == 0 ? 1 : size);
    if (memory == NULL) stop(count, size);
    return memory;
}

void *memory_grow(void *old, size_t count, size_t size) {
    atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
    if (size != 0 && count > SIZE_MAX / size) stop(count, size);
    size_t bytes = count * size;
    void *memory = realloc(old, bytes == 0 ? 1 : bytes);
    if (memory == NULL) stop(count, size);
    return memory;
}

void memory_free(void *memory) {
    free(memory);
}

char *memory_text(const char *text) {
    size_t bytes = strlen(text) + 1;
    return memcpy(memory_grow(NULL, bytes, 1), text, bytes);
}

uint64_t memory_allocations(void) {
    return atomic_load_explicit(&allocations, memory_order_relaxed);
}

/* --- arena --- */

enum { FIRST_BLOCK = 4096, LARGEST_STEP = 1 << 20, ALIGNMENT = _Alignof(max_align_t) };

/* Blocks behind the current one count as empty, whatever their `used` says. */
typedef struct ArenaBlock {
    struct ArenaBlock *next;
    size_t size, used;
    _Alignas(max_align_t) unsigned char bytes[];
} ArenaBlock;

void arena_init(Arena *arena) {
    *arena = (Arena){NULL, NULL};
}

static size_t next_size(const ArenaBlock *current, size_t least) {
    size_t size = current == NULL ? FIRST_BLOCK : 2 * current->size;
    if (size > LARGEST_STEP) size = LARGEST_STEP;
    return size < least ? least : size;
}

static ArenaBlock *block_add(Arena *arena, size_t least) {
    size_t size = next_size(arena->current, least);
    ArenaBlock *block = memory_grow(NULL, 1, sizeof *block + size);
    ArenaBlock **link = arena->current == NULL ? &arena->first : &arena->current->next;
    *block = (ArenaBlock){.next = *link, .size = size};
    *link = block;
    return block;
}

/* Makes a block current that has room for `size` bytes. */
static void advance(Arena *arena, size_t size) {
    ArenaBlock *next = arena->current == NULL ? arena->first : arena->current->next;
    if (next == NULL || next->size < size) next = block_add(arena, size);
    next->used = 0;
    arena->current = next;
}

void *arena_new(Arena *arena, size_t size) {
    if (size > SIZE_MAX / 2) stop(1, size);
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (arena->current == NULL || arena->current->size - arena->current->used < size)
        advance(arena, size);
    void *memory = arena->current->bytes + arena->current->used;
    arena->current->used += size;
    return memset(memory, 0, size);
}

char *arena_text(Arena *arena, const char *text, size_t length) {
    if (length > SIZE_MAX / 2) stop(1, length);
    char *copy = arena_new(arena, length + 1);
    if (length > 0) memcpy(copy, text, length);
    return copy;
}

void arena_reset(Arena *arena) {
    arena->current = arena->first;
    if (arena->first != NULL) arena->first->used = 0;
}

void arena_finish(Arena *arena) {
    for (ArenaBlock *block = arena->first; block != NULL;) {
        ArenaBlock *next = block->next;
        memory_free(block);
        block = next;
    }
    arena_init(arena);
}
