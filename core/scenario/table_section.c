/* tables: and audience_cost: — where else seats may talk, and what public words cost. */
#include <string.h>

#include "core/scenario/section.h"

enum { TITLE_MAX_BYTES = 200 };

static const Field table_fields[] = {
    {"title", field_text, offsetof(TableTerms, title), OPTIONAL, 0, TITLE_MAX_BYTES,
     "its name for people", "its id", "Talks in the harbour", NULL},
    {"members", field_seats, offsetof(TableTerms, members), MANDATORY, 0, 0,
     "the seats that sit there: at least two, and not everybody", NULL, "[east, west]", NULL},
    {"leak", field_number, offsetof(TableTerms, leak), OPTIONAL, 0, 1,
     "the chance that an offer, an acceptance or a statement there becomes known to everybody", "0",
     "0.1", NULL},
};
static const FieldTable table_table = FIELD_TABLE("a table", table_fields);
static const Shape table_shape = {.kind = SHAPE_MAP, .table = &table_table};
const Shape shape_tables = {.kind = SHAPE_ENTRIES,
                            .least = 0,
                            .most = NP_MAX_TABLES - 1,
                            .name = "TABLE",
                            .of = &table_shape};

static uint32_t count_of(SeatSet seats) {
    uint32_t count = 0;
    for (; seats; seats &= seats - 1) count++;
    return count;
}

static void read_table(Draft *draft, const Node *node, TableTerms *table) {
    if (!fields_read(draft, node, &table_table, table)) return;
    const Node *members = node_get(node, "members");
    if (!members || members->kind != NODE_LIST) return;
    if (members->count < 2) {
        complain(draft->complaints, node_place(members), "a table has at least two members");
    } else if (table->members == draft_terms(draft)->consent.all &&
               count_of(table->members) == members->count) {
        complain(draft->complaints, node_place(members),
                 "everybody is a member: that is the public table");
    }
}

void section_tables(Draft *draft, const Node *node, const Field *field, void *into) {
    Terms *terms = draft_terms(draft);
    (void)field, (void)into;
    if (!node_expect(draft, node, NODE_MAP, "a map of tables")) return;
    if (node->count > NP_MAX_TABLES - 1) {
        complain(draft->complaints, node_place(node), "at most %d closed tables, not %u",
                 NP_MAX_TABLES - 1, node->count);
    }
    if (terms->mechanism && !terms->mechanism->closed_tables && node->count > 0) {
        complain(draft->complaints, node_place(node), "%s has no closed tables",
                 terms->mechanism->name);
    }
    for (const Node *child = node->first; child && terms->closed_tables < NP_MAX_TABLES - 1;
         child = child->next) {
        const char *id = child->key->text;
        word_read(draft, child->key, ALPHABET_ID, &id);
        if (strcmp(id, "public") == 0) {
            complain(draft->complaints, child->key->at, "\"public\" is the table of everybody");
        }
        TableTerms *table = &terms->table[1 + terms->closed_tables++];
        *table = (TableTerms){.id = id, .title = id};
        read_table(draft, child, table);
    }
}

/* --- audience cost --- */

static const Field audience_fields[] = {
    {"base", field_utility, offsetof(Terms, audience_base), OPTIONAL, 0, 10,
     "what breaking a public commitment costs a seat, in own utility", "0", "0.02", NULL},
    {"step", field_utility, offsetof(Terms, audience_step), OPTIONAL, 0, 10,
     "... and more of it for each option that it has ruled out so far", "0", "0.02", NULL},
};
static const FieldTable audience_table = FIELD_TABLE("\"audience_cost\"", audience_fields);
const Shape shape_audience_cost = {.kind = SHAPE_MAP, .table = &audience_table};

void section_audience_cost(Draft *draft, const Node *node, const Field *field, void *into) {
    (void)field, (void)into;
    fields_read(draft, node, &audience_table, draft_terms(draft));
}
