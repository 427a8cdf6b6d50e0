/* Files that mean harm: bounded, and refused with a sentence. */
#include <stdio.h>
#include <string.h>

#include "core/interchange/genius.h"
#include "core/interchange/geniusweb.h"
#include "tests/core/interchange/desk.h"

/* Three files, the first with any bytes. */
static void expect(DeskReader *read, const Text *bytes, const char *say) {
    Foreign *foreign = memory_new(1, sizeof *foreign);
    Text said = {0};
    const Source source[] = {{"domain", text_get(bytes), bytes->length, false},
                             {"a", "x", 1, false},
                             {"b", "x", 1, false}};
    Complaints complaints = {.source = source};
    foreign_init(foreign);
    assert_false(read(foreign, &complaints, 3, 0));
    complaints_print(&complaints, &said);
    if (!strstr(text_get(&said), say)) fail_msg("expected %s\ngot %.2000s", say, text_get(&said));
    foreign_finish(foreign);
    memory_free(foreign);
    text_finish(&said);
}

static void expect_text(DeskReader *read, const char *text, const char *say) {
    Text bytes = {0};
    text_add(&bytes, text);
    expect(read, &bytes, say);
    text_finish(&bytes);
}

static Text repeated(const char *begin, const char *piece, uint32_t times, const char *end) {
    Text text = {0};
    text_add(&text, begin);
    for (uint32_t i = 0; i < times; i++) text_add(&text, piece);
    text_add(&text, end);
    return text;
}

static void expect_repeated(DeskReader *read, const char *begin, const char *piece, uint32_t times,
                            const char *say) {
    Text text = repeated(begin, piece, times, "");
    expect(read, &text, say);
    text_finish(&text);
}

static void entities_are_not_unfolded(void **state) {
    (void)state;
    expect_text(
        genius_read,
        "<!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
        "\"&b;&b;&b;&b;&b;&b;&b;&b;\">]><negotiation_template>&c;</negotiation_template>",
        "domain:1:16: error: document types and entities are not read");
    expect_text(genius_read, "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><negotiation_template/>",
                "document types and entities are not read");
    expect_text(genius_read, "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>",
                "document types and entities are not read");
    expect_text(genius_read, "<negotiation_template>&e;</negotiation_template>",
                "domain:1:23: error: not valid XML: undefined entity");
}

static void depth_size_and_number_are_bounded(void **state) {
    (void)state;
    expect_repeated(genius_read, "", "<a>", 100000,
                    "domain:1:97: error: nested deeper than 32 levels");
    expect_repeated(genius_read, "<a>", "<b/>", 100000, "error: more than 1024 elements in one");
    Text forest = repeated("<b>", "<c/>", 100, "</b>");
    expect_repeated(genius_read, "<a>", text_get(&forest), 1000,
                    "error: more than 10000 elements in one file");
    text_finish(&forest);
    expect_repeated(genius_read, "<a>", "          ", 500000, "domain: error: larger than 4 MiB");
    expect_repeated(geniusweb_read, "", "[", 100000, "maximum parsing depth reached");
    expect_repeated(geniusweb_read, "[1", ",1", 100000, "not valid JSON");
    expect_repeated(geniusweb_read, "          ", "          ", 500000,
                    "domain: error: larger than 4 MiB");
    Text deep = repeated("", "[", 40, "");
    for (int i = 0; i < 40; i++) text_add(&deep, "]");
    expect(geniusweb_read, &deep, "domain:1:33: error: nested deeper than 32 levels");
    Text many = repeated("[1", ",1", 20000, "]");
    expect(geniusweb_read, &many, "error: more than 10000 values in one file");
    text_finish(&deep);
    text_finish(&many);
}

static void attributes_are_bounded(void **state) {
    (void)state;
    Text text = {0};
    text_add(&text, "<negotiation_template ");
    for (int i = 0; i < 100; i++) text_addf(&text, "a%d=\"\" ", i);
    text_add(&text, "/>");
    expect(genius_read, &text, "error: more than 64 attributes");
    text_finish(&text);
}

static void other_encodings_and_nul_are_refused(void **state) {
    (void)state;
    Text text = {0};
    text_add_bytes(&text, "\xFF\xFE<\0a\0/\0>\0", 10);
    expect(genius_read, &text, "domain:1:1: error: not valid UTF-8 text");
    text_clear(&text);
    text_add_bytes(&text, "<a>\0</a>", 8);
    expect(genius_read, &text, "domain:1:4: error: not valid UTF-8 text");
    expect_text(genius_read, "<a b=\"\xC0\xAF\"/>", "domain:1:7: error: not valid UTF-8 text");
    expect_text(geniusweb_read, "{\"name\": \"\xED\xA0\x80\"}",
                "domain:1:11: error: not valid UTF-8 text");
    expect_text(geniusweb_read, "{\"name\": \"a\\u0000b\", \"issuesValues\": {}}",
                "error: not valid JSON: \\u0000 is not allowed");
    text_finish(&text);
}

static void too_many_of_anything_is_said(void **state) {
    (void)state;
    Text text = {0};
    text_add(&text, "<utility_space><objective>");
    for (int i = 0; i < 40; i++)
        text_addf(&text,
                  "<issue index=\"%d\" name=\"i%d\"><item value=\"a\"/><item value=\"b\"/></issue>",
                  i, i);
    text_add(&text, "</objective></utility_space>");
    expect(genius_read, &text, "error: more than 32 issues");
    text_clear(&text);
    text_add(&text, "<utility_space><objective><issue index=\"1\" name=\"i\">");
    for (int i = 0; i < 33; i++) text_addf(&text, "<item value=\"v%d\"/>", i);
    text_add(&text, "</issue></objective></utility_space>");
    expect(genius_read, &text, "domain:1:28: error: an issue has 2 to 32 values here, not 33");
    text_finish(&text);
}

static void names_of_any_length_are_refused_or_read(void **state) {
    (void)state;
    Text text = repeated("<utility_space><issue name=\"", "long ", 100000,
                         "\"><item value=\"a\"/><item value=\"b\"/></issue></utility_space>");
    expect(genius_read, &text, "domain:1:29: error: longer than 200 bytes");
    text_finish(&text);
}

/* Whatever is cut off, nothing is read beyond the end, and nothing is taken for whole. */
static void every_beginning_of_a_file_is_refused(void **state) {
    (void)state;
    static const struct {
        DeskReader *read;
        const char *text;
    } files[] = {{genius_read, desk_domain}, {geniusweb_read, desk_web_domain}};
    for (size_t i = 0; i < 2; i++) {
        size_t whole = strlen(files[i].text) - 1;
        for (size_t length = 0; length < whole; length++) {
            Text bytes = {0};
            text_add_bytes(&bytes, files[i].text, length);
            expect(files[i].read, &bytes, "error: not valid");
            text_finish(&bytes);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entities_are_not_unfolded),
        cmocka_unit_test(depth_size_and_number_are_bounded),
        cmocka_unit_test(attributes_are_bounded),
        cmocka_unit_test(other_encodings_and_nul_are_refused),
        cmocka_unit_test(too_many_of_anything_is_said),
        cmocka_unit_test(names_of_any_length_are_refused_or_read),
        cmocka_unit_test(every_beginning_of_a_file_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
