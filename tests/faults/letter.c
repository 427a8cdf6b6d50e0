#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/memory.h"
#include "tests/faults/nemesis_state.h"

void letter_burn(Letter *letter) {
    for (uint32_t i = 0; i < letter->answers; i++)
        memory_free((void *)(uintptr_t)letter->answer[i].reply);
    memory_free(letter->answer);
    *letter = (Letter){0};
}

Letter letter_copy(const Arrival *arrival) {
    Letter letter = {.kind = arrival->kind, .seat = arrival->seat, .answers = arrival->answers};
    letter.answer = memory_new(arrival->answers + 1, sizeof(Answer));
    for (uint32_t i = 0; i < arrival->answers; i++) {
        const Answer *from = &arrival->answer[i];
        Reply *reply = memory_new(from->replies + 1, sizeof *reply);
        if (from->replies > 0) memcpy(reply, from->reply, from->replies * sizeof *reply);
        letter.answer[i] = (Answer){from->run, from->seat, from->replies, reply};
    }
    return letter;
}

void letter_post(Nemesis *nemesis, Letter letter) {
    assert_true(nemesis->letters < LETTERS);
    nemesis->letter[nemesis->letters++] = letter;
}

Letter letter_take(Nemesis *nemesis, uint32_t which) {
    Letter letter = nemesis->letter[which];
    memmove(&nemesis->letter[which], &nemesis->letter[which + 1],
            (nemesis->letters - which - 1) * sizeof letter);
    nemesis->letters--;
    return letter;
}

void letter_burn_all_of(Nemesis *nemesis, SeatId seat) {
    for (uint32_t i = nemesis->letters; i-- > 0;) {
        if (nemesis->letter[i].seat != seat) continue;
        Letter letter = letter_take(nemesis, i);
        letter_burn(&letter);
    }
}
