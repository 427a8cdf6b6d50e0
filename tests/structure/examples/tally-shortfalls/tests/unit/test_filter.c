/* A stand-in, never compiled. */
static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_0),
    cmocka_unit_test(test_1),
    cmocka_unit_test(test_2),
    cmocka_unit_test(test_3),
};
int main(void) {
    return cmocka_run_group_tests(tests, 0, 0);
}
