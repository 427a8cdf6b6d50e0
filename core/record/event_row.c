#include "core/record/event_row.h"

#include <stdio.h>

static Cell integer_unless(int64_t value, int64_t absent) {
    return value == absent ? cell_null() : cell_integer(value);
}

static Cell word_unless(bool absent, const char *word) {
    return absent ? cell_null() : cell_text(word);
}

static Cell name_or_number(bool known, const Name *name, unsigned number, char scratch[16]) {
    if (known) return cell_text_of(name->plain, name->plain_length);
    snprintf(scratch, 16, "#%u", number);
    return cell_text(scratch);
}

/* Some kinds are about one issue; the others leave both fields zero. */
static bool names_issue(const Event *event) {
    bool asks = event->word == NP_SAY_DEMAND || event->word == NP_SAY_SIGNAL;
    return event->kind == NP_EVENT_RULE_OUT || event->refused == NP_RULE_OUT ||
           event->kind == NP_EVENT_STATUS_QUO || (event->kind == NP_EVENT_STATEMENT && asks) ||
           event->issue != 0 || event->option != 0;
}

static void issue_cells(const Event *event, const Names *names, EventScratch *scratch, Cell *row) {
    row[COLUMN_ISSUE] = row[COLUMN_OPTION] = cell_null();
    if (!names_issue(event)) return;
    uint8_t i = event->issue, o = event->option;
    bool issue_known = i < names->issues;
    bool option_known = issue_known && o < names->options[i];
    row[COLUMN_ISSUE] =
        name_or_number(issue_known, issue_known ? &names->issue[i] : NULL, i, scratch->issue);
    row[COLUMN_OPTION] = name_or_number(option_known, option_known ? &names->option[i][o] : NULL, o,
                                        scratch->option);
}

static Cell refused_cell(const Event *event, EventScratch *scratch) {
    const char *word = action_kind_name(event->refused);
    if (event->kind != NP_EVENT_REFUSAL) return cell_null();
    if (word) return cell_text(word);
    snprintf(scratch->refused, sizeof scratch->refused, "#%u", event->refused);
    return cell_text(scratch->refused);
}

static Cell packages_cell(const Event *event, const Names *names, EventScratch *scratch) {
    if (event->packages == 0) return cell_null();
    size_t length = names_menu(names, event->menu, event->packages, event->issues, scratch->menu);
    return cell_text_of(scratch->menu, length);
}

void event_row(uint64_t run, const Event *event, const uint8_t *payload, size_t length,
               const Names *names, EventScratch *scratch, Cell row[EVENT_COLUMNS]) {
    row[COLUMN_KEY] = cell_integer(event_key(run, event->id));
    row[COLUMN_CAUSE] = cell_integer((int64_t)event->cause);
    row[COLUMN_AT] = cell_integer(event->at);
    row[COLUMN_DECIDED_AT] = cell_integer(event->decided_at);
    row[COLUMN_EXPIRES_AT] = integer_unless(event->expires_at, NP_NEVER);
    row[COLUMN_KIND] = cell_text(event_kind_name(event->kind));
    row[COLUMN_SEAT] = integer_unless(event->seat, NP_NO_SEAT);
    row[COLUMN_OFFER] = integer_unless(event->offer, 0);
    row[COLUMN_PACKAGE] = cell_integer(event->package);
    row[COLUMN_PACKAGES] = packages_cell(event, names, scratch);
    row[COLUMN_SEATS] = integer_unless(event->seats, 0);
    row[COLUMN_RULING] = word_unless(event->ruling == NP_RULING_OK, ruling_name(event->ruling));
    row[COLUMN_REFUSED] = refused_cell(event, scratch);
    row[COLUMN_REASON] = word_unless(event->reason == REASON_NONE, reason_name(event->reason));
    issue_cells(event, names, scratch, row);
    row[COLUMN_BREAKS_COMMITMENT] = cell_integer(event->flags & EVENT_BREAKS_COMMITMENT);
    row[COLUMN_PASSED] = cell_integer((event->flags & EVENT_PASSED) != 0);
    row[COLUMN_DEMAND] = integer_unless(event->demand, UTILITY_NONE);
    row[COLUMN_DISTANCE] = integer_unless(event->distance, UTILITY_NONE);
    row[COLUMN_TEXT] =
        event->text_length ? cell_text_of(event->text, event->text_length) : cell_null();
    row[COLUMN_PAYLOAD] = cell_bytes(payload, length);
}

/* --- details --- */

static Cell known_or_number(const char *known, unsigned number, char scratch[16]) {
    if (known) return cell_text(known);
    snprintf(scratch, 16, "#%u", number);
    return cell_text(scratch);
}

static const char *subject_name(const Event *event, const WorldNames *names) {
    unsigned at = event->subject - 1u;
    if (!names) return NULL;
    switch (event->kind) {
    case NP_EVENT_WORLD: return at < names->variables ? names->variable[at] : NULL;
    case NP_EVENT_SHOCK: return at < names->shocks ? names->shock[at] : NULL;
    default: return at < names->levers ? names->lever[at] : NULL;
    }
}

/* An appraisal always has its word: the first of them is number 0. */
static Cell word_cell(const Event *event, EventScratch *scratch) {
    const char *word = NULL;
    bool refused_statement = event->kind == NP_EVENT_REFUSAL && event->refused == NP_STATEMENT;
    if (event->kind == NP_EVENT_APPRAISAL) word = aspect_name(event->word);
    if (event->kind == NP_EVENT_LEAK) word = event_kind_name(event->word);
    if (event->kind == NP_EVENT_FAULT) word = on_fault_name(event->word);
    if (event->kind == NP_EVENT_STATEMENT || refused_statement) word = statement_name(event->word);
    if (!word && event->word == 0) return cell_null();
    return known_or_number(word, event->word, scratch->word);
}

bool event_detail_row(uint64_t run, const Event *event, const WorldNames *names,
                      EventScratch *scratch, Cell row[DETAIL_COLUMNS]) {
    if ((event->table | event->subject | event->word) == 0 && event->amount == 0 &&
        event->before == 0)
        return false;
    const char *table = names && event->table < names->tables ? names->table[event->table] : NULL;
    row[DETAIL_KEY] = cell_integer(event_key(run, event->id));
    row[DETAIL_PLACE] =
        event->table ? known_or_number(table, event->table, scratch->place) : cell_null();
    row[DETAIL_SUBJECT] = event->subject ? known_or_number(subject_name(event, names),
                                                           event->subject - 1u, scratch->subject)
                                         : cell_null();
    row[DETAIL_WORD] = word_cell(event, scratch);
    row[DETAIL_AMOUNT] = cell_integer(event->amount);
    row[DETAIL_BEFORE] = cell_integer(event->before);
    return true;
}
