#include "report/held_words.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "text/tokens.h"

namespace perspective::report {
namespace {

using text::Token;

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::string run_of(const std::vector<Token>& tokens, std::size_t at, std::size_t length) {
  std::string run;
  for (std::size_t i = at; i < at + length; ++i) run += tokens[i].text + '\n';
  return run;
}

void add_runs(const std::string& text, std::size_t length, std::set<std::string>& runs) {
  const auto tokens = text::tokens_of(text);
  for (std::size_t i = 0; i + length <= tokens.size(); ++i) runs.insert(run_of(tokens, i, length));
}

// With a quotation mark on either side, and perhaps a full stop.
bool is_quotation(std::string_view text, const Span& span) {
  constexpr std::array<std::string_view, 6> kMarks{"“", "”", "\"", "‘", "’", "'"};
  auto before = text.substr(0, span.begin);
  auto after = text.substr(span.end);
  while (!after.empty() && std::string_view(".,!? ").find(after.front()) != std::string_view::npos)
    after.remove_prefix(1);
  return std::ranges::any_of(kMarks, [&](auto mark) { return before.ends_with(mark); }) &&
         std::ranges::any_of(kMarks, [&](auto mark) { return after.starts_with(mark); });
}

std::vector<Span> found_in(const std::string& text, const HeldWords& held) {
  const auto words = text::tokens_of(held.words).size();
  const auto length = std::min(words, held.most);
  std::vector<Span> spans;
  if (length == 0) return spans;
  std::set<std::string> runs;
  add_runs(held.words, length, runs);
  std::set<std::string> allowed;
  for (const auto& each : held.allowed) add_runs(each, length, allowed);
  const auto tokens = text::tokens_of(text);
  for (std::size_t i = 0; i + length <= tokens.size(); ++i) {
    const auto run = run_of(tokens, i, length);
    if (!runs.contains(run) || allowed.contains(run)) continue;
    const Span span{tokens[i].begin, tokens[i + length - 1].end};
    if (words < 3 && !is_quotation(text, span)) continue;
    if (!spans.empty() && spans.back().end >= span.begin)
      spans.back().end = span.end;
    else
      spans.push_back(span);
  }
  return spans;
}

}  // namespace

bool holds(const std::string& text, const HeldWords& held) { return !found_in(text, held).empty(); }

std::size_t take_out(std::string& text, const HeldWords& held) {
  const auto spans = found_in(text, held);
  for (auto span = spans.rbegin(); span != spans.rend(); ++span)
    text.replace(span->begin, span->end - span->begin, kTakenOut);
  return spans.size();
}

}  // namespace perspective::report
