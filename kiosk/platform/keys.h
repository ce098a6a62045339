// The keyboard on the screen: its keys in rows of ten columns, and above them what is being written.
//
// Promise:   no key is lower or narrower than a target, however small the monitor and large the letters: what is on a
//            key has a size of its own. At least one line of the text is seen, the one with the caret, and all of what
//            is asked for.
#pragma once

#include <vector>

#include "platform/content.h"
#include "platform/layout.h"
#include "platform/rows.h"

namespace perspective::platform {

// x from 0 to the window's width; as high as they need, at most `height` where a target's height allows.
Rows keys_of(const Items& keys, float width, float height, const Dress& dress, TextCache& texts,
             const std::string& language);

// The entry and what stands around it, in that room and no more. What explains gives way first, then cautions, which
// stood beside the question too; what is asked for never does, nor what went wrong: at worst it is written smaller.
Content writing_of(const Items& items, float width, float height, const Dress& dress, TextCache& texts,
                   const std::string& language);

}  // namespace perspective::platform
