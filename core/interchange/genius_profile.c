/* GENIUS's preference profiles: u(x) = sum_k w_k e_k(x_k), where e_k is an evaluation divided by the
 * issue's largest one. An objective's own weight does not count, as in GENIUS, whose sum is over issues. */
#include <stdio.h>
#include <string.h>

#include "core/interchange/genius_parts.h"

typedef struct ProfileReader {
    GeniusReader *reader;
    ForeignProfile *profile;
    const XmlElement *given[NP_MAX_ISSUES]; /* where each issue of the domain stands */
    bool objectives_weighed;
} ProfileReader;

/* --- which issue is meant --- */

static int find_by_name(const Foreign *foreign, const char *name) {
    for (int i = 0; i < foreign->issues; i++)
        if (strcmp(foreign->issue[i].name, name) == 0) return i;
    return -1;
}

static int find_by_index(const GeniusReader *reader, const char *index) {
    for (int i = 0; index && i < reader->foreign->issues; i++)
        if (strcmp(reader->index[i], index) == 0) return i;
    return -1;
}

static void complain_unknown_issue(GeniusReader *reader, const XmlElement *element,
                                   const char *name) {
    const char *names[NP_MAX_ISSUES];
    const Foreign *foreign = reader->foreign;
    for (uint8_t i = 0; i < foreign->issues; i++) names[i] = foreign->issue[i].name;
    complain_unknown(reader->complaints, xml_mark(reader->complaints, element, "name"), "issue",
                     name ? name : "", names, foreign->issues);
}

/* By its name; GENIUS goes by the index alone, so that a difference is worth a word. */
static int find_issue(ProfileReader *at, const XmlElement *element) {
    GeniusReader *reader = at->reader;
    const char *name = xml_get(element, "name"), *index = xml_get(element, "index");
    int found = name ? find_by_name(reader->foreign, name) : find_by_index(reader, index);
    if (found < 0) {
        complain_unknown_issue(reader, element, name);
        return -1;
    }
    if (index && strcmp(index, reader->index[found]) != 0)
        complain_warning(reader->complaints, xml_mark(reader->complaints, element, "index"),
                         "index %.20s here, but %.20s in the domain; the name counts", index,
                         reader->index[found]);
    if (!at->given[found]) return found;
    complain(reader->complaints, element->at, "issue \"%.64s\" is given twice",
             reader->foreign->issue[found].name);
    return -1;
}

/* --- weights --- */

static const XmlElement *find_weight(const XmlElement *parent, const char *index) {
    const XmlElement *weight = xml_next(parent->first, "weight");
    for (; weight && index; weight = xml_next(weight->next, "weight")) {
        const char *of = xml_get(weight, "index");
        if (of && strcmp(of, index) == 0) return weight;
    }
    return NULL;
}

static void read_weight(ProfileReader *at, const XmlElement *parent, const XmlElement *element,
                        int issue) {
    const XmlElement *weight = find_weight(parent, xml_get(element, "index"));
    if (weight == NULL)
        complain(at->reader->complaints, element->at, "no <weight> for issue \"%.64s\"",
                 at->reader->foreign->issue[issue].name);
    else
        genius_number(at->reader, weight, "value", 0, 1, &at->profile->weight[issue]);
}

/* Each weight weighs something, and nothing twice. */
static void check_weights(ProfileReader *at, const XmlElement *parent) {
    Complaints *complaints = at->reader->complaints;
    for (const XmlElement *weight = xml_next(parent->first, "weight"); weight;
         weight = xml_next(weight->next, "weight")) {
        const char *index = xml_get(weight, "index");
        bool used = false;
        for (const XmlElement *child = parent->first; child && index && !used;
             child = child->next) {
            const char *of = xml_get(child, "index");
            bool objective = strcmp(child->name, "objective") == 0;
            if (!of || (!objective && strcmp(child->name, "issue") != 0)) continue;
            used = strcmp(of, index) == 0;
            at->objectives_weighed = at->objectives_weighed || (used && objective);
        }
        if (!used)
            complain_warning(complaints, weight->at, "this weight is of no issue beside it");
        else if (find_weight(parent, index) != weight)
            complain(complaints, weight->at, "a second weight of index %.20s", index);
    }
}

/* --- the tree --- */

static void read_issue(ProfileReader *at, const XmlElement *parent, const XmlElement *element) {
    int issue = find_issue(at, element);
    if (issue < 0) return;
    at->given[issue] = element;
    read_weight(at, parent, element, issue);
    genius_read_values(at->reader, element, &at->reader->foreign->issue[issue],
                       at->profile->value[issue]);
}

static void walk(ProfileReader *at, const XmlElement *parent) {
    static const char *const known[] = {"objective", "issue", "weight", "discount_factor",
                                        "reservation"};
    genius_warn_misspelt(at->reader, parent, known, sizeof known / sizeof known[0]);
    check_weights(at, parent);
    for (const XmlElement *child = parent->first; child; child = child->next) {
        if (strcmp(child->name, "issue") == 0)
            read_issue(at, parent, child);
        else if (strcmp(child->name, "objective") == 0)
            walk(at, child);
    }
}

static void check_absent(ProfileReader *at, const XmlElement *space) {
    const Foreign *foreign = at->reader->foreign;
    char list[256] = "";
    size_t used = 0;
    for (uint8_t i = 0; i < foreign->issues && used < sizeof list; i++)
        if (!at->given[i])
            used += (size_t)snprintf(list + used, sizeof list - used, "%s\"%.64s\"",
                                     used > 0 ? ", " : "", foreign->issue[i].name);
    if (used > 0) complain(at->reader->complaints, space->at, "nothing on issue %s", list);
}

/* --- the whole --- */

/* Values that GENIUS discards count as none. */
static void read_discount(ProfileReader *at, const XmlElement *space) {
    const XmlElement *element = xml_next(space->first, "discount_factor");
    GeniusReader *reader = at->reader;
    double discount = 1;
    if (!element || !genius_number(reader, element, "value", -1e6, 1e6, &discount)) return;
    if (discount > 0 && discount <= 1)
        at->profile->discount = discount;
    else
        complain_warning(
            reader->complaints, xml_mark(reader->complaints, element, "value"),
            "a discount factor is above 0 and at most 1; as in GENIUS this one is none");
}

static void read_reservation(ProfileReader *at, const XmlElement *space) {
    const XmlElement *element = xml_next(space->first, "reservation");
    if (element) genius_number(at->reader, element, "value", -10, 10, &at->profile->reservation);
}

/* Constraint-based profiles have no evaluations at all. */
static bool is_additive(GeniusReader *reader, const XmlElement *space) {
    static const char *const others[] = {"ufun", "rules", "constraints"};
    const XmlElement *other = NULL;
    for (size_t i = 0; i < sizeof others / sizeof others[0] && !other; i++)
        other = xml_next(space->first, others[i]);
    if (!other) return true;
    complain(reader->complaints, other->at,
             "only additive profiles are read, not ones made of constraints");
    return false;
}

/* Anything that only a profile says. */
static bool has_preferences(const XmlElement *element) {
    for (const XmlElement *child = element->first; child; child = child->next)
        if (strcmp(child->name, "weight") == 0 || strcmp(child->name, "evaluator") == 0 ||
            xml_get(child, "evaluation") != NULL || has_preferences(child))
            return true;
    return false;
}

void genius_read_profile(GeniusReader *reader, const XmlElement *root, ForeignProfile *profile) {
    ProfileReader at = {.reader = reader, .profile = profile};
    const XmlElement *space = genius_space(reader, root);
    if (!space || !is_additive(reader, space)) return;
    if (!has_preferences(space)) {
        complain(reader->complaints, space->at,
                 "this is a domain and no profile: it has no weights and no evaluations");
        return;
    }
    walk(&at, space);
    check_absent(&at, space);
    read_discount(&at, space);
    read_reservation(&at, space);
    if (at.objectives_weighed)
        foreign_note(reader->foreign,
                     "the weights that %.80s gives to objectives do not count, as in GENIUS",
                     profile->name);
}
