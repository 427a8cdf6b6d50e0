/* What cmocka wants before its header, once for all suites of this folder. */
#ifndef TESTS_CORE_BASE_SUITE_H
#define TESTS_CORE_BASE_SUITE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
