// What keys write on the stage.
#include <cstddef>
#include <string>

#include "platform/entry.h"
#include "platform/stage.h"
#include "text/editing.h"

namespace perspective::platform {

// True: the key was one that edits.
bool Stage::edit(access::Key key, bool control) {
  using access::Key;
  const TextBlock* block = waiting_block();
  if (block == nullptr || control) return false;
  const std::size_t caret = waiting_entry()->caret;
  switch (key) {
    case Key::backspace:
      return write(visit::Erase{visit::Reach::before});
    case Key::erase:
      return write(visit::Erase{visit::Reach::after});
    case Key::enter:
      return write(visit::Insert{"\n"});
    case Key::left:
      return move_caret(visit::MoveCaret{-1}, access::VerbKind::previous);
    case Key::right:
      return move_caret(visit::MoveCaret{1}, access::VerbKind::next);
    case Key::up:
      return move_caret(visit::PlaceCaret{line_above(*block, caret)}, access::VerbKind::previous);
    case Key::down:
      return move_caret(visit::PlaceCaret{line_below(*block, caret)}, access::VerbKind::next);
    case Key::home:
      return write(visit::PlaceCaret{line_start(*block, caret)});
    case Key::end:
      return write(visit::PlaceCaret{line_end(*block, caret)});
    default:
      return false;
  }
}

void Stage::character(std::uint32_t character) {
  if (is_key_used_ || character < ' ') return;
  if (waiting_entry() != nullptr) write(visit::Insert{text::from_code_point(static_cast<char32_t>(character))});
}

bool Stage::write(const visit::Action& action) {
  model_.edit(std::string(waiting_entry()->id), action);
  return true;
}

// Past either end of the text the focus moves on: nobody who has arrows alone is held in the box.
bool Stage::move_caret(const visit::Action& action, access::VerbKind beyond) {
  const std::size_t before = waiting_entry()->caret;
  write(action);
  const screen::Item* item = waiting_entry();
  if (item != nullptr && item->caret == before) model_.handle({beyond});
  return true;
}

}  // namespace perspective::platform
