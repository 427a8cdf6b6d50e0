#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>

void *leak(void) {
    return fopen("/tmp/x", "r");
}
