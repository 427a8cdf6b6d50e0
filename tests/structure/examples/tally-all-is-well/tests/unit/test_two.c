/* A stand-in, never compiled. */
#define CASE(name) cmocka_unit_test(name)
static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_0),
};
int main(void) {
    return cmocka_run_group_tests(tests, 0, 0);
}
