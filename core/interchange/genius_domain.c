/* GENIUS's domains: issues in the order of the file, whatever tree of objectives they hang in. */
#include <string.h>

#include "core/interchange/genius_parts.h"

static const char *const types[] = {"discrete", "integer", "real"};

/* --- options --- */

static void add_option(GeniusReader *reader, const XmlElement *item, ForeignIssue *issue) {
    const char *name = genius_text(reader, item, "value");
    if (name == NULL) return;
    if (foreign_find_option(issue, name) >= 0) {
        complain(reader->complaints, xml_mark(reader->complaints, item, "value"),
                 "value \"%.64s\" is given twice", name);
    } else if (issue->options < NP_MAX_OPTIONS) {
        issue->option[issue->options++] = arena_text(&reader->foreign->arena, name, strlen(name));
    }
}

static void read_options(GeniusReader *reader, const XmlElement *element, ForeignIssue *issue) {
    static const char *const known[] = {"item"};
    uint32_t items = 0;
    for (const XmlElement *item = xml_next(element->first, "item"); item;
         item = xml_next(item->next, "item")) {
        items++;
        add_option(reader, item, issue);
    }
    genius_warn_misspelt(reader, element, known, 1);
    if (items < 2 || items > NP_MAX_OPTIONS)
        complain(reader->complaints, element->at, "an issue has 2 to %d values here, not %u",
                 NP_MAX_OPTIONS, items);
}

static bool is_whole(double number) {
    return (double)(int64_t)number == number;
}

static void read_range(GeniusReader *reader, const XmlElement *element, ForeignIssue *issue) {
    const XmlElement *range = genius_range(element);
    bool low = genius_number(reader, range, "lowerbound", -FOREIGN_MAX_NUMBER, FOREIGN_MAX_NUMBER,
                             &issue->low);
    bool high = genius_number(reader, range, "upperbound", -FOREIGN_MAX_NUMBER, FOREIGN_MAX_NUMBER,
                              &issue->high);
    if (!low || !high) return;
    if (issue->high <= issue->low) {
        complain(reader->complaints, xml_mark(reader->complaints, range, "upperbound"),
                 "the upper bound must be above the lower one");
    } else if (issue->whole && (!is_whole(issue->low) || !is_whole(issue->high))) {
        complain(reader->complaints, range->at, "the bounds of an integer issue are whole numbers");
    } else {
        foreign_spread(reader->foreign, issue, issue->whole ? 1 : 0, reader->steps);
    }
}

/* --- issues --- */

static void add_issue(GeniusReader *reader, const XmlElement *element) {
    Foreign *foreign = reader->foreign;
    const char *type = genius_type(element), *index = xml_get(element, "index");
    const char *name = genius_text(reader, element, "name");
    if (foreign->issues == NP_MAX_ISSUES) {
        complain(reader->complaints, element->at, "more than %d issues", NP_MAX_ISSUES);
        return;
    }
    reader->index[foreign->issues] = index ? index : "";
    ForeignIssue *issue = &foreign->issue[foreign->issues++];
    if (name == NULL) name = "";
    *issue = (ForeignIssue){.name = arena_text(&foreign->arena, name, strlen(name)),
                            .whole = strcmp(type, "integer") == 0,
                            .numbers = strcmp(type, "discrete") != 0};
    if (!issue->numbers)
        read_options(reader, element, issue);
    else if (issue->whole || strcmp(type, "real") == 0)
        read_range(reader, element, issue);
    else
        complain_unknown(reader->complaints, element->at, "type of issue", type, types, 3);
}

static void walk(GeniusReader *reader, const XmlElement *parent) {
    static const char *const known[] = {"objective", "issue", "weight", "discount_factor",
                                        "reservation"};
    genius_warn_misspelt(reader, parent, known, sizeof known / sizeof known[0]);
    for (const XmlElement *child = parent->first; child; child = child->next) {
        if (strcmp(child->name, "issue") == 0)
            add_issue(reader, child);
        else if (strcmp(child->name, "objective") == 0)
            walk(reader, child);
    }
}

static void check_names(GeniusReader *reader, const XmlElement *space) {
    const Foreign *foreign = reader->foreign;
    for (uint8_t i = 0; i < foreign->issues; i++)
        for (uint8_t k = 0; k < i; k++)
            if (foreign->issue[i].name[0] &&
                strcmp(foreign->issue[i].name, foreign->issue[k].name) == 0)
                complain(reader->complaints, space->at, "two issues are called \"%.64s\"",
                         foreign->issue[i].name);
}

void genius_read_domain(GeniusReader *reader, const XmlElement *root) {
    const XmlElement *space = genius_space(reader, root);
    if (space == NULL) return;
    walk(reader, space);
    if (reader->foreign->issues == 0)
        complain(reader->complaints, space->at, "there is no <issue> in it");
    check_names(reader, space);
}
