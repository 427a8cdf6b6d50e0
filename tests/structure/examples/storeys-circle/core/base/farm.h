#include "core/base/egg.h"
