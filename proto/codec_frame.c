/* Frames as bytes: how they are built from parts, and what of them is common to all kinds. */
#include <assert.h>
#include <string.h>

#include "proto/codec_wire.h"

enum { HEAD = 8 /* room before the contents for the frame's own key and length */ };

static void *arena_alloc(void *arena, size_t size) {
    return arena_new(arena, size);
}

static void arena_free(void *arena, void *pointer) {
    (void)arena;
    (void)pointer;
}

ProtobufCAllocator wire_allocator(Arena *arena) {
    return (ProtobufCAllocator){arena_alloc, arena_free, arena};
}

void frame_writer_init(FrameWriter *writer) {
    *writer = (FrameWriter){.length = HEAD};
    arena_init(&writer->arena);
}

void frame_writer_finish(FrameWriter *writer) {
    memory_free(writer->bytes);
    arena_finish(&writer->arena);
    writer->bytes = NULL;
}

void frame_clear(FrameWriter *writer) {
    writer->kind = FRAME_EMPTY;
    writer->length = HEAD;
    writer->messages = writer->replies = 0;
    arena_reset(&writer->arena);
}

bool frame_full(const FrameWriter *writer) {
    return writer->length > CODEC_MAX_FRAME / 2 || writer->messages > CODEC_MAX_MESSAGES / 2 ||
           writer->replies > CODEC_MAX_REPLIES / 2;
}

static size_t put_varint(uint8_t *out, uint64_t value) {
    size_t length = 0;
    for (; value >= 0x80; value >>= 7) out[length++] = (uint8_t)(value | 0x80);
    out[length++] = (uint8_t)value;
    return length;
}

static void wire_reserve(FrameWriter *writer, size_t more) {
    size_t needed = writer->length + more;
    if (needed <= writer->capacity) return;
    size_t capacity = writer->capacity ? writer->capacity : 1024;
    while (capacity < needed) capacity *= 2;
    writer->bytes = memory_grow(writer->bytes, capacity, 1);
    writer->capacity = capacity;
}

void wire_add(FrameWriter *writer, const void *bytes, size_t length) {
    wire_reserve(writer, length);
    memcpy(writer->bytes + writer->length, bytes, length);
    writer->length += length;
}

void wire_add_varint(FrameWriter *writer, uint64_t value) {
    wire_reserve(writer, 10);
    writer->length += put_varint(writer->bytes + writer->length, value);
}

Bytes frame_bytes(FrameWriter *writer) {
    if (writer->kind == FRAME_EMPTY) return (Bytes){(const uint8_t *)"", 0};
    uint8_t head[HEAD] = {(uint8_t)(writer->kind << 3 | 2)};
    size_t length = 1 + put_varint(head + 1, writer->length - HEAD);
    wire_reserve(writer, 0);
    memcpy(writer->bytes + HEAD - length, head, length);
    return (Bytes){writer->bytes + HEAD - length, writer->length - HEAD + length};
}

bool wire_begin(FrameWriter *writer, FrameKind kind, uint32_t messages, Error *error) {
    assert(writer->kind == FRAME_EMPTY || writer->kind == kind);
    if (messages > CODEC_MAX_MESSAGES - writer->messages - 1)
        return error_set(error, ERROR_PROTOCOL, "a frame cannot hold so many messages");
    wire_reserve(writer, HEAD); /* a frame without contents has a head all the same */
    writer->kind = kind;
    writer->messages += messages;
    return true;
}

bool wire_add_message(FrameWriter *writer, uint32_t number, const ProtobufCMessage *message,
                      Error *error) {
    size_t size = protobuf_c_message_get_packed_size(message);
    if (writer->length + size + 2 * HEAD > CODEC_MAX_FRAME)
        return error_set(error, ERROR_PROTOCOL, "a frame cannot hold so many bytes");
    wire_reserve(writer, size + 2 * HEAD);
    wire_add_varint(writer, number << 3 | 2);
    wire_add_varint(writer, size);
    writer->length += protobuf_c_message_pack(message, writer->bytes + writer->length);
    return true;
}

/* Compares words, not octets: most outcomes are silent on most of the 32 issues that there could be. */
size_t wire_outcome_length(const Outcome *outcome) {
    size_t length = NP_MAX_ISSUES;
    uint64_t word;
    for (; length >= sizeof word; length -= sizeof word) {
        memcpy(&word, outcome->option + length - sizeof word, sizeof word);
        if (word != UINT64_MAX) break;
    }
    while (length > 0 && outcome->option[length - 1] == NP_NO_OPTION) length--;
    return length;
}
