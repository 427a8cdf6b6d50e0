
#include "core/base/farm.h"
