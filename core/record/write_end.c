/* Ending a run: its verdict, what its seats got, and what became of its peace. */
#include <assert.h>

#include "core/record/canon.h"
#include "core/record/write.h"

static Cell utility_cell(Utility utility) {
    return utility == UTILITY_NONE ? cell_null() : cell_integer(utility);
}

static void say_accords(const Names *names, const Verdict *verdict, Text *out) {
    text_add(out, "[");
    for (uint32_t i = 0; i < verdict->accords; i++) {
        if (i > 0) text_add(out, ",");
        names_outcome(names, &verdict->accord[i], out);
    }
    text_add(out, "]");
}

static bool end_run(Record *record, uint64_t run, const Verdict *verdict, const Names *names,
                    Error *error) {
    bool agreed = verdict->kind == VERDICT_AGREEMENT;
    char hex[DIGEST_HEX];
    Text agreement = {0}, accords = {0};
    names_outcome(names, &verdict->agreement, &agreement);
    say_accords(names, verdict, &accords);
    Cell cells[] = {
        cell_integer((int64_t)run),
        cell_text(agreed ? "agreement" : "breakdown"),
        agreed ? cell_null() : cell_text(reason_name((uint8_t)verdict->reason)),
        verdict->seat == NP_NO_SEAT ? cell_null() : cell_integer(verdict->seat),
        cell_integer(verdict->ended_at),
        cell_integer((int64_t)verdict->events),
        cell_text(digest_hex(hex, &verdict->digest)),
        agreed ? cell_text(agreement.bytes) : cell_null(),
        cell_integer(verdict->signatories),
        verdict->in_force < 0 ? cell_null() : cell_integer(verdict->in_force),
        cell_text(accords.bytes),
        utility_cell(verdict->first_distance),
        utility_cell(verdict->last_distance),
    };
    bool good = statement_run(record, STATEMENT_END_RUN, cells, 13, error);
    text_finish(&agreement);
    text_finish(&accords);
    return good;
}

/* Seats that the run does not have have no row to change. */
static bool end_seats(Record *record, uint64_t run, const Verdict *verdict, Error *error) {
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) {
        const SeatResult *result = &verdict->seat_result[seat];
        Cell cells[] = {
            cell_integer((int64_t)run),         cell_integer(seat),
            utility_cell(result->utility),      utility_cell(result->reservation),
            utility_cell(result->first_demand), utility_cell(result->last_demand),
            cell_integer(result->offers),
        };
        if (!statement_run(record, STATEMENT_END_SEAT, cells, 7, error)) return false;
    }
    return true;
}

static bool has_accounts(const Verdict *verdict, const WorldNames *world) {
    bool any = false;
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++)
        any = any || verdict->seat_result[seat].costs != 0 || (world && world->types[seat] > 1);
    return any;
}

static bool end_accounts(Record *record, uint64_t run, const Verdict *verdict,
                         const WorldNames *world, Error *error) {
    if (!has_accounts(verdict, world)) return true;
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) {
        const SeatResult *result = &verdict->seat_result[seat];
        bool typed = world && world->types[seat] > 1;
        Cell cells[] = {cell_integer((int64_t)run), cell_integer(seat),
                        typed ? cell_integer(result->type) : cell_null(),
                        cell_integer(result->costs)};
        if (!statement_run(record, STATEMENT_ADD_ACCOUNT, cells, 4, error)) return false;
    }
    return true;
}

static bool end_peace(Record *record, uint64_t run, const Peace *peace, const Names *names,
                      Error *error) {
    Text in_force = {0};
    if (!peace->observed) return true;
    names_outcome(names, &peace->in_force, &in_force);
    Cell cells[] = {cell_integer((int64_t)run),
                    cell_integer(peace->until),
                    peace->broken_at == NP_NEVER ? cell_null() : cell_integer(peace->broken_at),
                    cell_integer(peace->probes),
                    cell_integer(peace->steps),
                    cell_text(in_force.bytes)};
    bool good = statement_run(record, STATEMENT_ADD_PEACE, cells, 6, error);
    text_finish(&in_force);
    return good;
}

static bool end_in_transaction(Record *record, uint64_t run, const Verdict *verdict,
                               const OpenRun *open, Error *why) {
    return write_begin(record, why) && end_run(record, run, verdict, open->names, why) &&
           end_seats(record, run, verdict, why) &&
           end_accounts(record, run, verdict, open->world, why) &&
           end_peace(record, run, &verdict->peace, open->names, why) &&
           canon_store(record, &canon_result, run, why) && write_commit(record, why);
}

/* What is written to a file that has no name any more is gone with the last who has it open. */
static bool still_there(Record *record, uint64_t run, Error *error) {
    int moved = 0;
    char name[256];
    sqlite3_file_control(record->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return !moved || error_set(error, ERROR_IO,
                               "The record %s was removed or replaced while run %llu was written "
                               "to it; the run is not there.",
                               record_name(record, name), (unsigned long long)run);
}

bool record_end(Record *record, uint64_t run, const Verdict *verdict, Error *error) {
    assert(record->writing && verdict->kind != VERDICT_OPEN);
    if (!record_commit(record, error)) return false;
    OpenRun *open = open_run(record, run, error);
    if (!open) return false;
    Error why = {0};
    if (!end_in_transaction(record, run, verdict, open, &why))
        return write_give_up(record, &why, open, error);
    open_run_forget(record, run);
    if (record->claims) claims_release(record->claims, run);
    return still_there(record, run, error);
}
