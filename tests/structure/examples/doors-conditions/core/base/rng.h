#ifndef CORE_BASE_RNG_H
#define CORE_BASE_RNG_H
#ifdef __cplusplus
extern "C" {
#endif
#ifdef __linux__
int linux_only;
#else
int others;
#endif
#ifdef __cplusplus
}
#endif
#endif
