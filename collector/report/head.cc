#include "report/head.h"

#include <algorithm>

#include "report/phrase.h"

namespace perspective::report {

bool is_draft(const text::Catalogue& words) { return words.has("status") && words.say("status") == "draft"; }

Result<std::string> draft_line(bool has_draft_words, const text::Catalogue& phrases) {
  return has_draft_words ? phrases.format("report.draft") : std::string();
}

Result<std::string> draft_line(const Draft& draft, const text::Catalogue& phrases) {
  const bool has_draft_words = is_draft(phrases) || std::ranges::any_of(draft.chapters, [](const auto& chapter) {
                                 return is_draft(chapter.words);
                               });
  return draft_line(has_draft_words, phrases);
}

Result<std::string> no_tokens_line(const Draft& draft, const text::Catalogue& phrases) {
  if (draft.why_no_tokens.empty()) return std::string();
  return phrases.format("report.no_tokens", {{"reason", draft.why_no_tokens}});
}

Result<std::string> set_aside_line(const Draft& draft, const text::Catalogue& phrases) {
  if (draft.set_aside == 0) return std::string();
  text::Arguments arguments;
  add_number("count", draft.set_aside, phrases.language(), arguments);
  return phrases.format("report.set_aside", arguments);
}

Result<std::string> gap_lines(const Draft& draft, const text::Catalogue& phrases) {
  const auto gaps = gaps_of(draft.reconciliation, phrases);
  if (!gaps) return std::unexpected(gaps.error());
  return text::joined(*gaps, " ", " ");
}

}  // namespace perspective::report
