#include "proto/codec.h"

#include <protobuf-c/protobuf-c.h>

#include "core/base/error.h"
