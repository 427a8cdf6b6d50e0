#include "core/referee/script.h"

#include <string.h>

#include "core/base/memory.h"

void script_init(Script *script) {
    *script = (Script){0};
}

static void make_room(Script *script, size_t length) {
    if (script->count + 2 > script->capacity) {
        script->capacity = script->capacity ? script->capacity * 2 : 256;
        script->offset = memory_grow(script->offset, script->capacity, sizeof *script->offset);
        script->offset[script->count] = script->length;
    }
    if (script->length + length > script->byte_capacity) {
        script->byte_capacity = (script->length + length) * 2;
        script->bytes = memory_grow(script->bytes, script->byte_capacity, 1);
    }
}

void script_add(Script *script, const uint8_t *bytes, size_t length) {
    make_room(script, length);
    memcpy(script->bytes + script->length, bytes, length);
    script->length += length;
    script->offset[++script->count] = script->length;
}

void script_clear(Script *script) {
    script->count = 0;
    script->length = 0;
    if (script->offset != NULL) script->offset[0] = 0;
}

void script_finish(Script *script) {
    memory_free(script->bytes);
    memory_free(script->offset);
    script_init(script);
}

const uint8_t *script_bytes(const Script *script, uint64_t index, size_t *length) {
    *length = 0;
    if (index >= script->count) return NULL;
    *length = script->offset[index + 1] - script->offset[index];
    return script->bytes + script->offset[index];
}

bool script_event(const Script *script, uint64_t index, Event *event) {
    size_t length;
    const uint8_t *bytes = script_bytes(script, index, &length);
    return bytes != NULL && event_decode(bytes, length, event, NULL);
}

bool script_agrees(const Script *script, uint64_t index, const uint8_t *bytes, size_t length) {
    size_t recorded;
    const uint8_t *said = script_bytes(script, index, &recorded);
    return said != NULL && recorded == length && memcmp(said, bytes, length) == 0;
}
