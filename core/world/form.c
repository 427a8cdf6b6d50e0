#include "core/world/form.h"

int form_reads(const Form *form, uint8_t variable) {
    for (uint8_t i = 0; i < form->terms; i++)
        if (form->variable[i] == variable) return 1;
    return 0;
}
