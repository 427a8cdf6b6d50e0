/* Memory from the system, handled once: when there is none the program says so and stops.
 * Sizes that come from outside are bounded before they reach this place. */
#ifndef CORE_BASE_MEMORY_H
#define CORE_BASE_MEMORY_H

#include <stddef.h>
#include <stdint.h>

/* Zeroed memory for `count` things of `size` bytes; free with memory_free. Never NULL. */
void *memory_new(size_t count, size_t size);
/* Like realloc for `count` things; new bytes are not zeroed. Never NULL. */
void *memory_grow(void *old, size_t count, size_t size);
void memory_free(void *memory);
char *memory_text(const char *text); /* a copy of the string */

/* Number of calls to memory_new and memory_grow so far in this process; tests use it to prove that
 * the storeys below do not allocate once warm. */
uint64_t memory_allocations(void);

/* An arena: many small things with one ending. Pointers stay valid until reset or finish. */
typedef struct Arena {
    struct ArenaBlock *first, *current;
} Arena;

void arena_init(Arena *arena);
void *arena_new(Arena *arena, size_t size);                      /* zeroed, aligned for anything */
char *arena_text(Arena *arena, const char *text, size_t length); /* copy, NUL-terminated */
void arena_reset(Arena *arena); /* forgets everything, keeps the blocks for reuse */
void arena_finish(Arena *arena);

#endif
