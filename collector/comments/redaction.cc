#include "comments/redaction.h"

#include <algorithm>

#include "comments/tokens.h"

namespace perspective::comments {
namespace {

// The end of `words` in the text from this place, in capitals or not; npos: they do not stand here.
std::size_t end_of(std::string_view text, std::size_t begin, std::string_view folded_words) {
  std::size_t matched = 0;
  std::size_t at = begin;
  while (at < text.size() && matched < folded_words.size()) {
    std::size_t next = at + 1;
    while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80) ++next;
    const auto character = folded(text.substr(at, next - at));
    if (!folded_words.substr(matched).starts_with(character)) return std::string_view::npos;
    matched += character.size();
    at = next;
  }
  return matched == folded_words.size() ? at : std::string_view::npos;
}

std::string label_of(Giveaway kind, const GiveawayWords& words) {
  const auto label = words.labels.find(std::string(to_text(kind)));
  return label == words.labels.end() ? "[...]" : label->second;
}

}  // namespace

std::string redacted(std::string_view text, std::vector<Replacement> replacements) {
  std::erase_if(replacements, [](const auto& each) { return each.words.empty(); });
  std::ranges::stable_sort(replacements, std::ranges::greater(), [](const auto& each) { return each.words.size(); });
  std::vector<std::string> wanted;
  for (const auto& each : replacements) wanted.push_back(folded(each.words));
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::string_view::npos;
    std::size_t which = 0;
    for (; which < wanted.size(); ++which) {
      end = end_of(text, at, wanted[which]);
      // Where the words begin or end with no letter there is no word to be inside of.
      const bool is_whole = end != std::string_view::npos && (is_word_begin(text, at) || is_word_end(text, at)) &&
                            (is_word_end(text, end) || is_word_begin(text, end));
      if (is_whole) break;
      end = std::string_view::npos;
    }
    if (end == std::string_view::npos) {
      out += text[at++];
    } else {
      out += replacements[which].as;
      at = end;
    }
  }
  return out;
}

std::string label_of(std::string_view words, std::string_view text, const std::vector<Span>& spans,
                     const GiveawayWords& labels) {
  const auto wanted = folded(words);
  const auto likely = std::ranges::find_if(spans, [&](const Span& span) {
    const auto found = folded(text.substr(span.begin, span.end - span.begin));
    return found.contains(wanted) || wanted.contains(found);
  });
  return label_of(likely == spans.end() ? Giveaway::name : likely->kind, labels);
}

std::vector<Replacement> replacements_of(std::string_view text, const std::vector<Span>& spans,
                                         const GiveawayWords& words) {
  std::vector<Replacement> replacements;
  for (const auto& span : spans) {
    Replacement made{.words = std::string(text.substr(span.begin, span.end - span.begin)),
                     .as = label_of(span.kind, words)};
    if (std::ranges::find(replacements, made) == replacements.end()) replacements.push_back(std::move(made));
  }
  return replacements;
}

}  // namespace perspective::comments
