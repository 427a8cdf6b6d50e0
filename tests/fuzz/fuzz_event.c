/* Recorded events: what decodes is the one form of what it says. */
#include "core/referee/event.h"
#include "tests/fuzz/fuzzer.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    Event event;
    Error error = {0};
    if (!event_decode(bytes, length, &event, &error)) {
        must(error.text[0] != '\0');
        return 0;
    }
    uint8_t again[EVENT_MAX_BYTES];
    must(event_encode(&event, again) == length && memcmp(again, bytes, length) == 0);
    must(event_kind_name(event.kind) != NULL && ruling_name(event.ruling) != NULL);
    return 0;
}
