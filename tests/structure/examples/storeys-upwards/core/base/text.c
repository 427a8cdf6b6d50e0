#include "core/base/text.h"

#include <stdio.h>

#include "broker/broker.h"
