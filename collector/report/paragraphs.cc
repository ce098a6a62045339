#include <algorithm>
#include <utility>

#include "report/phrase.h"
#include "report/printing.h"
#include "report/quotations.h"
#include "report/section.h"
#include "report/statement_arguments.h"

namespace perspective::report {
namespace {

Result<text::Arguments> arguments_of(const Chapter& chapter, const survey::Sentence& sentence,
                                     const std::vector<Quotation>& quotations) {
  auto arguments = respondents_arguments(chapter.tally->respondents, chapter.words.language());
  arguments["quotes_count"] = static_cast<std::int64_t>(quotations.size());
  auto quotes = quoted(quotations, chapter.words);
  if (!quotes) return std::unexpected(quotes.error());
  arguments["quotes"] = std::move(*quotes);
  for (const auto& id : sentence.findings) {
    const auto added =
        add_arguments(*chapter.tally->finding(id), chapter.questionnaire->finding(id)->form, chapter.words, arguments);
    if (!added) return std::unexpected(added.error());
  }
  return arguments;
}

// Nobody answered inside the base of one of its findings.
bool has_empty_base(const Chapter& chapter, const survey::Sentence& sentence) {
  return std::ranges::any_of(sentence.findings, [&](const auto& id) {
    const auto* finding = chapter.tally->finding(id);
    return finding->base == finding->missing;
  });
}

// Empty: it is left out.
Result<SentencePieces> pieces_of(const Chapter& chapter, const survey::Sentence& sentence,
                                 const std::vector<Quotation>& all_quotations) {
  const auto quotations = chosen_for(sentence, chapter.questionnaire->id, all_quotations);
  const bool is_mute = !sentence.quotes.empty() && quotations.empty();
  const bool is_left_out = is_mute || has_empty_base(chapter, sentence);
  if (is_left_out && !sentence.otherwise) return SentencePieces();
  const auto key = "section." + (is_left_out ? *sentence.otherwise : sentence.id);
  const auto arguments = arguments_of(chapter, sentence, quotations);
  if (!arguments) return std::unexpected(arguments.error());
  auto pieces = chapter.words.pieces(key, *arguments);
  if (!pieces) return std::unexpected(pieces.error());
  auto quoted = quoted_pieces(quotations, chapter.words);
  if (!quoted) return std::unexpected(quoted.error());
  return SentencePieces{*std::move(pieces), *std::move(quoted)};
}

// A tally of this very questionnaire has all of its findings: what add_arguments() relies on.
bool belong_together(const Chapter& chapter) {
  if (chapter.questionnaire == nullptr || chapter.tally == nullptr) return false;
  const auto& findings = chapter.questionnaire->findings;
  return chapter.tally->questionnaire == chapter.questionnaire->id &&
         std::ranges::equal(findings, chapter.tally->findings, {}, &survey::Finding::id, &tally::FindingCount::id);
}

}  // namespace

ExampleArguments::ExampleArguments() : of_respondents_(respondents_arguments(0, "en")) {
  const auto phrases =
      text::Catalogue::parse(R"({"report.phrase.count.none": "none", "report.phrase.count_of.none": "none"})", "en");
  tally::FindingCount x;
  x.id = "x";
  if (!phrases || !add_arguments(x, survey::Form::count, *phrases, of_x_)) of_x_["x"] = std::string();
}

text::Arguments ExampleArguments::of(const survey::Sentence& sentence) const {
  auto arguments = of_respondents_;
  arguments["quotes_count"] = std::int64_t{0};
  arguments["quotes"] = std::string();
  for (const auto& id : sentence.findings) {
    for (const auto& [name, value] : of_x_) arguments[id + name.substr(1)] = value;
  }
  return arguments;
}

text::Arguments ExampleArguments::of_release(const survey::Sentence& sentence) const {
  auto arguments = of_respondents_;
  arguments["quotes_count"] = std::int64_t{0};
  arguments["quotes"] = std::string();
  for (const auto& id : sentence.findings)
    for (const auto* name : kReleaseArguments) arguments[id + name] = std::string();
  return arguments;
}

Result<std::vector<PrintedParagraph>> paragraphs_of(const Chapter& chapter, const std::vector<Quotation>& quotations) {
  if (!belong_together(chapter))
    return fail(ErrorCode::invalid, "a chapter of the section has no questionnaire, or the tally of another");
  return printed(*chapter.questionnaire,
                 [&](const survey::Sentence& sentence) { return pieces_of(chapter, sentence, quotations); });
}

}  // namespace perspective::report
