#include "report/edited_document.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <variant>

#include "text/tokens.h"

namespace perspective::report {
namespace {

std::string text_of(const Paragraph& paragraph) {
  std::string text;
  for (const auto& run : paragraph.runs) text += run.text;
  return text;
}

std::set<std::string> words_of(const std::string& text) {
  std::set<std::string> words;
  for (auto& token : text::tokens_of(text)) words.insert(std::move(token.text));
  return words;
}

// The generated one that shares most words, half of either's at least; null: none.
const Paragraph* origin_of(const std::string& edited, const std::map<std::string, Paragraph>& known) {
  const auto own = words_of(edited);
  const Paragraph* best = nullptr;
  std::size_t most = 0;
  for (const auto& [text, paragraph] : known) {
    const auto words = words_of(text);
    const auto shared =
        static_cast<std::size_t>(std::ranges::count_if(words, [&](const auto& word) { return own.contains(word); }));
    if (2 * shared < std::max(own.size(), words.size()) || shared <= most) continue;
    most = shared;
    best = &paragraph;
  }
  return best;
}

// The word that ends at a place of a text, and the one that begins there; empty: none.
std::string word_before(const std::string& text, std::size_t at) {
  const auto tokens = text::tokens_of(std::string_view(text).substr(0, at));
  return tokens.empty() ? std::string() : tokens.back().text;
}
std::string word_after(const std::string& text, std::size_t at) {
  const auto tokens = text::tokens_of(std::string_view(text).substr(at));
  return tokens.empty() ? std::string() : tokens.front().text;
}

bool is_whole(const std::string& text, std::size_t begin, std::size_t size) {
  return std::ranges::any_of(text::tokens_of(text), [&](const auto& token) { return token.begin == begin; }) &&
         std::ranges::any_of(text::tokens_of(text), [&](const auto& token) { return token.end == begin + size; });
}

// Where a figure stands again: the same words, with one word beside them as before. A number between other words may
// be another one.
std::size_t found_again(const std::string& edited, const Run& run, const std::string& before, const std::string& after,
                        std::size_t from) {
  for (auto at = edited.find(run.text, from); at != std::string::npos; at = edited.find(run.text, at + 1)) {
    if (run.is_quoted) return at;
    const bool is_beside = word_before(edited, at) == before || word_after(edited, at + run.text.size()) == after;
    if (is_beside && is_whole(edited, at, run.text.size())) return at;
  }
  return std::string::npos;
}

Paragraph edited_paragraph(const std::string& edited, const Paragraph& origin) {
  const auto text = text_of(origin);
  Paragraph paragraph{.kind = origin.kind, .runs = {}};
  std::size_t done = 0;
  std::size_t place = 0;
  for (const auto& run : origin.runs) {
    const auto begin = place;
    place += run.text.size();
    if (run.text.empty() || (run.cell.empty() && !run.is_quoted)) continue;
    const auto at = found_again(edited, run, word_before(text, begin), word_after(text, place), done);
    if (at == std::string::npos) continue;
    if (at > done) paragraph.runs.push_back({edited.substr(done, at - done)});
    paragraph.runs.push_back(run);
    done = at + run.text.size();
  }
  if (done < edited.size()) paragraph.runs.push_back({edited.substr(done)});
  return paragraph;
}

}  // namespace

Document edited_document(Document generated, const std::vector<std::string>& edited) {
  std::map<std::string, Paragraph> known;
  for (auto& block : generated.blocks)
    if (auto* const paragraph = std::get_if<Paragraph>(&block)) {
      auto text = text_of(*paragraph);
      known.emplace(std::move(text), std::move(*paragraph));
    }
  generated.blocks.clear();
  if (!generated.page_mark.empty())
    generated.blocks.emplace_back(Paragraph{Paragraph::Kind::mark, {{generated.page_mark}}});
  for (const auto& text : edited) {
    const auto found = known.find(text);
    const bool is_known = found != known.end();
    if (is_known && found->second.kind == Paragraph::Kind::mark) continue;  // it stands at head and foot
    const auto* const origin = is_known ? &found->second : origin_of(text, known);
    if (origin == nullptr || (!is_known && origin->kind == Paragraph::Kind::mark))
      generated.blocks.emplace_back(Paragraph{.runs = {{text}}});
    else
      generated.blocks.emplace_back(is_known ? *origin : edited_paragraph(text, *origin));
  }
  if (!generated.page_mark.empty())
    generated.blocks.emplace_back(Paragraph{Paragraph::Kind::mark, {{generated.page_mark}}});
  return generated;
}

}  // namespace perspective::report
