#include "report/passages.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "report/held_words.h"
#include "text/tokens.h"

namespace perspective::report {
namespace {

using text::Token;

constexpr std::size_t kRun = 5;
constexpr std::size_t kFewestOfMore = 3;  // in quotation marks, of a longer comment

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Mark {
  std::string_view text;
  bool is_single;
  enum class Side { left, right, either } side;
};
constexpr std::array<Mark, 14> kMarks{{{"“", false, Mark::Side::left},
                                       {"”", false, Mark::Side::right},
                                       {"„", false, Mark::Side::left},
                                       {"‟", false, Mark::Side::left},
                                       {"«", false, Mark::Side::left},
                                       {"»", false, Mark::Side::right},
                                       {"\"", false, Mark::Side::either},
                                       {"＂", false, Mark::Side::either},
                                       {"″", false, Mark::Side::either},
                                       {"‘", true, Mark::Side::left},
                                       {"‚", true, Mark::Side::left},
                                       {"’", true, Mark::Side::right},
                                       {"'", true, Mark::Side::either},
                                       {"`", true, Mark::Side::either}}};

const Mark* mark_at(std::string_view text, std::size_t at) {
  const auto found =
      std::ranges::find_if(kMarks, [&](const Mark& mark) { return text.substr(at).starts_with(mark.text); });
  return found == kMarks.end() ? nullptr : &*found;
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
// A letter or figure; every byte of a character beyond ASCII counts as one.
bool is_of_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) > 127;
}

// Does a quotation begin with this mark? Else it ends with it, or the mark is an apostrophe (nothing).
std::optional<bool> begins(std::string_view text, std::size_t at, const Mark& mark, bool is_one_open) {
  const auto after = at + mark.text.size();
  const bool is_left_open = at == 0 || is_space(text[at - 1]);
  const bool is_right_open = after >= text.size() || is_space(text[after]);
  const bool is_in_word = at > 0 && after < text.size() && is_of_word(text[at - 1]) && is_of_word(text[after]) &&
                          mark_at(text, after) == nullptr;
  if (mark.is_single && is_in_word) return std::nullopt;
  if (mark.side == Mark::Side::left) return is_left_open || !(is_one_open && is_right_open);
  if (mark.side == Mark::Side::right) return false;
  if (is_left_open != is_right_open) return is_left_open;
  return !is_one_open;
}

// What stands between quotation marks, each within another too; one that nothing ends goes to the end.
std::vector<Span> quotations_in(std::string_view text) {
  std::vector<Span> spans;
  std::array<std::vector<std::size_t>, 2> open;  // where they begin; double and single
  for (std::size_t at = 0; at < text.size();) {
    const auto* const mark = mark_at(text, at);
    if (mark == nullptr) {
      ++at;
      continue;
    }
    auto& same = open.at(mark->is_single ? 1 : 0);
    if (const auto is_first = begins(text, at, *mark, !same.empty()); is_first && *is_first) {
      same.push_back(at + mark->text.size());
    } else if (is_first && !same.empty()) {
      spans.push_back({same.back(), at});
      same.pop_back();
    }
    at += mark->text.size();
  }
  for (const auto& same : open)
    for (const auto begin : same) spans.push_back({begin, text.size()});
  return spans;
}

// Between what was left out of it.
std::vector<Span> pieces_of(std::string_view text, const Span& quotation) {
  constexpr std::array<std::string_view, 5> kLeftOut{"…", "...", "[", "]", "(sic)"};
  std::vector<Span> pieces{{quotation.begin, quotation.begin}};
  for (auto at = quotation.begin; at < quotation.end;) {
    const auto found =
        std::ranges::find_if(kLeftOut, [&](std::string_view each) { return text.substr(at).starts_with(each); });
    at += found == kLeftOut.end() ? 1 : found->size();
    if (found == kLeftOut.end())
      pieces.back().end = at;
    else
      pieces.push_back({at, at});
  }
  return pieces;
}

std::string run_of(const std::vector<Token>& tokens, std::size_t at, std::size_t length) {
  std::string run;
  for (std::size_t i = at; i < at + length; ++i) run += tokens[i].text + '\n';
  return run;
}

struct Place {
  std::size_t paragraph = 0;
  Span span;
};

// What of the text is looked for: runs of five, and what is short between quotation marks.
class Looked {
 public:
  explicit Looked(const std::vector<std::string>& paragraphs) {
    for (std::size_t i = 0; i < paragraphs.size(); ++i) {
      const auto tokens = text::tokens_of(paragraphs[i]);
      for (std::size_t at = 0; at + kRun <= tokens.size(); ++at) add(runs_, i, tokens, at, kRun);
      for (const auto& quotation : quotations_in(paragraphs[i]))
        for (const auto& piece : pieces_of(paragraphs[i], quotation)) add_piece(i, tokens, piece);
    }
  }

  void forget(const std::string& allowed) {
    each_run(allowed, [this](const std::string& run, bool) {
      runs_.erase(run);
      short_.erase(run);
    });
  }
  template <typename Use>
  void each_of(const std::string& comment, const Use& use) const {
    each_run(comment, [&](const std::string& run, bool is_found_short) {
      if (const auto found = runs_.find(run); found != runs_.end())
        for (const auto& place : found->second) use(place);
      const auto found = short_.find(run);
      if (!is_found_short || found == short_.end()) return;
      for (const auto& place : found->second) use(place);
    });
  }

 private:
  using Places = std::map<std::string, std::vector<Place>>;
  static void add(Places& places, std::size_t paragraph, const std::vector<Token>& tokens, std::size_t at,
                  std::size_t length) {
    places[run_of(tokens, at, length)].push_back({paragraph, {tokens[at].begin, tokens[at + length - 1].end}});
  }
  void add_piece(std::size_t paragraph, const std::vector<Token>& tokens, const Span& piece) {
    const auto first = std::ranges::lower_bound(tokens, piece.begin, {}, &Token::begin) - tokens.begin();
    const auto last = std::ranges::upper_bound(tokens, piece.end, {}, &Token::end) - tokens.begin();
    if (first < last && last - first < static_cast<std::ptrdiff_t>(kRun))
      add(short_, paragraph, tokens, static_cast<std::size_t>(first), static_cast<std::size_t>(last - first));
  }
  // Of one to five words each; and whether a quotation of so few words is found by it.
  template <typename Use>
  static void each_run(const std::string& text, const Use& use) {
    const auto tokens = text::tokens_of(text);
    for (std::size_t length = 1; length <= std::min(kRun, tokens.size()); ++length)
      for (std::size_t at = 0; at + length <= tokens.size(); ++at)
        use(run_of(tokens, at, length), length >= kFewestOfMore || length == tokens.size());
  }

  Places runs_;
  Places short_;
};

}  // namespace

std::vector<Passage> passages_in(const std::vector<std::string>& paragraphs, const std::vector<std::string>& comments,
                                 const std::vector<std::string>& allowed) {
  Looked looked(paragraphs);
  for (const auto& each : allowed) looked.forget(each);
  std::vector<Passage> found;
  for (std::size_t i = 0; i < comments.size(); ++i)
    looked.each_of(comments[i], [&](const Place& place) {
      found.push_back({place.paragraph, place.span.begin, place.span.end, {i}});
    });
  std::ranges::sort(found, {}, [](const Passage& each) { return std::pair(each.paragraph, each.begin); });
  std::vector<Passage> passages;
  for (auto& each : found) {
    if (passages.empty() || passages.back().paragraph != each.paragraph || passages.back().end < each.begin) {
      passages.push_back(std::move(each));
      continue;
    }
    passages.back().end = std::max(passages.back().end, each.end);
    passages.back().from.merge(each.from);
  }
  return passages;
}

void take_out(std::vector<std::string>& paragraphs, const std::vector<Passage>& passages) {
  for (auto each = passages.rbegin(); each != passages.rend(); ++each)
    paragraphs[each->paragraph].replace(each->begin, each->end - each->begin, kTakenOut);
}

}  // namespace perspective::report
