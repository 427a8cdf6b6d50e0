/* GeniusWeb's JSON: any bytes give a scenario that passes, or complaints that point. */
#include "core/interchange/geniusweb.h"
#include "tests/fuzz/foreign_input.h"
#include "tests/fuzz/fuzzer.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    foreign_input_try(geniusweb_read, FORMAT_GENIUSWEB, bytes, length);
    return 0;
}
