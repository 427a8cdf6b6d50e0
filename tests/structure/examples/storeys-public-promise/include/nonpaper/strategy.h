#include <nonpaper/vocabulary.h>
#include "core/base/error.h"
