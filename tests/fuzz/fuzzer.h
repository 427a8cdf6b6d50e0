/* What the fuzzers share: bytes handed out in small pieces, and a property that must hold. */
#ifndef TESTS_FUZZ_FUZZER_H
#define TESTS_FUZZ_FUZZER_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The one function of a fuzzer; libFuzzer calls it, or driver.c. Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Unlike assert, it holds in every build. */
static inline void must(int holds) {
    if (!holds) abort();
}

/* Reads on past the end as zeros. */
typedef struct Crumbs {
    const uint8_t *at;
    size_t left;
} Crumbs;

static inline uint8_t crumb(Crumbs *crumbs) {
    if (crumbs->left == 0) return 0;
    crumbs->left--;
    return *crumbs->at++;
}

static inline uint32_t crumbs_u16(Crumbs *crumbs) {
    uint32_t low = crumb(crumbs);
    return low | (uint32_t)crumb(crumbs) << 8;
}

#endif
