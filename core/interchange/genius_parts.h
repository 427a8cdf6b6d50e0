/* What the readers of GENIUS's domains and profiles share. */
#ifndef CORE_INTERCHANGE_GENIUS_PARTS_H
#define CORE_INTERCHANGE_GENIUS_PARTS_H

#include "core/interchange/genius.h"
#include "core/interchange/xml_tree.h"

typedef struct GeniusReader {
    Foreign *foreign;
    Complaints *complaints;
    uint32_t steps;
    const char *index[NP_MAX_ISSUES]; /* of the domain's issues, as written; "" without */
    Arena tree;
} GeniusReader;

/* The attribute's number from least to most, or a complaint; NULL, "null" and the like are none. */
bool genius_number(GeniusReader *reader, const XmlElement *element, const char *attribute,
                   double least, double most, double *number);
/* An attribute that must be there and not be empty; NULL and a complaint. */
const char *genius_text(GeniusReader *reader, const XmlElement *element, const char *attribute);
/* Warns of elements whose names are nearly, but not, ones that are read. */
void genius_warn_misspelt(GeniusReader *reader, const XmlElement *parent, const char *const *known,
                          size_t count);
/* The issue's type, "discrete", "integer" or "real"; where its attributes differ, "type" counts. */
const char *genius_type(const XmlElement *issue);
/* The element of the bounds: the issue itself, or its <range>. */
const XmlElement *genius_range(const XmlElement *issue);
/* The <utility_space> of a file, whatever is around it; NULL and a complaint. */
const XmlElement *genius_space(GeniusReader *reader, const XmlElement *root);

void genius_read_domain(GeniusReader *reader, const XmlElement *root);
void genius_read_profile(GeniusReader *reader, const XmlElement *root, ForeignProfile *profile);
/* The values of an issue's options by its evaluations or its evaluator. */
void genius_read_values(GeniusReader *reader, const XmlElement *element, const ForeignIssue *issue,
                        double *value);

#endif
