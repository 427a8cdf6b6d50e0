#ifndef CORE_BASE_TEXT_H
#define CORE_BASE_TEXT_H
#include <stddef.h>
void text_add(size_t length);
#endif
