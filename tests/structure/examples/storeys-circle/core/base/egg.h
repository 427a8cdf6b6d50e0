#include "core/base/hen.h"
