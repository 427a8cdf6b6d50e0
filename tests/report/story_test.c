/* The story, sentence by sentence, from events made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/sim_time.h"
#include "report/sentence.h"
#include "report/story.h"

enum { UKRAINE, RUSSIA, EUROPE, SEATS };
enum { SECURITY, FORCES, PRISONERS, ISSUES };
enum { EVERYBODY = 7 };
#define DAYS(n) ((SimTime)(n)*SIM_DAY)

static const char *const securities[] = {"nato_norway", "israel_plus", "none"};
static const char *const sizes[] = {"no_cap", "800k", "600k"};
static const char *const exchanges[] = {"all_for_all", "none"};

static Negotiation talks;
static StoryTeller teller;
static Text told;

static void set_issue(uint8_t k, const char *id, const char *const *options, uint8_t count,
                      uint8_t status_quo) {
    talks.terms.domain.issue[k] = (Issue){
        .id = id, .title = id, .options = count, .status_quo = status_quo, .option = options};
}

static int three_seats_sit_down(void **state) {
    (void)state;
    memset(&talks, 0, sizeof talks);
    talks.terms.name = "test";
    date_parse("2025-02-24", &talks.terms.epoch);
    talks.terms.deadline = DAYS(310);
    talks.terms.seats = SEATS;
    talks.terms.seat[UKRAINE] = (SeatTerms){"ukraine", "Ukraine", DAYS(1), 1};
    talks.terms.seat[RUSSIA] = (SeatTerms){"russia", "Russia", DAYS(1), 1};
    talks.terms.seat[EUROPE] = (SeatTerms){"europe", "European states", DAYS(1), 1};
    talks.terms.domain.issues = ISSUES;
    set_issue(SECURITY, "security", securities, 3, 2);
    set_issue(FORCES, "forces", sizes, 3, 0);
    set_issue(PRISONERS, "prisoners", exchanges, 2, 1);
    talks.terms.domain.issue[PRISONERS].separable = true;
    talks.terms.consent.all = EVERYBODY;
    talks.terms.consent.always = 1u << UKRAINE | 1u << RUSSIA;
    for (uint8_t option = 0; option < 2; option++) {
        talks.terms.consent.needs[SECURITY][option] = 1u << UKRAINE | 1u << EUROPE;
        talks.terms.consent.needs[PRISONERS][option] = 1u << UKRAINE | 1u << RUSSIA;
    }
    story_begin(&teller, &talks, false, false);
    text_clear(&told);
    return 0;
}

static int they_go_home(void **state) {
    (void)state;
    text_finish(&told);
    return 0;
}

static Outcome package(uint8_t security, uint8_t forces, uint8_t prisoners) {
    Outcome outcome = outcome_empty();
    outcome.option[SECURITY] = security;
    outcome.option[FORCES] = forces;
    outcome.option[PRISONERS] = prisoners;
    return outcome;
}

static Event happens(EventKind kind, int day, SeatId seat) {
    return (Event){.kind = (uint8_t)kind,
                   .at = DAYS(day),
                   .seat = seat,
                   .demand = UTILITY_NONE,
                   .distance = UTILITY_NONE,
                   .issues = ISSUES};
}

static Event offers(int day, SeatId seat, uint32_t number, Outcome only) {
    Event event = happens(NP_EVENT_OFFER, day, seat);
    event.offer = number;
    event.expires_at = NP_NEVER;
    event.packages = 1;
    event.menu[0] = only;
    return event;
}

static void tell(const Event *event) {
    text_clear(&told);
    story_event(&teller, event, &told);
}

#define TELLS(event, sentence)                                                                     \
    do {                                                                                           \
        Event once = (event);                                                                      \
        tell(&once);                                                                               \
        assert_string_equal(text_get(&told), sentence);                                            \
    } while (0)

/* --- opening and offers --- */

static void the_opening_names_seats_and_deadline(void **state) {
    (void)state;
    TELLS(happens(NP_EVENT_OPENING, 0, NP_NO_SEAT),
          "24 February 2025   The talks open: Ukraine, Russia and European states have until 31 "
          "December 2025\n");
}

static void a_first_offer_is_told_in_full_with_its_demand(void **state) {
    (void)state;
    Event event = offers(16, UKRAINE, 4, package(0, 1, 1));
    event.demand = utility_from(0.714);
    TELLS(event,
          "12 March 2025      Ukraine tables an offer (#4): security nato_norway, forces 800k, "
          "prisoners none\n                   [its demand 0.71]\n");
}

static void a_later_offer_is_told_by_what_changed(void **state) {
    (void)state;
    Event first = offers(1, UKRAINE, 1, package(0, 0, 1));
    tell(&first);
    TELLS(offers(16, UKRAINE, 4, package(1, 1, 1)),
          "12 March 2025      Ukraine tables an offer (#4): security nato_norway → israel_plus, "
          "forces\n                   no_cap → 800k\n");
}

static void what_changed_is_held_against_the_seats_own_last_offer(void **state) {
    (void)state;
    Event own = offers(1, UKRAINE, 1, package(0, 0, 1)),
          other = offers(2, RUSSIA, 2, package(2, 2, 0));
    tell(&own);
    tell(&other);
    TELLS(offers(3, UKRAINE, 3, package(0, 1, 1)),
          "27 February 2025   Ukraine tables an offer (#3): forces no_cap → 800k\n");
}

static void a_menu_is_told_by_differences_from_its_first_package(void **state) {
    (void)state;
    Event event = offers(1, RUSSIA, 2, package(0, 2, 0));
    event.packages = 3;
    event.menu[1] = package(1, 2, 0);
    event.menu[2] = package(NP_NO_OPTION, NP_NO_OPTION, 0);
    TELLS(
        event,
        "25 February 2025   Russia tables a menu of 3 (#2): (1) security nato_norway, forces 600k, "
        "prisoners\n                   all_for_all; (2) but for security nato_norway → "
        "israel_plus; "
        "(3) prisoners\n                   all_for_all\n");
}

static void a_menu_whose_first_package_stays_says_so(void **state) {
    (void)state;
    Event before = offers(1, RUSSIA, 2, package(0, 2, 0)), event = before;
    tell(&before);
    event.offer = 3;
    event.packages = 2;
    event.menu[1] = package(1, 2, 0);
    TELLS(event, "25 February 2025   Russia tables a menu of 2 (#3): (1) as before; (2) but for "
                 "security\n                   nato_norway → israel_plus\n");
}

static void a_repeated_offer_is_told_only_to_those_who_want_all(void **state) {
    (void)state;
    Event event = offers(1, UKRAINE, 1, package(0, 0, 1));
    tell(&event);
    event.offer = 2;
    TELLS(event, "");
    teller.all = true;
    event.offer = 3;
    TELLS(event, "25 February 2025   Ukraine repeats its offer (#3)\n");
}

static void an_offer_says_until_when_it_stands_and_what_it_breaks(void **state) {
    (void)state;
    Event before = offers(1, EUROPE, 1, package(0, 0, 1)),
          event = offers(2, EUROPE, 2, package(0, 1, 1));
    tell(&before);
    event.expires_at = DAYS(9);
    event.flags = EVENT_BREAKS_COMMITMENT;
    TELLS(event,
          "26 February 2025   European states tables an offer (#2): forces no_cap → 800k; open "
          "until 5 March\n                   2025; it had ruled this out\n");
}

/* --- answers --- */

static Event accepts(int day, SeatId seat, const Event *offer, uint8_t k, SeatSet so_far) {
    Event event = happens(NP_EVENT_ACCEPTANCE, day, seat);
    event.offer = offer->offer;
    event.package = k;
    event.packages = 1;
    event.menu[0] = offer->menu[k];
    event.seats = so_far;
    return event;
}

static void an_acceptance_says_who_is_still_needed(void **state) {
    (void)state;
    Event offer = offers(1, UKRAINE, 7, package(0, 1, 1));
    offer.packages = 2;
    offer.menu[1] = package(1, 1, 1);
    tell(&offer);
    TELLS(accepts(2, EUROPE, &offer, 1, 1u << UKRAINE | 1u << EUROPE),
          "26 February 2025   European states accepts package 2 of Ukraine's #7; still needed: "
          "Russia\n");
    TELLS(accepts(3, RUSSIA, &offer, 1, EVERYBODY),
          "27 February 2025   Russia accepts package 2 of Ukraine's #7\n");
}

static void the_package_of_an_offer_of_one_goes_unsaid(void **state) {
    (void)state;
    Event offer = offers(1, EUROPE, 7, package(0, 1, 1));
    tell(&offer);
    TELLS(accepts(2, UKRAINE, &offer, 0, 1u << UKRAINE | 1u << EUROPE),
          "26 February 2025   Ukraine accepts European states' #7; still needed: Russia\n");
}

static void what_an_accord_settled_needs_nobody_any_more(void **state) {
    (void)state;
    Event accord = happens(NP_EVENT_ACCORD, 1, NP_NO_SEAT);
    accord.seats = 1u << UKRAINE | 1u << RUSSIA;
    accord.packages = 1;
    accord.menu[0] = package(NP_NO_OPTION, NP_NO_OPTION, 0);
    TELLS(accord, "25 February 2025   Ukraine and Russia conclude a partial accord: prisoners "
                  "all_for_all\n");
    talks.terms.consent.always = 0;
    Event offer = offers(2, EUROPE, 2, package(0, 0, 0));
    tell(&offer);
    TELLS(accepts(3, UKRAINE, &offer, 0, 1u << UKRAINE | 1u << EUROPE),
          "27 February 2025   Ukraine accepts European states' #2\n");
}

static void rejections_and_withdrawals_name_the_offers_owner(void **state) {
    (void)state;
    Event offer = offers(1, UKRAINE, 4, package(0, 1, 1));
    tell(&offer);
    Event event = happens(NP_EVENT_REJECTION, 2, RUSSIA);
    event.offer = 4;
    TELLS(event, "26 February 2025   Russia rejects Ukraine's #4\n");
    event.kind = NP_EVENT_WITHDRAWAL;
    TELLS(event, "26 February 2025   Russia takes back its acceptance of Ukraine's #4\n");
    event.seat = UKRAINE;
    TELLS(event, "26 February 2025   Ukraine withdraws its offer #4\n");
    event.kind = NP_EVENT_LAPSE;
    TELLS(event, "26 February 2025   Ukraine's offer #4 lapses\n");
}

static void an_offer_that_was_never_told_has_only_its_number(void **state) {
    (void)state;
    Event event = happens(NP_EVENT_REJECTION, 2, RUSSIA);
    event.offer = 99;
    TELLS(event, "26 February 2025   Russia rejects #99\n");
}

static void passes_and_refusals_are_for_those_who_want_all(void **state) {
    (void)state;
    Event refusal = happens(NP_EVENT_REFUSAL, 2, RUSSIA);
    refusal.ruling = NP_RULING_CROSSES_RED_LINE;
    refusal.refused = NP_ACCEPT;
    refusal.offer = 4;
    TELLS(refusal, "");
    TELLS(happens(NP_EVENT_PASS, 2, RUSSIA), "");
    teller.all = true;
    TELLS(refusal,
          "26 February 2025   Russia is refused an acceptance of #4: it crosses a hard red "
          "line of its own\n");
    TELLS(happens(NP_EVENT_PASS, 2, RUSSIA), "26 February 2025   Russia passes\n");
}

static void a_rule_out_names_issue_and_option(void **state) {
    (void)state;
    Event event = happens(NP_EVENT_RULE_OUT, 2, EUROPE);
    event.issue = FORCES;
    event.option = 2;
    TELLS(event, "26 February 2025   European states rules out forces 600k\n");
    event.option = 200;
    TELLS(event, "26 February 2025   European states rules out an unknown option\n");
}

/* --- ends --- */

static void signature_votes_and_ends_are_told(void **state) {
    (void)state;
    Event event = happens(NP_EVENT_SIGNATURE, 2, NP_NO_SEAT);
    event.seats = 1u << UKRAINE | 1u << RUSSIA;
    event.packages = 1;
    event.menu[0] = package(2, 1, 1);
    TELLS(event,
          "26 February 2025   Ukraine and Russia sign a package, which goes to ratification: "
          "security none,\n                   forces 800k, prisoners none\n");
    Event vote = happens(NP_EVENT_RATIFICATION, 32, UKRAINE);
    vote.flags = EVENT_PASSED;
    vote.demand = utility_from(0.52);
    vote.text_length = 4;
    memcpy(vote.text, "rada", 4);
    TELLS(vote, "28 March 2025      Ratification in Ukraine: rada votes yes [worth 0.52 to it]\n");
    vote.flags = 0;
    vote.demand = UTILITY_NONE;
    TELLS(vote, "28 March 2025      Ratification in Ukraine: rada votes no\n");
    event.kind = NP_EVENT_AGREEMENT;
    TELLS(event, "26 February 2025   Agreement: Ukraine and Russia have said yes to the same "
                 "package\n");
    TELLS(happens(NP_EVENT_WALK_OUT, 2, RUSSIA),
          "26 February 2025   Russia walks out of the talks\n");
}

static void every_reason_of_a_breakdown_has_words(void **state) {
    (void)state;
    static const struct {
        uint8_t reason;
        const char *sentence;
    } ends[] = {
        {REASON_WALK_OUT, "26 February 2025   Breakdown: a seat walked out\n"},
        {REASON_DEADLINE,
         "26 February 2025   Breakdown: the talks have broken off ahead of their deadline\n"},
        {REASON_STALLED, "26 February 2025   Breakdown: nobody has moved for too long\n"},
        {REASON_RATIFICATION_FAILED, "26 February 2025   Breakdown: ratification has failed\n"},
        {REASON_AGENT_FAULT, "26 February 2025   Breakdown: an agent has failed\n"},
    };
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        Event event = happens(NP_EVENT_BREAKDOWN, 2, NP_NO_SEAT);
        event.reason = ends[i].reason;
        TELLS(event, ends[i].sentence);
    }
    talks.terms.deadline = DAYS(2);
    Event late = happens(NP_EVENT_BREAKDOWN, 2, NP_NO_SEAT);
    late.reason = REASON_DEADLINE;
    TELLS(late, "26 February 2025   Breakdown: the deadline has come\n");
}

/* --- hostile strings --- */

static void no_escape_from_a_file_or_an_agent_reaches_the_terminal(void **state) {
    (void)state;
    static const char *const hostile[] = {"\x1b[31mred", "\xff\xfe", "none"};
    talks.terms.seat[RUSSIA].name = "Ru\x1b]0;owned\x07ssia";
    talks.terms.domain.issue[SECURITY].option = hostile;
    talks.terms.domain.issue[SECURITY].id = "sec\nurity";
    Event offer = offers(1, RUSSIA, 1, package(0, 0, 1));
    tell(&offer);
    assert_null(strchr(text_get(&told), '\x1b'));
    assert_null(strchr(text_get(&told), '\x07'));
    assert_non_null(strstr(text_get(&told), "sec\\x0aurity \\x1b[31mred"));
    Event fault = happens(NP_EVENT_FAULT, 2, EUROPE);
    fault.text_length = 7;
    memcpy(fault.text, "\x1b[2Jbye", 7);
    TELLS(fault, "26 February 2025   The agent of European states failed: \\x1b[2Jbye\n");
}

static void a_fault_says_who_plays_on(void **state) {
    (void)state;
    Event fault = happens(NP_EVENT_FAULT, 2, RUSSIA);
    fault.text_length = 3;
    memcpy(fault.text, "bye", 3);
    fault.word = ON_FAULT_SKIP;
    TELLS(fault,
          "26 February 2025   The agent of Russia failed: bye; its seat says nothing more\n");
    talks.substitute[RUSSIA] = "boulware(e=1)";
    fault.word = ON_FAULT_SUBSTITUTE;
    TELLS(fault, "26 February 2025   The agent of Russia failed: bye; boulware(e=1) plays on\n");
    talks.substitute[RUSSIA] = NULL;
    fault.seat = 200;
    TELLS(
        fault,
        "26 February 2025   The agent of an unknown seat failed: bye; another strategy plays on\n");
}

static void a_seat_that_does_not_exist_is_no_danger(void **state) {
    (void)state;
    TELLS(offers(1, 12, 1, package(0, 0, 0)), "");
    TELLS(happens(NP_EVENT_WALK_OUT, 2, 200),
          "26 February 2025   an unknown seat walks out of the talks\n");
    TELLS(happens(77, 2, RUSSIA), "");
}

static void emphasis_takes_no_columns(void **state) {
    (void)state;
    teller.color = true;
    TELLS(happens(NP_EVENT_WALK_OUT, 2, RUSSIA), "\x1b[2m26 February 2025\x1b[0m   \x1b[1mRussia"
                                                 "\x1b[0m walks out of the talks\n");
    assert_int_equal(sentence_columns("\x1b[1mé\x1b[0m!", 11), 2);
}

static void no_line_is_wider_than_a_page(void **state) {
    (void)state;
    Event event = offers(1, RUSSIA, 2, package(0, 2, 0));
    event.packages = 4;
    for (uint8_t k = 1; k < 4; k++) event.menu[k] = package(k % 3, (k + 1) % 3, 1);
    tell(&event);
    for (const char *line = text_get(&told); *line != '\0'; line += strcspn(line, "\n") + 1)
        assert_true(sentence_columns(line, strcspn(line, "\n")) <= PAGE_WIDTH);
}

/* --- the last page --- */

static Verdict ended(VerdictKind kind) {
    Verdict verdict = {.kind = kind,
                       .seat = NP_NO_SEAT,
                       .ended_at = DAYS(16),
                       .events = 9,
                       .in_force = kind == VERDICT_AGREEMENT ? 1 : -1,
                       .agreement = package(1, 0, 0),
                       .signatories = EVERYBODY,
                       .first_distance = utility_from(0.84),
                       .last_distance = utility_from(0.12)};
    for (SeatId seat = 0; seat < SEATS; seat++)
        verdict.seat_result[seat] = (SeatResult){
            utility_from(0.6), utility_from(0.35), utility_from(0.98), UTILITY_NONE, 3, 0, 0};
    return verdict;
}

static void the_last_page_of_an_agreement(void **state) {
    (void)state;
    Verdict verdict = ended(VERDICT_AGREEMENT);
    verdict.accords = 1;
    verdict.accord[0] = package(NP_NO_OPTION, NP_NO_OPTION, 0);
    story_verdict(&teller, &verdict, &told);
    assert_string_equal(
        text_get(&told),
        "\n"
        "Agreement in force from 12 March 2025, signed by Ukraine, Russia and European states:\n"
        "  security   israel_plus\n"
        "  forces     no_cap       (as it was)\n"
        "  prisoners  all_for_all\n"
        "\n"
        "Partial accord before the end: prisoners all_for_all.\n"
        "  seat             utility  walk-away     gain  first demand  last demand  offers\n"
        "  Ukraine            0.600      0.350   +0.250         0.980            -       3\n"
        "  Russia             0.600      0.350   +0.250         0.980            -       3\n"
        "  European states    0.600      0.350   +0.250         0.980            -       3\n"
        "The demands came closer: distance 0.840 at first, 0.120 at last (0: equal).\n");
}

static void the_last_page_of_a_breakdown(void **state) {
    (void)state;
    Verdict verdict = ended(VERDICT_BREAKDOWN);
    verdict.reason = REASON_WALK_OUT;
    verdict.seat = RUSSIA;
    verdict.first_distance = verdict.last_distance = UTILITY_NONE;
    story_verdict(&teller, &verdict, &told);
    assert_string_equal(text_get(&told),
                        "\n"
                        "No agreement: Russia walked out on 12 March 2025.\n"
                        "  seat             walk-away  first demand  last demand  offers\n"
                        "  Ukraine              0.350         0.980            -       3\n"
                        "  Russia               0.350         0.980            -       3\n"
                        "  European states      0.350         0.980            -       3\n"
                        "Not every seat tabled a complete package, so no distance is measured.\n");
}

static void a_verdict_gives_its_reason_in_words(void **state) {
    (void)state;
    static const struct {
        Reason reason;
        SeatId seat;
        const char *sentence;
    } ends[] = {
        {REASON_DEADLINE, NP_NO_SEAT,
         "No agreement: the talks broke off ahead of their deadline on 12 March 2025.\n"},
        {REASON_STALLED, NP_NO_SEAT,
         "No agreement: the talks stalled, with no new concession or "
         "acceptance on 12 March 2025.\n"},
        {REASON_RATIFICATION_FAILED, EUROPE,
         "No agreement: the signed package was not ratified in "
         "European states on 12 March 2025.\n"},
        {REASON_AGENT_FAULT, UKRAINE,
         "No agreement: the agent of Ukraine failed on 12 March 2025.\n"},
    };
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        Verdict verdict = ended(VERDICT_BREAKDOWN);
        verdict.reason = ends[i].reason;
        verdict.seat = ends[i].seat;
        text_clear(&told);
        story_verdict(&teller, &verdict, &told);
        assert_non_null(strstr(text_get(&told), ends[i].sentence));
    }
}

#define SCENE(name) cmocka_unit_test_setup_teardown(name, three_seats_sit_down, they_go_home)

int main(void) {
    const struct CMUnitTest scenes[] = {
        SCENE(the_opening_names_seats_and_deadline),
        SCENE(a_first_offer_is_told_in_full_with_its_demand),
        SCENE(a_later_offer_is_told_by_what_changed),
        SCENE(what_changed_is_held_against_the_seats_own_last_offer),
        SCENE(a_menu_is_told_by_differences_from_its_first_package),
        SCENE(a_menu_whose_first_package_stays_says_so),
        SCENE(a_repeated_offer_is_told_only_to_those_who_want_all),
        SCENE(an_offer_says_until_when_it_stands_and_what_it_breaks),
        SCENE(an_acceptance_says_who_is_still_needed),
        SCENE(the_package_of_an_offer_of_one_goes_unsaid),
        SCENE(what_an_accord_settled_needs_nobody_any_more),
        SCENE(rejections_and_withdrawals_name_the_offers_owner),
        SCENE(an_offer_that_was_never_told_has_only_its_number),
        SCENE(passes_and_refusals_are_for_those_who_want_all),
        SCENE(a_rule_out_names_issue_and_option),
        SCENE(signature_votes_and_ends_are_told),
        SCENE(every_reason_of_a_breakdown_has_words),
        SCENE(no_escape_from_a_file_or_an_agent_reaches_the_terminal),
        SCENE(a_fault_says_who_plays_on),
        SCENE(a_seat_that_does_not_exist_is_no_danger),
        SCENE(emphasis_takes_no_columns),
        SCENE(no_line_is_wider_than_a_page),
        SCENE(the_last_page_of_an_agreement),
        SCENE(the_last_page_of_a_breakdown),
        SCENE(a_verdict_gives_its_reason_in_words),
    };
    return cmocka_run_group_tests(scenes, NULL, NULL);
}
