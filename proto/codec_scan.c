#include "proto/codec_wire.h"

#include "core/base/text.h"

enum { VARINT = 0, SIXTY_FOUR = 1, LENGTH = 2, THIRTY_TWO = 5, MAX_KEY = 5, MAX_VARINT = 10 };

/* A walk over a message's bytes, and what the frame may still hold. */
typedef struct Scan {
    const uint8_t *at, *end;
    uint32_t *fields, *messages;
} Scan;

typedef struct Key {
    uint32_t number;
    uint8_t wire_type;
} Key;

static bool scan_message(const ProtobufCMessageDescriptor *type, Scan scan, Error *error);

static bool refuse(const ProtobufCMessageDescriptor *type, const char *what, Error *error) {
    return error_set(error, ERROR_PROTOCOL, "in a %s: %s", type->short_name, what);
}

static bool scan_varint(Scan *scan, unsigned most, uint64_t *value) {
    uint64_t sum = 0;
    for (unsigned i = 0; i < most && scan->at < scan->end; i++) {
        uint8_t octet = *scan->at++;
        sum |= (uint64_t)(octet & 0x7f) << 7 * i;
        if (octet < 0x80) {
            *value = sum;
            return true;
        }
    }
    return false;
}

static bool scan_key(Scan *scan, Key *key) {
    uint64_t value;
    if (!scan_varint(scan, MAX_KEY, &value) || value > UINT32_MAX || value >> 3 == 0) return false;
    *key = (Key){(uint32_t)(value >> 3), (uint8_t)(value & 7)};
    return true;
}

/* Skips a field's contents, and tells where they lie when they have a length. */
static bool scan_contents(Scan *scan, uint8_t wire_type, Bytes *contents) {
    uint64_t length = 0;
    if (wire_type == VARINT) return scan_varint(scan, MAX_VARINT, &length);
    if (wire_type == SIXTY_FOUR)
        length = 8;
    else if (wire_type == THIRTY_TWO)
        length = 4;
    else if (wire_type != LENGTH || !scan_varint(scan, MAX_KEY, &length))
        return false;
    if (length > (uint64_t)(scan->end - scan->at)) return false;
    *contents = (Bytes){scan->at, (size_t)length};
    scan->at += length;
    return true;
}

static uint8_t expected_wire_type(const ProtobufCFieldDescriptor *field) {
    if (field->flags & PROTOBUF_C_FIELD_FLAG_PACKED) return LENGTH;
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_BYTES:
    case PROTOBUF_C_TYPE_MESSAGE: return LENGTH;
    case PROTOBUF_C_TYPE_FIXED32:
    case PROTOBUF_C_TYPE_SFIXED32:
    case PROTOBUF_C_TYPE_FLOAT: return THIRTY_TWO;
    case PROTOBUF_C_TYPE_FIXED64:
    case PROTOBUF_C_TYPE_SFIXED64:
    case PROTOBUF_C_TYPE_DOUBLE: return SIXTY_FOUR;
    default: return VARINT;
    }
}

/* What is wrong with contents that have a length, or NULL. */
static const char *judge_contents(const ProtobufCFieldDescriptor *field, Bytes contents) {
    if (field->flags & PROTOBUF_C_FIELD_FLAG_PACKED)
        return contents.length > CODEC_MAX_PACKED ? "a list is too long" : NULL;
    if (field->type == PROTOBUF_C_TYPE_BYTES)
        return contents.length > NP_MAX_ISSUES ? "a package names too many issues" : NULL;
    if (field->type != PROTOBUF_C_TYPE_STRING) return NULL;
    if (contents.length > CODEC_MAX_TEXT) return "a text is too long";
    return text_is_utf8((const char *)contents.at, contents.length) ? NULL : "a text is not UTF-8";
}

/* A field that may stand once stands once: what a second one means differs between parsers. */
static bool once(const ProtobufCFieldDescriptor *field, uint64_t *seen) {
    if (field->label == PROTOBUF_C_LABEL_REPEATED) return true;
    uint64_t bit = UINT64_C(1) << (field->id & 63);
    bool first = (*seen & bit) == 0;
    *seen |= bit;
    return first;
}

static bool scan_field(const ProtobufCMessageDescriptor *type, Scan *scan, uint64_t *seen,
                       Error *error) {
    Key key;
    Bytes contents = {NULL, 0};
    if ((*scan->fields)-- == 0) return refuse(type, "the frame has too many fields", error);
    if (!scan_key(scan, &key)) return refuse(type, "a field without a proper key", error);
    if (!scan_contents(scan, key.wire_type, &contents))
        return refuse(type, "a field is cut off", error);
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field(type, key.number);
    if (!field) return true; /* a later version's; bounded, and passed over */
    if (key.wire_type != expected_wire_type(field))
        return refuse(type, "a field of a wrong type", error);
    if (!once(field, seen)) return refuse(type, "a field stands twice", error);
    const char *wrong = contents.at ? judge_contents(field, contents) : NULL;
    if (wrong) return refuse(type, wrong, error);
    if (field->type != PROTOBUF_C_TYPE_MESSAGE) return true;
    if ((*scan->messages)-- == 0) return refuse(type, "the frame has too many messages", error);
    Scan inside = {contents.at, contents.at + contents.length, scan->fields, scan->messages};
    return scan_message(field->descriptor, inside, error);
}

/* Goes only as deep as the messages' own definition, which does not contain itself. */
static bool scan_message(const ProtobufCMessageDescriptor *type, Scan scan, Error *error) {
    uint64_t seen = 0;
    while (scan.at < scan.end)
        if (!scan_field(type, &scan, &seen, error)) return false;
    return true;
}

uint32_t wire_count(const ProtobufCMessageDescriptor *type, Bytes bytes) {
    uint32_t fields = UINT32_MAX, messages = UINT32_MAX;
    Scan scan = {bytes.at, bytes.at + bytes.length, &fields, &messages};
    return scan_message(type, scan, NULL) ? UINT32_MAX - messages : UINT32_MAX;
}

bool wire_scan(const ProtobufCMessageDescriptor *type, Bytes bytes, Error *error) {
    uint32_t fields = CODEC_MAX_FIELDS, messages = CODEC_MAX_MESSAGES;
    Scan scan = {bytes.at, bytes.at + bytes.length, &fields, &messages};
    return scan_message(type, scan, error);
}
