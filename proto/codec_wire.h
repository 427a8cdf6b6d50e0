/* Inside the codec's door: what its files share of protobuf-c. */
#ifndef PROTO_CODEC_WIRE_H
#define PROTO_CODEC_WIRE_H

#include "nonpaper.pb-c.h"
#include "proto/codec.h"

/* protobuf-c's memory from an arena: freed all at once with it. */
ProtobufCAllocator wire_allocator(Arena *arena);

/* Bounds a message before it is unpacked: wire types, lengths, counts, strings. protobuf-c would do as it
 * is told by 4 MiB of two-byte messages. */
bool wire_scan(const ProtobufCMessageDescriptor *type, Bytes bytes, Error *error);
/* How many messages are inside a message that was packed here. */
uint32_t wire_count(const ProtobufCMessageDescriptor *type, Bytes bytes);

/* Appends bytes, a varint, a field with the given length and packed message. */
void wire_add(FrameWriter *writer, const void *bytes, size_t length);
void wire_add_varint(FrameWriter *writer, uint64_t value);
/* Appends `message` as field `number`; false, with nothing added, when the frame would grow too long. */
bool wire_add_message(FrameWriter *writer, uint32_t number, const ProtobufCMessage *message,
                      Error *error);
/* Makes sure that the writer holds a frame of that kind, and that so many messages more fit in. */
bool wire_begin(FrameWriter *writer, FrameKind kind, uint32_t messages, Error *error);

/* Is it a number that fits an octet? */
static inline bool wire_octet(uint32_t number) {
    return number <= UINT8_MAX;
}

/* An outcome's octets without the silence at its end, and back. */
size_t wire_outcome_length(const Outcome *outcome);
static inline ProtobufCBinaryData wire_outcome(const Outcome *outcome) {
    return (ProtobufCBinaryData){wire_outcome_length(outcome),
                                 (uint8_t *)(uintptr_t)outcome->option};
}

bool wire_read_orders(Arena *arena, const Nonpaper__Orders *wire, Orders *orders, Error *error);
bool wire_read_answers(Arena *arena, const Nonpaper__Answers *wire, Answers *answers, Error *error);
/* A menu; entries past `count` stay as they are (zero). */
bool wire_read_menu(size_t count, const ProtobufCBinaryData *wire, Outcome menu[NP_MAX_MENU],
                    Error *error);

#endif
