#include "core/interchange/genius.h"

#include <string.h>

#include "core/base/scalar.h"
#include "core/interchange/genius_parts.h"

enum { NUMBER_SHOWN = 32 };

/* --- what both kinds of files share --- */

static bool is_nothing(const char *text) {
    return text == NULL || text[0] == '\0' || strcmp(text, "null") == 0;
}

/* Blanks around a number are nothing. */
static bool number_of(const char *text, double *number) {
    char trimmed[72];
    text += strspn(text, " \t\r\n");
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\r\n", text[length - 1])) length--;
    if (length == 0 || length >= sizeof trimmed) return false;
    memcpy(trimmed, text, length);
    trimmed[length] = '\0';
    return scalar_number(trimmed, number);
}

const char *genius_text(GeniusReader *reader, const XmlElement *element, const char *attribute) {
    const char *text = xml_get(element, attribute);
    if (is_nothing(text)) {
        complain(reader->complaints, xml_mark(reader->complaints, element, attribute),
                 "<%.40s> needs a \"%s\"", element->name, attribute);
        return NULL;
    }
    if (strlen(text) <= FOREIGN_MAX_NAME) return text;
    complain(reader->complaints, xml_mark(reader->complaints, element, attribute),
             "longer than %d bytes", FOREIGN_MAX_NAME);
    return NULL;
}

bool genius_number(GeniusReader *reader, const XmlElement *element, const char *attribute,
                   double least, double most, double *number) {
    char low[NUMBER_SHOWN], high[NUMBER_SHOWN];
    const char *text = xml_get(element, attribute);
    Mark at = xml_mark(reader->complaints, element, attribute);
    double read;
    if (is_nothing(text)) {
        complain(reader->complaints, at, "<%.40s> needs a \"%s\"", element->name, attribute);
    } else if (!number_of(text, &read)) {
        complain(reader->complaints, at, "expected a decimal number, not \"%.64s\"", text);
    } else if (read < least || read > most) {
        complain(reader->complaints, at, "%.64s is out of range: %s to %s", text,
                 text_double(low, least), text_double(high, most));
    } else {
        *number = read;
        return true;
    }
    return false;
}

void genius_warn_misspelt(GeniusReader *reader, const XmlElement *parent, const char *const *known,
                          size_t count) {
    for (const XmlElement *child = parent->first; child; child = child->next) {
        const char *near = text_nearest(child->name, known, count);
        if (near == NULL || strcmp(near, child->name) == 0) continue;
        complain_warning(reader->complaints, child->at, "<%.40s> is not read; did you mean <%s>?",
                         child->name, near);
    }
}

const char *genius_type(const XmlElement *issue) {
    static const char *const attributes[] = {"type", "vtype", "etype"};
    for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++) {
        const char *type = xml_get(issue, attributes[i]);
        if (!is_nothing(type)) return type;
    }
    return "discrete";
}

const XmlElement *genius_range(const XmlElement *issue) {
    const XmlElement *range = xml_next(issue->first, "range");
    return range && !xml_get(issue, "lowerbound") ? range : issue;
}

const XmlElement *genius_space(GeniusReader *reader, const XmlElement *root) {
    static const char *const known[] = {"negotiation_template", "utility_space"};
    if (strcmp(root->name, "utility_space") == 0) return root;
    if (strcmp(root->name, "negotiation_template") != 0) {
        complain_unknown(reader->complaints, root->at, "kind of file", root->name, known, 2);
        return NULL;
    }
    const XmlElement *space = xml_next(root->first, "utility_space");
    if (space == NULL) complain(reader->complaints, root->at, "there is no <utility_space> in it");
    return space;
}

/* --- all files --- */

static const XmlElement *tree_of(GeniusReader *reader, uint32_t source) {
    return xml_tree_read(reader->complaints, source, &reader->tree);
}

static void read_profiles(GeniusReader *reader, uint32_t sources) {
    Foreign *foreign = reader->foreign;
    for (uint32_t i = 1; i < sources && foreign->profiles < NP_MAX_SEATS; i++) {
        ForeignProfile *profile = &foreign->profile[foreign->profiles++];
        const XmlElement *root = tree_of(reader, i);
        *profile = (ForeignProfile){
            .name = foreign_name_of(foreign, reader->complaints->source[i].label), .discount = 1};
        if (root) genius_read_profile(reader, root, profile);
    }
}

/* A domain that cannot be read says nothing of the profiles but whether they are XML. */
static void only_parse(GeniusReader *reader, uint32_t sources) {
    for (uint32_t i = 1; i < sources; i++) tree_of(reader, i);
}

bool genius_read(Foreign *foreign, Complaints *complaints, uint32_t sources, uint32_t steps) {
    GeniusReader reader = {.foreign = foreign, .complaints = complaints, .steps = steps};
    arena_init(&reader.tree);
    foreign->name = foreign_name_of(foreign, complaints->source[0].label);
    const XmlElement *root = tree_of(&reader, 0);
    if (root) genius_read_domain(&reader, root);
    if (complaints->errors == 0)
        read_profiles(&reader, sources);
    else
        only_parse(&reader, sources);
    arena_finish(&reader.tree);
    if (complaints->errors == 0) foreign_review(foreign);
    return complaints->errors == 0;
}
