#include "report/quotations.h"

#include <algorithm>
#include <utility>

#include "report/phrase.h"

namespace perspective::report {
namespace {

// Capitals of the Latin alphabet sort with their small letters.
std::string folded(const Quotation& quotation) {
  std::string text = quotation.printed;
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

// The writer's words, and beside them what somebody made of them in the section's language.
Result<void> add(const Quotation& quotation, const text::Catalogue& words, std::vector<PrintedPiece>& pieces) {
  const auto quote =
      words.format(quotation.is_sic ? "report.quote.sic" : "report.quote.plain", {{"words", quotation.printed}});
  if (!quote) return std::unexpected(quote.error());
  const bool is_of_another = quotation.language != words.language();
  const PrintedPiece own{
      .text = *quote, .is_quoted = true, .language = is_of_another ? quotation.language : std::string()};
  if (quotation.translation.empty()) {
    pieces.push_back(own);
    return {};
  }
  const auto translated =
      words.pieces("report.quote.translated",
                   {{"quote", *quote}, {"translation", quotation.translation}, {"translator", quotation.translator}});
  if (!translated) return std::unexpected(translated.error());
  bool is_beside = false;  // more of the translation's side
  for (const auto& piece : *translated) {
    const bool is_own = piece.argument == "quote";
    if (is_own)
      pieces.push_back(own);
    else if (is_beside)
      pieces.back().text += piece.text;
    else
      pieces.push_back({.text = piece.text, .is_quoted = true});
    is_beside = !is_own;
  }
  return {};
}

}  // namespace

std::vector<Quotation> chosen_for(const survey::Sentence& sentence, const std::string& questionnaire,
                                  const std::vector<Quotation>& quotations) {
  std::vector<Quotation> chosen;
  for (const auto& quotation : quotations) {
    const bool is_here = std::ranges::find(sentence.quotes, quotation.variable) != sentence.quotes.end();
    if (is_here && quotation.questionnaire == questionnaire) chosen.push_back(quotation);
  }
  std::ranges::sort(chosen, {}, [](const auto& q) { return std::pair(folded(q), q.printed); });
  return chosen;
}

Result<std::vector<PrintedPiece>> quoted_pieces(const std::vector<Quotation>& quotations,
                                                const text::Catalogue& words) {
  const auto separator = words.format("report.quote.separator");
  if (!separator) return std::unexpected(separator.error());
  const auto last = words.format("report.quote.last");
  if (!last) return std::unexpected(last.error());
  std::vector<PrintedPiece> pieces;
  for (const auto& quotation : quotations) {
    if (!pieces.empty()) pieces.push_back({.text = &quotation == &quotations.back() ? *last : *separator});
    const auto added = add(quotation, words, pieces);
    if (!added) return std::unexpected(added.error());
  }
  return pieces;
}

Result<std::string> quoted(const std::vector<Quotation>& quotations, const text::Catalogue& words) {
  const auto pieces = quoted_pieces(quotations, words);
  if (!pieces) return std::unexpected(pieces.error());
  std::string text;
  for (const auto& piece : *pieces) text += piece.text;
  return text;
}

text::Arguments respondents_arguments(std::int64_t respondents, const std::string& language) {
  text::Arguments arguments;
  add_number("respondents", respondents, language, arguments);
  return arguments;
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \n");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \n") - first + 1);
}

}  // namespace perspective::report
