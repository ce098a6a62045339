#include "visit/settings.h"

namespace perspective::visit {

TextSize next_size(TextSize size) { return static_cast<TextSize>((static_cast<int>(size) + 1) % kTextSizes); }

Colours next_colours(Colours colours) { return static_cast<Colours>((static_cast<int>(colours) + 1) % kColours); }

Typeface next_typeface(Typeface typeface) {
  return static_cast<Typeface>((static_cast<int>(typeface) + 1) % kTypefaces);
}

}  // namespace perspective::visit
