/* Linked into the program when it is built with AddressSanitizer: what was freed is given back soon, so that
 * memory that grows can be told from memory that waits. */
const char *__asan_default_options(void);

const char *__asan_default_options(void) {
    return "quarantine_size_mb=1";
}
