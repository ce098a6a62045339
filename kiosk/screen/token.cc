// What stands on the slip, typed: an entry in groups as on the slip, and keys for the symbols of tokens alone.
#include "token/token.h"

#include <cctype>

#include "screen/pages.h"
#include "screen/spelling.h"

namespace perspective::screen {
namespace {

using visit::TokenState;

constexpr std::size_t kColumns = 10;

// Above what is being typed, where the eye is.
void write_fault(Writer& writer, TokenState state) {
  switch (state) {
    case TokenState::typing:
      return;
    case TokenState::checking:
      return writer.paragraphs("fault", Role::hint, "kiosk.token.checking");
    case TokenState::incomplete:
      return writer.paragraphs("fault", Role::note, "kiosk.token.incomplete");
    case TokenState::foreign:
      return writer.paragraphs("fault", Role::note, "kiosk.token.foreign");
    case TokenState::spent_before:
      return writer.paragraphs("fault", Role::note, "kiosk.token.spent_before");
    case TokenState::not_kept:
      return writer.paragraphs("fault", Role::note, "kiosk.token.not_kept");
  }
}

// By which its name is asked: of a large letter it would say that it is a capital, and slips have no other.
std::string small(std::string symbol) {
  for (char& c : symbol) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return symbol;
}

Item& wide(Item& key, int columns, const std::string& group) {
  key.columns = columns;
  key.group = group;
  return key;
}

}  // namespace

void write_token(Writer& writer, const visit::Visit& visit) {
  const bool is_free = visit.token_state() != TokenState::checking;
  writer.heading("kiosk.token.heading");
  writer.paragraphs("text", Role::paragraph, "kiosk.token.text");
  write_fault(writer, visit.token_state());
  const visit::Writing typed = visit.writing();
  Item& entry = writer.text("words", Role::entry, "kiosk.token.label");
  entry.value = token::grouped(typed.text);
  entry.caret = token::place_in_groups(typed.caret);
  entry.is_short = true;
  entry.enabled = is_free;
  std::string group;
  for (std::size_t i = 0; i < token::kSymbols.size(); ++i) {
    const std::string symbol(1, token::kSymbols[i]);
    group = "keys." + std::to_string(i / kColumns + 1);
    writer.add({.id = "key." + symbol,
                .role = Role::button,
                .place = Place::keys,
                .label = symbol,
                .spoken = name_of(small(symbol), writer.words()),
                .enabled = is_free,
                .group = group,
                .action = visit::Insert{symbol}});
  }
  wide(writer.button("key.erase", "kiosk.keys.erase", Place::keys, Look::plain, visit::Erase{visit::Reach::before}), 2,
       group);
  wide(writer.button("back", "kiosk.button.back", Place::keys, Look::quiet, visit::Back{}), 3, group).enabled = is_free;
  Item& next = wide(writer.button("next", "kiosk.button.next", Place::keys, Look::primary, visit::Next{}), 3, group);
  next.enabled = is_free;
}

}  // namespace perspective::screen
