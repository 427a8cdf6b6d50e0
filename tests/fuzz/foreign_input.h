/* What the fuzzers of other tools' formats share: files in one input, and what must hold of whatever is read. */
#ifndef TESTS_FUZZ_FOREIGN_INPUT_H
#define TESTS_FUZZ_FOREIGN_INPUT_H

#include "core/interchange/departure.h"

typedef bool ForeignReader(Foreign *foreign, Complaints *complaints, uint32_t sources,
                           uint32_t steps);

/* Files end with the byte 0x1E. What is read becomes a scenario that passes, and goes out and in again with the
 * same utilities; what is not is complained of. */
void foreign_input_try(ForeignReader *read, ForeignFormat format, const uint8_t *bytes,
                       size_t length);

#endif
