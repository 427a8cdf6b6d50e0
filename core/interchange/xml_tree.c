#include "core/interchange/xml_tree.h"

#include <expat.h>
#include <string.h>
#include <strings.h>

#include "core/interchange/foreign.h"

typedef struct Level {
    XmlElement *element;
    XmlElement *last; /* its last child so far */
    uint32_t children;
} Level;

typedef struct Builder {
    XML_Parser parser;
    Complaints *complaints;
    Arena *arena;
    uint32_t source, elements, depth;
    XmlElement *root;
    Level level[FOREIGN_MAX_DEPTH];
} Builder;

/* --- encodings --- */

enum { DECLARATION_MAX = 200 };

/* Is the encoding that the declaration names one byte a character, the first 256 of Unicode? */
static bool is_latin(const Text *bytes) {
    static const char *const known[] = {"iso-8859-1", "latin1", "windows-1252", "us-ascii"};
    char head[DECLARATION_MAX + 1];
    size_t length = bytes->length < DECLARATION_MAX ? bytes->length : DECLARATION_MAX;
    memcpy(head, text_get(bytes), length);
    head[length] = '\0';
    char *end = strstr(head, "?>");
    if (strncmp(head, "<?xml", 5) != 0 || end == NULL) return false;
    *end = '\0';
    const char *at = strstr(head, "encoding");
    if (at == NULL) return false;
    at += strcspn(at, "\"'");
    if (*at == '\0') return false;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strncasecmp(at + 1, known[i], strlen(known[i])) == 0) return true;
    return false;
}

void xml_to_utf8(Text *bytes) {
    Text converted = {0};
    if (!is_latin(bytes)) return;
    for (size_t i = 0; i < bytes->length; i++) {
        unsigned char byte = (unsigned char)bytes->bytes[i];
        char two[2] = {(char)(0xC0 | byte >> 6), (char)(0x80 | (byte & 0x3F))};
        if (byte < 0x80)
            text_add_bytes(&converted, &bytes->bytes[i], 1);
        else
            text_add_bytes(&converted, two, 2);
    }
    text_finish(bytes);
    *bytes = converted;
}

/* --- building --- */

static Mark here(const Builder *builder) {
    return (Mark){builder->source, (uint32_t)XML_GetCurrentLineNumber(builder->parser),
                  (uint32_t)XML_GetCurrentColumnNumber(builder->parser) + 1, 1};
}

static void refuse(Builder *builder, const char *why, int most) {
    complain(builder->complaints, here(builder), why, most);
    XML_StopParser(builder->parser, XML_FALSE);
}

static const char *const *copy_attributes(Builder *builder, const XML_Char **given) {
    size_t count = 0;
    while (given[count]) count++;
    if (count > (size_t)2 * XML_MAX_ATTRIBUTES) {
        refuse(builder, "more than %d attributes", XML_MAX_ATTRIBUTES);
        count = 0;
    }
    const char **copy = arena_new(builder->arena, (count + 1) * sizeof *copy);
    for (size_t i = 0; i < count; i++)
        copy[i] = arena_text(builder->arena, given[i], strlen(given[i]));
    return copy;
}

static XmlElement *element_new(Builder *builder, const char *name, const XML_Char **given) {
    XmlElement *element = arena_new(builder->arena, sizeof *element);
    element->name = arena_text(builder->arena, name, strlen(name));
    element->at = here(builder);
    element->at.column++; /* behind the < */
    element->at.length = (uint32_t)strlen(name);
    element->offset = (size_t)XML_GetCurrentByteIndex(builder->parser) + 1;
    element->attribute = copy_attributes(builder, given);
    return element;
}

static void hang(Builder *builder, XmlElement *element) {
    if (builder->depth == 0) {
        builder->root = element;
        return;
    }
    Level *level = &builder->level[builder->depth - 1];
    if (++level->children > XML_MAX_CHILDREN) {
        refuse(builder, "more than %d elements in one", XML_MAX_CHILDREN);
        return;
    }
    if (level->last)
        level->last->next = element;
    else
        level->element->first = element;
    level->last = element;
}

static void XMLCALL on_start(void *context, const XML_Char *name, const XML_Char **given) {
    Builder *builder = context;
    if (builder->depth == FOREIGN_MAX_DEPTH) {
        refuse(builder, "nested deeper than %d levels", FOREIGN_MAX_DEPTH);
        return;
    }
    if (++builder->elements > FOREIGN_MAX_NODES) {
        refuse(builder, "more than %d elements in one file", FOREIGN_MAX_NODES);
        return;
    }
    XmlElement *element = element_new(builder, name, given);
    hang(builder, element);
    builder->level[builder->depth++] = (Level){element, NULL, 0};
}

static void XMLCALL on_end(void *context, const XML_Char *name) {
    Builder *builder = context;
    (void)name;
    if (builder->depth > 0) builder->depth--;
}

static void XMLCALL on_doctype(void *context, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int internal) {
    Builder *builder = context;
    (void)name, (void)system, (void)public, (void)internal;
    complain(builder->complaints, here(builder),
             "document types and entities are not read; write the file out without them");
    XML_StopParser(builder->parser, XML_FALSE);
}

/* --- reading --- */

static void complain_syntax(Builder *builder) {
    enum XML_Error code = XML_GetErrorCode(builder->parser);
    if (code == XML_ERROR_ABORTED) return; /* by ourselves, and complained of */
    const Source *source = &builder->complaints->source[builder->source];
    XML_Index at = XML_GetErrorByteIndex(builder->parser);
    size_t offset = at < 0 ? 0 : (size_t)at;
    if (offset > source->length) offset = source->length;
    complain(builder->complaints, mark_of_byte(source, builder->source, offset),
             "not valid XML: %s", XML_ErrorString(code));
}

static const XmlElement *parse(Builder *builder) {
    const Source *source = &builder->complaints->source[builder->source];
    XML_SetUserData(builder->parser, builder);
    XML_SetElementHandler(builder->parser, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(builder->parser, on_doctype);
    XML_SetParamEntityParsing(builder->parser, XML_PARAM_ENTITY_PARSING_NEVER);
    if (XML_Parse(builder->parser, source->bytes, (int)source->length, XML_TRUE) == XML_STATUS_OK)
        return builder->root;
    complain_syntax(builder);
    return NULL;
}

const XmlElement *xml_tree_read(Complaints *complaints, uint32_t number, Arena *arena) {
    const Source *source = &complaints->source[number];
    if (source->length > FOREIGN_MAX_BYTES) {
        complain(complaints, (Mark){number, 0, 0, 0}, "larger than 4 MiB");
        return NULL;
    }
    if (!complain_unless_utf8(complaints, number)) return NULL;
    Builder *builder = arena_new(arena, sizeof *builder);
    *builder = (Builder){.complaints = complaints, .arena = arena, .source = number};
    builder->parser = XML_ParserCreate("UTF-8"); /* whatever it declares, it has been converted */
    if (builder->parser == NULL) {
        complain(complaints, (Mark){number, 0, 0, 0}, "there is no memory to read it");
        return NULL;
    }
    const XmlElement *root = parse(builder);
    XML_ParserFree(builder->parser);
    return root;
}

/* --- asking --- */

const char *xml_get(const XmlElement *element, const char *attribute) {
    for (const char *const *at = element->attribute; *at; at += 2)
        if (strcmp(*at, attribute) == 0) return at[1];
    return NULL;
}

const XmlElement *xml_next(const XmlElement *child, const char *name) {
    while (child && strcmp(child->name, name) != 0) child = child->next;
    return child;
}

/* Where byte `to` is, seen from the element's name. */
static Mark mark_from(const Source *source, const XmlElement *element, size_t to) {
    Mark at = element->at;
    for (size_t i = element->offset; i < to; i++) {
        if (source->bytes[i] == '\n') {
            at.line++;
            at.column = 1;
        } else if (((unsigned char)source->bytes[i] & 0xC0) != 0x80) {
            at.column++;
        }
    }
    return at;
}

/* The tag is well formed: name = "value" pairs up to its end. */
Mark xml_mark(const Complaints *complaints, const XmlElement *element, const char *attribute) {
    const Source *source = &complaints->source[element->at.source];
    const char *end = source->bytes + source->length;
    const char *at = source->bytes + element->offset + strlen(element->name);
    if (!xml_get(element, attribute)) return element->at;
    while (at < end) {
        const char *name = at + strspn(at, " \t\r\n");
        size_t length = strcspn(name, " \t\r\n=");
        const char *quote = name + length + strcspn(name + length, "\"'");
        const char *close =
            quote < end ? memchr(quote + 1, *quote, (size_t)(end - quote - 1)) : NULL;
        if (!close) break;
        at = close + 1;
        if (length != strlen(attribute) || strncmp(name, attribute, length) != 0) continue;
        Mark mark = mark_from(source, element, (size_t)(quote + 1 - source->bytes));
        mark.length = close > quote + 1 ? (uint32_t)(close - quote - 1) : 1;
        return mark;
    }
    return element->at;
}
