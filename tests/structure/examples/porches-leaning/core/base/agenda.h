#ifndef CORE_BASE_AGENDA_H
#define CORE_BASE_AGENDA_H
void agenda_add(uint32_t entry);
#endif
