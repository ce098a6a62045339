#include "support/source_folder.h"

namespace perspective {

constinit const char* const kSourceFolder = PERSPECTIVE_SOURCE_DIR;

}  // namespace perspective
