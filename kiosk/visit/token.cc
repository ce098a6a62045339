// The token of a visit, as it is typed, given and taken.
#include <utility>

#include "base/secret.h"
#include "token/token.h"
#include "visit/visit.h"

namespace perspective::visit {

// After the person has made the screen theirs: whoever needs it read aloud, or large, or a switch, needs that to type.
void Visit::leave_yours() {
  if (!setting_.asks_for_token || has_token_) return enter_welcome(false);
  step_ = Step::token;
  token_state_ = TokenState::typing;
  caret_ = kAtEnd;
}

bool Visit::is_typing_token() const { return step_ == Step::token && !over_ && token_state_ != TokenState::checking; }

// What is no symbol of tokens is left out; nothing is taken that would make it too long.
void Visit::type_token(const Writing& now) {
  const std::size_t caret = token::symbols_in(now.text.substr(0, now.caret)).size();
  std::string symbols = token::symbols_in(now.text);
  if (symbols.size() > token::kLength) return;
  if (symbols != token_) token_state_ = TokenState::typing;
  token_ = std::move(symbols);
  caret_ = caret;
}

void Visit::give_token() {
  if (is_typing_token()) token_state_ = token::read(token_) ? TokenState::checking : TokenState::incomplete;
}

void Visit::accept_token() {
  if (step_ != Step::token) return;
  wipe(token_.data(), token_.size());
  token_.clear();
  has_token_ = true;
  token_state_ = TokenState::typing;
  enter_welcome(false);
}

void Visit::refuse_token(TokenState why) {
  if (step_ == Step::token) token_state_ = why;
}

}  // namespace perspective::visit
