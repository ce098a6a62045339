#include "report/release_section.h"
#include "report/printing.h"

#include <algorithm>

#include "report/head.h"
#include "report/page.h"
#include "report/phrase.h"
#include "report/quotations.h"
#include "report/statement_arguments.h"

namespace perspective::report {
namespace {

using Kind = Paragraph::Kind;

Result<text::Arguments> arguments_of(const ReleaseChapter& chapter, const survey::Sentence& sentence,
                                     const std::vector<Quotation>& quotations) {
  auto arguments = respondents_arguments(chapter.part->respondents, chapter.words.language());
  arguments["quotes_count"] = static_cast<std::int64_t>(quotations.size());
  auto quotes = quoted(quotations, chapter.words);
  if (!quotes) return std::unexpected(quotes.error());
  arguments["quotes"] = std::move(*quotes);
  for (const auto& id : sentence.findings) {
    const auto added = add_release_arguments(*chapter.questionnaire, *chapter.part, id, chapter.words, arguments);
    if (!added) return std::unexpected(added.error());
  }
  return arguments;
}

// Where the questionnaire has no words for a release: "Being listened to: 15 of the 21 who answered."
Result<std::vector<text::Piece>> lines_of(const ReleaseChapter& chapter, const survey::Sentence& sentence,
                                          const text::Arguments& arguments) {
  std::vector<text::Piece> lines;
  for (const auto& id : sentence.findings) {
    if (!is_said(*chapter.part, id)) continue;
    const auto key = "section.about." + id;
    const auto topic = chapter.words.has(key) ? chapter.words.format(key)
                                              : Result<std::string>(chapter.questionnaire->finding(id)->item);
    if (!topic) return std::unexpected(topic.error());
    auto line =
        chapter.words.pieces("report.release.line", {{"topic", text::capitalised(*topic, chapter.words.language())},
                                                     {"statement", arguments.at(id)},
                                                     {"who", arguments.at(id + "_who")}});
    if (!line) return line;
    if (!lines.empty()) lines.push_back({" "});
    for (auto& piece : *line) lines.push_back({std::move(piece.text), piece.argument == "statement" ? id : ""});
  }
  return lines;
}

Result<std::vector<text::Piece>> words_of(const ReleaseChapter& chapter, const survey::Sentence& sentence,
                                          const text::Arguments& arguments) {
  const auto key = "section." + sentence.id + ".release";
  if (chapter.words.has(key)) return chapter.words.pieces(key, arguments);
  if (sentence.quotes.empty()) return lines_of(chapter, sentence, arguments);
  // What a full sentence says beside its quotations may be a number.
  return std::vector<text::Piece>{{std::get<std::string>(arguments.at("quotes")), "quotes"}};
}

// Empty: it is left out.
Result<SentencePieces> pieces_of(const ReleaseChapter& chapter, const survey::Sentence& sentence,
                                 const std::vector<Quotation>& all_quotations) {
  const auto quotations = chosen_for(sentence, chapter.questionnaire->id, all_quotations);
  const bool is_mute = !sentence.quotes.empty() && quotations.empty();
  const bool is_silent = std::ranges::none_of(
      sentence.findings, [&](const std::string& finding) { return is_said(*chapter.part, finding); });
  if (is_mute || (is_silent && !sentence.findings.empty())) return SentencePieces();
  const auto arguments = arguments_of(chapter, sentence, quotations);
  if (!arguments) return std::unexpected(arguments.error());
  auto quoted = quoted_pieces(quotations, chapter.words);
  if (!quoted) return std::unexpected(quoted.error());
  auto pieces = words_of(chapter, sentence, *arguments);
  if (!pieces) return std::unexpected(pieces.error());
  return SentencePieces{*std::move(pieces), *std::move(quoted)};
}

bool belong_together(const ReleaseChapter& chapter) {
  if (chapter.questionnaire == nullptr || chapter.part == nullptr) return false;
  return chapter.part->questionnaire == chapter.questionnaire->id &&
         chapter.part->version == chapter.questionnaire->version &&
         std::ranges::equal(chapter.questionnaire->findings, chapter.part->statements, {}, &survey::Finding::id,
                            &release::Statement::finding);
}

Result<std::vector<text::Piece>> respondents_line(const ReleaseChapter& chapter) {
  if (chapter.part->respondents == 0) return chapter.words.pieces("report.nobody");
  const auto* key =
      chapter.words.has("section.respondents.release") ? "section.respondents.release" : "report.respondents";
  return chapter.words.pieces(key, respondents_arguments(chapter.part->respondents, chapter.words.language()));
}

void write_chapter(const ReleaseChapter& chapter, const std::vector<Quotation>& quotations, Page& page) {
  const auto paragraphs = paragraphs_of(chapter, quotations);
  if (!paragraphs) return page.failed(paragraphs.error());
  page.paragraph(Kind::heading, chapter.words.format("section.heading"));
  page.respondents(chapter.questionnaire->id, respondents_line(chapter));
  if (chapter.part->respondents == 0) return;
  page.paragraph(Kind::note, note_on_figures({chapter.part, 1}, chapter.words));
  for (const auto& paragraph : *paragraphs) page.sentences(chapter.questionnaire->id, paragraph);
}

}  // namespace

Result<std::vector<PrintedParagraph>> paragraphs_of(const ReleaseChapter& chapter,
                                                    const std::vector<Quotation>& quotations) {
  if (!belong_together(chapter))
    return fail(ErrorCode::invalid, "a chapter of the release has no questionnaire, or the part of another");
  return printed(*chapter.questionnaire,
                 [&](const survey::Sentence& sentence) { return pieces_of(chapter, sentence, quotations); });
}

Result<Document> release_document(const ReleaseDraft& draft, const text::Catalogue& phrases) {
  Page page(phrases.language());
  const bool has_draft_words = is_draft(phrases) || std::ranges::any_of(draft.chapters, [](const auto& chapter) {
                                 return is_draft(chapter.words);
                               });
  page.paragraph(Kind::note, draft_line(has_draft_words, phrases));
  page.title(phrases.format("report.title", {{"area", draft.area}, {"inspection", draft.inspection}}));
  for (const auto& chapter : draft.chapters) write_chapter(chapter, draft.quotations, page);
  if (std::ranges::any_of(draft.chapters, [](const auto& chapter) { return has_edges(*chapter.part); }))
    page.paragraph(Kind::note, phrases.format("report.release.note.edges"));
  if (std::ranges::any_of(draft.chapters, [](const auto& chapter) { return chapter.part->respondents > 0; })) {
    page.paragraph(Kind::note, phrases.format("report.caveat.self_chosen"));
  }
  return page.finished();
}

Result<std::string> release_section(const ReleaseDraft& draft, const text::Catalogue& phrases) {
  const auto document = release_document(draft, phrases);
  if (!document) return std::unexpected(document.error());
  return to_text(*document);
}

}  // namespace perspective::report
