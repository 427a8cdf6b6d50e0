#include "core/base/memory.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/error.h"
#include "tests/core/base/suite.h"

static void new_memory_is_zero_and_never_null(void **state) {
    (void)state;
    unsigned char *memory = memory_new(100, 7);
    for (size_t i = 0; i < 700; i++) assert_int_equal(memory[i], 0);
    memory_free(memory);
    void *nothing = memory_new(0, 0);
    assert_non_null(nothing);
    memory_free(nothing);
    memory_free(NULL);
}

static void growing_keeps_what_was_there(void **state) {
    (void)state;
    uint32_t *numbers = NULL;
    for (uint32_t count = 1; count <= 1000; count++) {
        numbers = memory_grow(numbers, count, sizeof *numbers);
        numbers[count - 1] = count;
    }
    for (uint32_t i = 0; i < 1000; i++) assert_int_equal(numbers[i], i + 1);
    memory_free(numbers);
}

static void a_copied_text_is_equal_and_one_s_own(void **state) {
    (void)state;
    char original[] = "Riyadh";
    char *copy = memory_text(original);
    original[0] = 'x';
    assert_string_equal(copy, "Riyadh");
    memory_free(copy);
}

static void allocations_are_counted(void **state) {
    (void)state;
    uint64_t before = memory_allocations();
    void *memory = memory_grow(memory_new(1, 1), 2, 1);
    assert_int_equal(memory_allocations(), before + 2);
    memory_free(memory);
    assert_int_equal(memory_allocations(), before + 2);
}

/* Asks in a child process, whose last words go nowhere. */
static int exit_code_of(void *(*ask)(void)) {
    pid_t child = fork();
    if (child == 0) {
        close(STDERR_FILENO);
        _exit(ask() == NULL ? 1 : 2);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void *grow_beyond_size_t(void) {
    return memory_grow(NULL, SIZE_MAX / 2, 3);
}

static void *arena_beyond_size_t(void) {
    Arena arena;
    arena_init(&arena);
    return arena_new(&arena, SIZE_MAX - 3);
}

static void impossible_sizes_stop_the_program(void **state) {
    (void)state;
    assert_int_equal(exit_code_of(grow_beyond_size_t), ERROR_STOPPED);
    assert_int_equal(exit_code_of(arena_beyond_size_t), ERROR_STOPPED);
}

static void arena_memory_is_zero_aligned_and_apart(void **state) {
    (void)state;
    Arena arena;
    arena_init(&arena);
    for (int round = 0; round < 3; round++) {
        unsigned char *previous = NULL;
        for (size_t size = 0; size < 600; size++) {
            unsigned char *memory = arena_new(&arena, size);
            assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++) assert_int_equal(memory[i], 0);
            memset(memory, 0xa5, size);
            if (previous != NULL) assert_int_equal(previous[size - 2], 0xa5);
            previous = size > 0 ? memory : NULL;
        }
        arena_reset(&arena);
    }
    arena_finish(&arena);
}

static void fill(Arena *arena) {
    for (size_t i = 0; i < 2000; i++) arena_new(arena, i % 77);
    arena_new(arena, 3000000);
    for (size_t i = 0; i < 2000; i++) arena_new(arena, i % 77);
}

static void a_warm_arena_asks_for_nothing(void **state) {
    (void)state;
    Arena arena;
    arena_init(&arena);
    uint64_t cold = memory_allocations();
    fill(&arena);
    uint64_t warm = memory_allocations();
    assert_true(warm > cold);
    for (int round = 0; round < 5; round++) {
        arena_reset(&arena);
        fill(&arena);
    }
    assert_int_equal(memory_allocations(), warm);
    arena_finish(&arena);
    assert_null(arena.first);
}

static void a_large_piece_does_not_go_into_a_small_block(void **state) {
    (void)state;
    Arena arena;
    arena_init(&arena);
    for (int i = 0; i < 20; i++) arena_new(&arena, 1000);
    arena_reset(&arena);
    arena_new(&arena, 1000);
    unsigned char *large = arena_new(&arena, 2000000);
    unsigned char *small = arena_new(&arena, 3000);
    memset(large, 0xa5, 2000000);
    for (size_t i = 0; i < 3000; i++) assert_int_equal(small[i], 0);
    arena_finish(&arena);
}

static void arena_texts_end(void **state) {
    (void)state;
    Arena arena;
    arena_init(&arena);
    memset(arena_new(&arena, 64), 'x', 64);
    arena_reset(&arena);
    assert_string_equal(arena_text(&arena, "offer and more", 5), "offer");
    assert_string_equal(arena_text(&arena, NULL, 0), "");
    arena_finish(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_memory_is_zero_and_never_null),
        cmocka_unit_test(growing_keeps_what_was_there),
        cmocka_unit_test(a_copied_text_is_equal_and_one_s_own),
        cmocka_unit_test(allocations_are_counted),
        cmocka_unit_test(impossible_sizes_stop_the_program),
        cmocka_unit_test(arena_memory_is_zero_aligned_and_apart),
        cmocka_unit_test(a_warm_arena_asks_for_nothing),
        cmocka_unit_test(a_large_piece_does_not_go_into_a_small_block),
        cmocka_unit_test(arena_texts_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
