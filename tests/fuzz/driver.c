/* Stands in for libFuzzer in ordinary builds, so that every build and sanitizer tries each fuzzer a
 * little: the seeds, and a few thousand inputs bred from them, always the same ones.
 *
 *     FUZZER [SEED DIRECTORY…] */
#include <dirent.h>
#include <stdio.h>

#include "tests/fuzz/fuzzer.h"

enum { MOST_SEEDS = 64, LONGEST = 1 << 16, BRED = 3000 };

static uint8_t *seed[MOST_SEEDS];
static size_t seed_length[MOST_SEEDS], seeds;
static uint64_t luck = 88172645463325252u;

/* xorshift64: what is tried here needs no quality, only repetition. */
static uint32_t any(uint32_t bound) {
    luck ^= luck << 13;
    luck ^= luck >> 7;
    luck ^= luck << 17;
    return (uint32_t)(luck >> 32) % bound;
}

static void read_seed(const char *directory, const char *name) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL || seeds == MOST_SEEDS) exit(2);
    seed[seeds] = malloc(LONGEST);
    seed_length[seeds] = fread(seed[seeds], 1, LONGEST, file);
    fclose(file);
    seeds++;
}

static void read_seeds(const char *directory) {
    struct dirent **entry;
    int entries = scandir(directory, &entry, NULL, alphasort);
    if (entries < 0) exit(2);
    for (int i = 0; i < entries; i++) {
        if (entry[i]->d_name[0] != '.') read_seed(directory, entry[i]->d_name);
        free(entry[i]);
    }
    free(entry);
}

/* Exactly as long as the input, so that the sanitizer sees the first byte read past it. */
static void try_input(const uint8_t *bytes, size_t length) {
    uint8_t *input = malloc(length + (length == 0));
    memcpy(input, bytes, length);
    LLVMFuzzerTestOneInput(input, length);
    free(input);
}

static size_t breed(uint8_t *input) {
    size_t length = any(512);
    for (size_t i = 0; i < length; i++) input[i] = (uint8_t)any(256);
    if (seeds > 0 && any(8) != 0) {
        size_t parent = any((uint32_t)seeds);
        length = seed_length[parent];
        memcpy(input, seed[parent], length);
    }
    for (uint32_t changes = any(6); length > 0 && changes > 0; changes--) {
        if (any(4) == 0) length = any((uint32_t)length) + 1;
        input[any((uint32_t)length)] = (uint8_t)any(256);
    }
    return length;
}

int main(int count, char **words) {
    for (int i = 1; i < count; i++) read_seeds(words[i]);
    for (size_t i = 0; i < seeds; i++) try_input(seed[i], seed_length[i]);
    uint8_t *input = malloc(LONGEST);
    try_input(input, 0);
    for (int i = 0; i < BRED; i++) try_input(input, breed(input));
    free(input);
    printf("%zu seeds and %d inputs bred from them\n", seeds, BRED);
    for (size_t i = 0; i < seeds; i++) free(seed[i]);
    return 0;
}
