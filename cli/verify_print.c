#include "cli/verify_print.h"

#include "cli/output.h"
#include "cli/seat_view.h"
#include "core/base/sim_time.h"

static void add_event(Json *json, const char *key, bool known, const Event *event) {
    if (!known) {
        json_null(json, key);
        return;
    }
    json_object(json, key);
    json_string(json, "kind", event_kind_name(event->kind));
    json_int(json, "at", event->at);
    if (event->seat == NP_NO_SEAT)
        json_null(json, "seat");
    else
        json_int(json, "seat", event->seat);
    json_int(json, "offer", event->offer);
    json_int(json, "cause", (int64_t)event->cause);
    json_end_object(json);
}

static void print_json(const Verification *verification) {
    char hex[DIGEST_HEX];
    Text text = {0};
    Json json = output_json(&text, "nonpaper.replay/1");
    json_bool(&json, "verified", verification->verified);
    json_int(&json, "events", (int64_t)verification->events);
    json_string(&json, "digest", digest_hex(hex, &verification->digest));
    if (verification->verified) {
        json_null(&json, "first_difference");
    } else {
        json_object(&json, "first_difference");
        json_string(&json, "place", verification->place);
        if (verification->event != 0) json_int(&json, "event", (int64_t)verification->event);
        add_event(&json, "recorded", verification->has_recorded, &verification->recorded);
        add_event(&json, "replayed", verification->has_replayed, &verification->replayed);
        json_end_object(&json);
    }
    output_json_end(&json);
}

static void add_side(Text *text, const char *side, bool known, const Event *event,
                     const RunRow *row) {
    if (!known) return;
    text_addf(text, "  %s: %s", side, event_kind_name(event->kind));
    if (event->seat < row->seats) {
        text_add(text, " by ");
        text_add_safe(text, row->seat_id[event->seat]);
    }
    if (event->offer != 0) text_addf(text, ", offer %u", event->offer);
    char date[32];
    text_addf(text, ", at %s, caused by event %llu\n", date_format(date, row->epoch + event->at),
              (unsigned long long)event->cause);
}

static void print_text(const Verification *verification, const RunRow *row) {
    char hex[DIGEST_HEX];
    Text text = {0};
    unsigned long long run = row->run, events = verification->events;
    if (verification->verified) {
        text_addf(&text, "run %llu verified: %llu events, digest %s\n", run, events,
                  digest_hex(hex, &verification->digest));
    } else {
        text_addf(&text, "run %llu does not verify after %llu equal events: ", run, events);
        text_add_safe(&text, verification->place);
        text_add(&text, "\n");
        add_side(&text, "recorded", verification->has_recorded, &verification->recorded, row);
        add_side(&text, "replayed", verification->has_replayed, &verification->replayed, row);
    }
    output_result(&text);
    text_finish(&text);
}

bool verify_and_print(const Options *options, Record *record, const RunRow *row,
                      const VerifyMeans *means, int *code, Error *error) {
    Verification *verification = &(Verification){0};
    if (!verify_run(record, row, means, verification, error)) return false;
    if (option_given(options, "json"))
        print_json(verification);
    else
        print_text(verification, row);
    *code = verification->verified ? 0 : ERROR_CHECK;
    return true;
}
