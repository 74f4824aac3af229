#include "config.h"

#include "base/fika-error.h"

G_DEFINE_QUARK (fika - error - quark, fika_error)
