#include "report/section.h"

#include <algorithm>
#include <optional>

#include "report/head.h"
#include "report/page.h"
#include "report/phrase.h"

namespace perspective::report {
namespace {

using Kind = Paragraph::Kind;

Result<std::vector<text::Piece>> respondents_line(const Chapter& chapter) {
  const auto respondents = chapter.tally->respondents;
  if (respondents == 0) return chapter.words.pieces("report.nobody");
  const auto* key = chapter.words.has("section.respondents") ? "section.respondents" : "report.respondents";
  text::Arguments arguments;
  add_number("respondents", respondents, chapter.words.language(), arguments);
  auto line = chapter.words.pieces(key, arguments);
  if (!line || chapter.tally->on_paper == 0) return line;
  text::Arguments on_paper;
  add_number("count", chapter.tally->on_paper, chapter.words.language(), on_paper);
  const auto said = chapter.words.format("report.on_paper", on_paper);
  if (!said) return std::unexpected(said.error());
  line->push_back({" " + *said});
  return line;
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

Result<std::string> small_topics(const Chapter& chapter, const std::vector<const tally::FindingCount*>& small) {
  std::vector<std::string> topics;
  for (const auto* finding : small) {
    auto topic = topic_of(chapter, *finding);
    if (!topic) return topic;
    if (std::ranges::find(topics, *topic) == topics.end()) topics.push_back(std::move(*topic));
  }
  const auto separator = chapter.words.format("report.caveat.separator");
  if (!separator) return separator;
  const auto last = chapter.words.format("report.caveat.last");
  if (!last) return last;
  return chapter.words.format("report.caveat.small", {{"topics", text::joined(topics, *separator, *last)}});
}

// Empty: no base is small.
Result<std::string> caveat_of(const Chapter& chapter, const std::vector<PrintedParagraph>& paragraphs) {
  const auto findings = printed_findings(chapter, paragraphs);
  std::vector<const tally::FindingCount*> small;
  std::ranges::copy_if(findings, std::back_inserter(small), [](const auto* f) { return f->base < kSmallBase; });
  if (small.empty()) return std::string();
  if (small.size() == findings.size()) return chapter.words.format("report.caveat.every");
  return small_topics(chapter, small);
}

void write_chapter(const Chapter& chapter, const std::vector<Quotation>& quotations, Page& page) {
  const auto paragraphs = paragraphs_of(chapter, quotations);
  if (!paragraphs) return page.failed(paragraphs.error());
  page.paragraph(Kind::heading, chapter.words.format("section.heading"));
  page.respondents(chapter.questionnaire->id, respondents_line(chapter));
  if (chapter.tally->respondents == 0) return;
  for (const auto& paragraph : *paragraphs) page.sentences(chapter.questionnaire->id, paragraph);
  page.paragraph(Kind::note, caveat_of(chapter, *paragraphs));
}

}  // namespace

Result<Document> full_document(const Draft& draft, const text::Catalogue& phrases) {
  Page page(phrases.language());
  const auto mark = phrases.format("report.mark");
  page.page_mark(mark);
  page.paragraph(Kind::note, draft_line(draft, phrases));
  page.title(phrases.format("report.title", {{"area", draft.area}, {"inspection", draft.inspection}}));
  page.paragraph(Kind::note, set_aside_line(draft, phrases));
  page.paragraph(Kind::note, gap_lines(draft, phrases));
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
