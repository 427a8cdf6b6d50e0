#include <sqlite3.h>
#include <time.h>
#include <zmq.h>
#include "proto/nonpaper.pb-c.h"
