/* XML as a bounded tree of elements with the place of each. The only door to expat.
 *
 * No document type declaration is read, hence no entities but the five of XML itself and numbers: nothing
 * that grows when it is unfolded, and nothing that is fetched from elsewhere. */
#ifndef CORE_INTERCHANGE_XML_TREE_H
#define CORE_INTERCHANGE_XML_TREE_H

#include "core/base/complaint.h"
#include "core/base/memory.h"

enum { XML_MAX_ATTRIBUTES = 64, XML_MAX_CHILDREN = 1024 };

typedef struct XmlElement XmlElement;
struct XmlElement {
    const char *name;
    Mark at;                      /* its name */
    size_t offset;                /* ... and the byte at which that begins */
    const char *const *attribute; /* name, value, name, value …, NULL */
    const XmlElement *first, *next;
};

/* Bytes of a file to UTF-8: what declares itself ISO-8859-1 (or windows-1252, ASCII) is converted. */
void xml_to_utf8(Text *bytes);

/* Reads source `number`. NULL when it is not XML or beyond the bounds, which was complained of. */
const XmlElement *xml_tree_read(Complaints *complaints, uint32_t number, Arena *arena);

const char *xml_get(const XmlElement *element, const char *attribute); /* NULL: absent */
/* The first child of that name, from `child` on; NULL: none. */
const XmlElement *xml_next(const XmlElement *child, const char *name);
/* The place of an attribute's value; the element's where it has none. */
Mark xml_mark(const Complaints *complaints, const XmlElement *element, const char *attribute);

#endif
