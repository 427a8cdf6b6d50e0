#include "core/negotiation/session.h"
