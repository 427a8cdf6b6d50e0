/* Shapes that many fields share, and those that go without saying. */
#include <assert.h>

#include "core/scenario/field.h"

const Shape shape_option = {.kind = SHAPE_OPTION};
const Shape shape_issue = {.kind = SHAPE_ID};
const Shape shape_seat = {.kind = SHAPE_ID};
const Shape shape_variable = {.kind = SHAPE_ID};
const Shape shape_moment = {.kind = SHAPE_MOMENT};
const Shape shape_seats = {.kind = SHAPE_LIST, .least = 0, .most = NP_MAX_SEATS, .of = &shape_seat};
static const Shape list_of_options = {
    .kind = SHAPE_LIST, .least = 1, .most = NP_MAX_OPTIONS, .of = &shape_option};
const Shape shape_options = {.kind = SHAPE_EITHER, .of = &shape_option, .other = &list_of_options};
const Shape shape_condition = {.kind = SHAPE_ENTRIES,
                               .least = 1,
                               .most = CONDITION_MAX_TERMS,
                               .name = "ISSUE",
                               .of = &shape_options};

/* What readers read that need no more than the field's own range. */
static const struct {
    FieldReader *read;
    ShapeKind kind;
} plain[] = {
    {field_number, SHAPE_NUMBER}, {field_utility, SHAPE_NUMBER}, {field_count, SHAPE_COUNT},
    {field_flag, SHAPE_FLAG},     {field_text, SHAPE_TEXT},      {field_name, SHAPE_NAME},
    {field_id, SHAPE_ID},         {field_date, SHAPE_DATE},      {field_duration, SHAPE_DURATION},
};

Shape shape_of(const Field *field) {
    if (field->shape && field->shape->kind == SHAPE_FORM) {
        return (Shape){
            .kind = SHAPE_FORM, .least = field->least, .most = field->most, .of = field->shape->of};
    }
    if (field->shape) return *field->shape;
    if (field->read == field_seats) return shape_seats;
    if (field->read == condition_read) return shape_condition;
    size_t i = 0;
    while (i < sizeof plain / sizeof plain[0] && plain[i].read != field->read) i++;
    assert(i < sizeof plain / sizeof plain[0] && "a reader of its own needs a shape");
    return (Shape){.kind = plain[i].kind, .least = field->least, .most = field->most};
}
