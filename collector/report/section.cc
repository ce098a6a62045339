#include "report/section.h"

#include <algorithm>
#include <optional>

#include "report/head.h"
#include "report/page.h"
#include "report/phrase.h"
#include "report/printing.h"

namespace perspective::report {
namespace {

using Kind = Paragraph::Kind;

Result<std::vector<PrintedPiece>> respondents_line(const Chapter& chapter) {
  const auto respondents = chapter.tally->respondents;
  const auto* key = respondents == 0                           ? "report.nobody"
                    : chapter.words.has("section.respondents") ? "section.respondents"
                                                               : "report.respondents";
  text::Arguments arguments;
  add_number("respondents", respondents, chapter.words.language(), arguments);
  auto line = chapter.words.pieces(key, arguments);
  if (!line) return std::unexpected(line.error());
  auto printed = respondents_pieces(*std::move(line), chapter.words.language());
  if (respondents == 0 || chapter.tally->on_paper == 0) return printed;
  text::Arguments on_paper;
  add_number("count", chapter.tally->on_paper, chapter.words.language(), on_paper);
  auto said = chapter.words.format("report.on_paper", on_paper);
  if (!said) return std::unexpected(said.error());
  printed.push_back({.text = " "});
  // All of it: where a number takes its form from what is counted, it is no part of its own.
  printed.push_back({.text = *std::move(said), .is_respondents = true});
  return printed;
}

// Findings of the printed sentences, each once, as they are met.
std::vector<const tally::FindingCount*> printed_findings(const Chapter& chapter,
                                                         const std::vector<PrintedParagraph>& paragraphs) {
  std::vector<const tally::FindingCount*> findings;
  for (const auto& paragraph : paragraphs)
    for (const auto& sentence : paragraph)
      for (const auto& id : sentence.findings) {
        const auto* finding = chapter.tally->finding(id);
        if (finding->base > 0 && std::ranges::find(findings, finding) == findings.end()) findings.push_back(finding);
      }
  return findings;
}

// "having a plan (three)": section.about.<finding>, else the item's variable.
Result<std::string> topic_of(const Chapter& chapter, const tally::FindingCount& finding) {
  const auto key = "section.about." + finding.id;
  auto topic = chapter.words.has(key) ? chapter.words.format(key) : Result<std::string>(finding.item);
  if (!topic) return topic;
  return chapter.words.format("report.caveat.topic",
                              {{"topic", *topic},
                               {"base", finding.base},
                               {"base_text", number_in_style(finding.base, chapter.words.language())}});
}

Result<std::vector<PrintedPiece>> small_topics(const Chapter& chapter,
                                               const std::vector<const tally::FindingCount*>& small) {
  std::vector<PrintedPiece> topics;  // each leads to the first finding of that name
  for (const auto* finding : small) {
    auto topic = topic_of(chapter, *finding);
    if (!topic) return std::unexpected(topic.error());
    if (std::ranges::find(topics, *topic, &PrintedPiece::text) == topics.end())
      topics.push_back({.text = *std::move(topic), .finding = finding->id});
  }
  const auto separator = chapter.words.format("report.caveat.separator");
  if (!separator) return std::unexpected(separator.error());
  const auto last = chapter.words.format("report.caveat.last");
  if (!last) return std::unexpected(last.error());
  const auto line = chapter.words.pieces("report.caveat.small", {{"topics", "topics"}});
  if (!line) return std::unexpected(line.error());
  std::vector<PrintedPiece> pieces;
  for (const auto& piece : *line) {
    if (piece.argument != "topics") {
      pieces.push_back({.text = piece.text});
      continue;
    }
    for (std::size_t i = 0; i < topics.size(); ++i) {
      if (i > 0) pieces.push_back({.text = i + 1 == topics.size() ? *last : *separator});
      pieces.push_back(topics[i]);
    }
  }
  return pieces;
}

// Empty: no base is small.
Result<std::vector<PrintedPiece>> caveat_of(const Chapter& chapter, const std::vector<PrintedParagraph>& paragraphs) {
  const auto findings = printed_findings(chapter, paragraphs);
  std::vector<const tally::FindingCount*> small;
  std::ranges::copy_if(findings, std::back_inserter(small), [](const auto* f) { return f->base < kSmallBase; });
  if (small.empty()) return std::vector<PrintedPiece>();
  if (small.size() != findings.size()) return small_topics(chapter, small);
  auto every = chapter.words.format("report.caveat.every");
  if (!every) return std::unexpected(every.error());
  return std::vector<PrintedPiece>{{.text = *std::move(every)}};
}

void write_chapter(const Chapter& chapter, const std::vector<Quotation>& quotations, Page& page) {
  const auto paragraphs = paragraphs_of(chapter, quotations);
  if (!paragraphs) return page.failed(paragraphs.error());
  page.paragraph(Kind::heading, chapter.words.format("section.heading"));
  page.pieces(Kind::text, chapter.questionnaire->id, respondents_line(chapter));
  if (chapter.tally->respondents == 0) return;
  for (const auto& paragraph : *paragraphs) page.sentences(chapter.questionnaire->id, paragraph);
  page.pieces(Kind::note, chapter.questionnaire->id, caveat_of(chapter, *paragraphs));
}

}  // namespace

Result<Document> full_document(const Draft& draft, const text::Catalogue& phrases) {
  Page page(phrases.language());
  const auto mark = phrases.format("report.mark");
  page.page_mark(mark);
  page.paragraph(Kind::note, draft_line(draft, phrases));
  page.title(phrases.format("report.title", {{"area", draft.area}, {"inspection", draft.inspection}}));
  // Numbers of responses, tokens and kiosks, in no tally. Whole: a sentence has several, and each is in a row there.
  page.paragraph(Kind::note, set_aside_line(draft, phrases), kOfReconciliation);
  page.paragraph(Kind::note, gap_lines(draft, phrases), kOfReconciliation);
  for (const auto& chapter : draft.chapters) write_chapter(chapter, draft.quotations, page);
  if (std::ranges::any_of(draft.chapters, [](const auto& chapter) { return chapter.tally->respondents > 0; }))
    page.paragraph(Kind::note, phrases.format("report.caveat.self_chosen"));
  page.paragraph(Kind::mark, mark);
  return page.finished();
}

Result<std::string> full_section(const Draft& draft, const text::Catalogue& phrases) {
  const auto document = full_document(draft, phrases);
  if (!document) return std::unexpected(document.error());
  return to_text(*document);
}

}  // namespace perspective::report
