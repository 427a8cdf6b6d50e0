/* Values for the suites of proto/: one fixed negotiation, and random grants, answers and dossiers. */
#ifndef TESTS_PROTO_SAMPLES_H
#define TESTS_PROTO_SAMPLES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/rng.h"
#include "core/negotiation/mechanism.h"
#include "proto/codec.h"

/* Three seats, two issues of two and three options, one of everything else. */
const Terms *sample_terms(void);
/* A seat's profile; its values are `mark` + 1, + 2, …, so that they are found again in a frame. */
Profile sample_profile(Utility mark);

/* The same table with a world: two closed tables, a lever, two variables, a price of broken commitments,
 * durability, and types of seat 1, which sample_library describes. */
const Terms *sample_world(void);
const SeatType *const *sample_library(void);

/* A grant of one occasion: an offer by seat 2 was seen. */
Grant sample_grant(uint64_t run, SeatId seat);
/* An answer of one reply: an offer of one package. */
Answer sample_answer(uint64_t run, SeatId seat);

/* Random values in their full range. They live in the arena. */
Terms *random_terms(Rng *rng, Arena *arena);
Profile *random_profile(Rng *rng, Arena *arena, const Domain *domain);
const SeatType *const *random_library(Rng *rng, Arena *arena, const Terms *terms);
Grant random_grant(Rng *rng, Arena *arena);
Answer random_answer(Rng *rng, Arena *arena);

void assert_same_terms(const Terms *a, const Terms *b);
void assert_same_profile(const Profile *a, const Profile *b);
void assert_same_library(const Terms *terms, const SeatType *const *a, const SeatType *const *b);
void assert_same_grant(const Grant *a, const Grant *b);
void assert_same_answer(const Answer *a, const Answer *b);

#endif
