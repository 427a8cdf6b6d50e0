#include <nonpaper/vocabulary.h>
