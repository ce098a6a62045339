#include "report/printing.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "text/sentences.h"

namespace perspective::report {
namespace {

// Behind the id of a finding, the arguments that are its number, or words for it. {x_who} and the like are not.
constexpr std::array<std::string_view, 14> kFigures{
    "",         "_start",      "_as_count",  "_as_count_of",  "_percent",     "_count",      "_base",
    "_missing", "_count_text", "_base_text", "_missing_text", "_count_start", "_base_start", "_missing_start"};
constexpr std::array<std::string_view, 3> kRespondents{"respondents", "respondents_text", "respondents_start"};

std::string finding_of(std::string_view argument, const std::vector<std::string>& findings) {
  for (const auto& finding : findings) {
    if (!argument.starts_with(finding)) continue;
    if (std::ranges::find(kFigures, argument.substr(finding.size())) != kFigures.end()) return finding;
  }
  return {};
}

// {x_from} and {x_to}: words between them say what x counts, without a number.
constexpr std::string_view kFrom = "_from";
constexpr std::string_view kTo = "_to";

bool is_of(std::string_view argument, std::string_view ending, const std::vector<std::string>& findings) {
  return std::ranges::any_of(findings, [&](const auto& finding) { return argument == finding + std::string(ending); });
}

// Words between such two become as good as a figure of that finding's; nothing empty is left.
void take_marks(std::vector<text::Piece>& pieces, const std::vector<std::string>& findings) {
  std::string within;
  std::erase_if(pieces, [&](text::Piece& piece) {
    const bool begins = is_of(piece.argument, kFrom, findings);
    if (begins) within = piece.argument.substr(0, piece.argument.size() - kFrom.size());
    const bool ends = is_of(piece.argument, kTo, findings);
    if (ends) within.clear();
    if (begins || ends || piece.text.empty()) return true;
    if (piece.argument.empty()) piece.argument = within;
    return false;
  });
}

bool is_plain(const PrintedPiece& piece) { return piece.finding.empty() && !piece.is_respondents && !piece.is_quoted; }

void trim(std::vector<text::Piece>& pieces) {
  constexpr std::string_view kBlank = " \n";
  while (!pieces.empty() && pieces.back().text.find_last_not_of(kBlank) == std::string::npos) pieces.pop_back();
  while (!pieces.empty() && pieces.front().text.find_first_not_of(kBlank) == std::string::npos)
    pieces.erase(pieces.begin());
  if (pieces.empty()) return;
  auto& last = pieces.back().text;
  last.erase(last.find_last_not_of(kBlank) + 1);
  auto& first = pieces.front().text;
  first.erase(0, first.find_first_not_of(kBlank));
}

}  // namespace

std::string PrintedSentence::text() const {
  std::string text;
  for (const auto& piece : pieces) text += piece.text;
  return text;
}

std::vector<PrintedPiece> printed_pieces(std::vector<text::Piece> pieces, const std::vector<std::string>& findings,
                                         const std::vector<PrintedPiece>& quoted) {
  take_marks(pieces, findings);
  trim(pieces);
  std::vector<PrintedPiece> printed;
  const auto add = [&](PrintedPiece piece) {
    if (is_plain(piece) && !printed.empty() && is_plain(printed.back()))
      printed.back().text += piece.text;
    else
      printed.push_back(std::move(piece));
  };
  for (auto& piece : pieces) {
    if (piece.argument == "quotes") {
      std::ranges::for_each(quoted, add);
      continue;
    }
    const bool is_respondents = std::ranges::find(kRespondents, piece.argument) != kRespondents.end();
    add({.text = std::move(piece.text),
         .finding = finding_of(piece.argument, findings),
         .is_respondents = is_respondents});
  }
  return printed;
}

std::vector<PrintedPiece> respondents_pieces(std::vector<text::Piece> line, const std::string& language) {
  auto printed = printed_pieces(std::move(line), {});
  if (printed.empty() || std::ranges::any_of(printed, &PrintedPiece::is_respondents)) return printed;
  auto& first = printed.front();
  const auto sentences = text::sentences_of(first.text, language);
  if (sentences.empty() || !first.text.starts_with(sentences.front())) return printed;
  auto rest = first.text.substr(sentences.front().size());
  first = {.text = sentences.front(), .is_respondents = true};
  if (!rest.empty()) printed.insert(printed.begin() + 1, {.text = std::move(rest)});
  return printed;
}

}  // namespace perspective::report
