#include <math.h>
/* #include <zmq.h> */
