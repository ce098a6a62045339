#include "inspection/section_texts.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/log.h"
#include "inspection/life.h"
#include "inspection/opened.h"
#include "inspection/releases.h"
#include "inspection/results.h"
#include "inspection/sealing.h"
#include "report/amounts.h"
#include "report/edited_document.h"
#include "report/held_words.h"
#include "text/hidden.h"

namespace perspective::inspection {
namespace {

constexpr std::string_view kRecordKind = "section text";
constexpr std::size_t kMostTextBytes = 60'000;
// The text, what was generated then, whose words these are, and what JSON makes of line breaks.
constexpr std::size_t kPaddedBytes = 320 * 1024;

std::string id_of(std::string_view inspection, const SectionName& name) {
  return std::string(inspection) + "/" + name.kind + "/" + name.language;
}
store::Record record_of(std::string_view inspection, const SectionName& name, std::int64_t version) {
  return {.kind = std::string(kRecordKind), .id = id_of(inspection, name), .version = version};
}

Result<KeptSection> kept_from(const Opened& opened, const std::string& body) {
  const auto sealed = from_hex(body);
  if (!sealed) return std::unexpected(sealed.error());
  const auto plain = opened.open_sealed(*sealed);
  if (!plain) return std::unexpected(plain.error());
  return kept_section_from(plain->text());
}

Result<void> check_name(const SectionName& name) {
  if ((name.kind == "full" || name.kind == "release") && !name.language.empty()) return {};
  return fail(ErrorCode::invalid, "\"kind\" may be full or release, and \"language\" is needed");
}

std::vector<NotQuoted> not_quoted_of(const EditedQuotations& found, const std::vector<std::string>& paragraphs) {
  std::vector<NotQuoted> all;
  for (std::size_t i = 0; i < found.passages.size(); ++i) {
    const auto& [paragraph, begin, end, _] = found.passages[i];
    all.push_back({paragraphs[paragraph].substr(begin, end - begin), paragraph, found.is_chosen[i]});
  }
  return all;
}

std::string numbered(const std::vector<std::size_t>& paragraphs) {
  std::string numbers;
  for (const auto paragraph : paragraphs) numbers += (numbers.empty() ? "" : ", ") + std::to_string(paragraph + 1);
  return numbers;
}

// Without a word of it: errors are logged.
std::unexpected<Error> not_quoted_in(const SectionName& name, const EditedQuotations& foreign) {
  std::vector<std::size_t> paragraphs;
  for (const auto& each : foreign.passages)
    if (paragraphs.empty() || paragraphs.back() != each.paragraph) paragraphs.push_back(each.paragraph);
  return fail(ErrorCode::conflict,
              "the edited release ('" + name.language +
                  "') has words of comments that the release does not quote "
                  "(paragraph " +
                  numbered(paragraphs) +
                  "): they could tell how many were asked. Edit it and take them out; saving it says which they are");
}

std::unexpected<Error> words_went() {
  return fail(ErrorCode::conflict,
              "since this section was read somebody took their answers back, or something was redacted, and what was "
              "typed may have their words. Read it again; of your own words copy what quotes nobody who is no longer "
              "there");
}

Error not_kept(const Error& why) {
  return {why.code, why.what + ". What was typed is not kept: copy it before you read this section again"};
}

}  // namespace

Result<report::Document> SectionTexts::generated(std::string_view inspection, const SectionName& name) {
  return name.kind == "full" ? inspections_.full_document(inspection, name.language)
                             : Releases(inspections_).document(inspection, name.language);
}

Result<std::optional<SectionTexts::Kept>> SectionTexts::kept(std::string_view inspection, const SectionName& name,
                                                             const Opened& opened, const Opened::AllSaid& all) {
  for (int attempt = 0;; ++attempt) {
    const auto record = inspections_.store_.record(kRecordKind, id_of(inspection, name));
    if (!record && record.error().code == ErrorCode::not_found) return std::nullopt;
    if (!record) return std::unexpected(record.error());
    auto section = kept_from(opened, record->body);
    if (!section) return std::unexpected(section.error());
    if (!inspection::take_out_what_went(*section, all.said)) return Kept{record->version, *std::move(section)};
    // Sealed or not, it is not for keeping any more.
    const auto put = this->put(record_of(inspection, name, record->version), *section, opened, {});
    if (put) return Kept{record->version + 1, *std::move(section)};
    if (put.error().code != ErrorCode::conflict || attempt > 0) return std::unexpected(put.error());
  }
}

Result<void> SectionTexts::put(store::Record record, const KeptSection& kept, const Opened& opened,
                               const store::NextEntry& entry) {
  const auto sealed = seal_padded(to_json(kept), kPaddedBytes, opened.record().package);
  if (!sealed) return std::unexpected(sealed.error());
  record.body = to_hex(*sealed);
  return inspections_.store_.put_record(record, entry);
}

// What is said is asked first: words that go after that make what is handed out one of before.
Result<EditedSection> SectionTexts::read(std::string_view inspection, const SectionName& name) {
  if (auto checked = check_name(name); !checked) return std::unexpected(checked.error());
  const auto opened = inspections_.used(inspection);
  if (!opened) return std::unexpected(opened.error());
  const auto all = (*opened)->all_said(name.language);
  if (!all) return std::unexpected(all.error());
  const auto now = generated(inspection, name);
  if (!now) return std::unexpected(now.error());
  EditedSection section{
      .text = std::nullopt, .generated = report::paragraphs_in(to_text(*now)), .words_as_of = all->as_of};
  auto kept = this->kept(inspection, name, **opened, *all);
  if (!kept) return std::unexpected(kept.error());
  if (!*kept) return section;
  auto& edited = (*kept)->section;
  section.version = (*kept)->version;
  section.by = edited.by;
  section.at_s = edited.at_s;
  section.differences = report::differences_of(edited.generated, section.generated, report::paragraphs_in(edited.text));
  section.text = std::move(edited.text);
  section.taken_out = std::move(edited.taken_out);
  return section;
}

void SectionTexts::take_out_what_went(std::string_view inspection) {
  const auto opened = inspections_.opened(inspection);
  if (!opened) return;
  for (const std::string kind : {"full", "release"}) {
    for (const auto& language : (*opened)->record().package.languages) {
      const SectionName name{kind, language};
      if (!inspections_.store_.record(kRecordKind, id_of(inspection, name))) continue;  // nobody edited it
      const auto all = (*opened)->all_said(language);
      if (!all) return log::warning(all.error().what);
      if (const auto kept = this->kept(inspection, name, **opened, *all); !kept) log::warning(kept.error().what);
    }
  }
}

Result<EditedQuotations> SectionTexts::foreign_in(const std::string& text, const SectionName& name,
                                                  const report::Document& generated, Opened& opened) {
  if (name.kind != "release") return EditedQuotations();
  const auto all = opened.all_said(name.language);
  if (!all) return std::unexpected(all.error());
  return not_to_be_quoted(report::paragraphs_in(text), generated, *all);
}

Result<report::Document> SectionTexts::document(std::string_view inspection, const SectionName& name) {
  const auto section = read(inspection, name);
  if (!section) return std::unexpected(section.error());
  if (!section->text) return fail(ErrorCode::not_found, "nobody has edited this section");
  const auto can_be_edited = inspections_.quotable(inspection);  // not once it is published
  if (!section->taken_out.empty() && can_be_edited) {
    return fail(ErrorCode::conflict,
                "words that may no longer be read were taken out of the edited section, where it says " +
                    std::string(report::kTakenOut) + " (paragraph " + numbered(section->taken_out) +
                    "): somebody took their answers back, or something was redacted. Edit and save it, then it can be "
                    "exported");
  }
  auto generated = this->generated(inspection, name);
  if (!generated) return std::unexpected(generated.error());
  const auto opened = inspections_.used(inspection);
  if (!opened) return std::unexpected(opened.error());
  const auto foreign = foreign_in(*section->text, name, *generated, **opened);
  if (!foreign) return std::unexpected(foreign.error());
  if (!foreign->passages.empty() && can_be_edited) return not_quoted_in(name, *foreign);
  if (auto known = check_amounts(*section->text, name, *generated); !known) return std::unexpected(known.error());
  auto paragraphs = report::paragraphs_in(*section->text);
  report::take_out(paragraphs, foreign->passages);
  return report::edited_document(*std::move(generated), paragraphs);
}

Result<std::vector<store::SeenRecord>> SectionTexts::to_publish(std::string_view inspection) {
  const auto opened = inspections_.opened(inspection);
  if (!opened) return std::unexpected(opened.error());
  std::vector<store::SeenRecord> seen;
  for (const auto& language : (*opened)->record().package.languages) {
    const SectionName name{"release", language};
    auto& text = seen.emplace_back(store::SeenRecord{std::string(kRecordKind), id_of(inspection, name)});
    if (!inspections_.store_.record(kRecordKind, text.id)) continue;  // nobody edited it
    const auto section = read(inspection, name);
    if (!section) return std::unexpected(section.error());
    text.version = section->version;
    const auto generated = this->generated(inspection, name);
    if (!generated) return std::unexpected(generated.error());
    const auto foreign = foreign_in(section->text.value_or(""), name, *generated, **opened);
    if (!foreign) return std::unexpected(foreign.error());
    if (!foreign->passages.empty()) return not_quoted_in(name, *foreign);
    auto known = check_amounts(section->text.value_or(""), name, *generated);
    if (!known) return std::unexpected(known.error());
  }
  return seen;
}

Result<std::vector<report::UnknownAmount>> SectionTexts::unknown_amounts(const std::string& text,
                                                                         const SectionName& name,
                                                                         const report::Document& now) const {
  if (name.kind != "release") return std::vector<report::UnknownAmount>();
  const auto phrases = report_phrases(inspections_.setting_.assets, name.language);
  if (!phrases) return std::unexpected(phrases.error());
  const auto languages = report::AmountWords::languages_beside(*phrases);
  if (!languages) return std::unexpected(languages.error());
  std::vector<text::Catalogue> beside;
  for (const auto& language : *languages) {
    auto each = report_phrases(inspections_.setting_.assets, language);
    if (!each) return std::unexpected(each.error());
    beside.push_back(*std::move(each));
  }
  const auto words = report::AmountWords::of(*phrases, beside);
  if (!words) return std::unexpected(words.error());
  return report::unknown_amounts(*words, report::paragraphs_in(text), now);
}

// What may count nobody was confirmed when it was kept.
Result<void> SectionTexts::check_amounts(const std::string& text, const SectionName& name,
                                         const report::Document& now) const {
  const auto unknown = unknown_amounts(text, name, now);
  if (!unknown) return std::unexpected(unknown.error());
  std::vector<std::size_t> paragraphs;
  for (const auto& each : *unknown)
    if (!each.may_be_other && (paragraphs.empty() || paragraphs.back() != each.paragraph))
      paragraphs.push_back(each.paragraph);
  if (paragraphs.empty()) return {};
  return fail(ErrorCode::conflict,
              "the edited release ('" + name.language +
                  "') has amounts that the release does not have there (paragraph " + numbered(paragraphs) +
                  "): it may have been kept beside an earlier release. Edit and save it; saving says which they are");
}

// What is kept holds the words of quotations, and counts; whoever takes back their answers takes them from there, too.
Result<store::AsItStood> SectionTexts::may_be_kept(std::string_view inspection) const {
  const auto head = inspections_.store_.head(inspection);
  if (!head) return std::unexpected(head.error());
  const auto state = state_of(head->state, head->id);
  if (!state) return std::unexpected(state.error());
  if (allowed_in(*state).withdrawals) {
    return fail(ErrorCode::conflict,
                "a section is edited once fieldwork has ended: until then people may take back what it is made of");
  }
  if (!allowed_in(*state).quotations) {
    return fail(ErrorCode::conflict,
                "'" + head->id + "' is " + std::string(to_text(*state)) + ": its sections stay as they are");
  }
  const auto withdrawn = inspections_.store_.count_withdrawn(inspection);
  if (!withdrawn) return std::unexpected(withdrawn.error());
  return store::AsItStood{head->id, head->state, *withdrawn};
}

// Nobody waits for who keeps a text: what anybody changes after the first line, here or at another collector, the store
// finds. What is said is asked last, so that it names all whose words are in what is generated.
Result<EditOutcome> SectionTexts::keep(std::string_view inspection, const SectionEdit& typed,
                                       const store::NextEntry& entry) {
  auto edit = typed;
  edit.text = text::without_hidden(typed.text);  // "fif-teen" with a hyphen of a PDF prints as fifteen
  const auto stands = may_be_kept(inspection);
  if (!stands) return std::unexpected(stands.error());
  if (auto checked = check_name(edit.name); !checked) return std::unexpected(checked.error());
  if (edit.text.size() > kMostTextBytes) return fail(ErrorCode::invalid, "a section has at most 60000 bytes");
  const auto opened = inspections_.used(inspection);
  if (!opened) return std::unexpected(opened.error());
  const auto now = generated(inspection, edit.name);
  if (!now) return std::unexpected(now.error());
  EditOutcome outcome{.version = edit.version};
  auto unknown = unknown_amounts(edit.text, edit.name, *now);
  if (!unknown) return std::unexpected(unknown.error());
  outcome.unknown = *std::move(unknown);
  const auto all = (*opened)->all_said(edit.name.language);
  if (!all) return std::unexpected(all.error());
  if (all->as_of != edit.words_as_of) return words_went();
  if (edit.name.kind == "release") {
    const auto paragraphs = report::paragraphs_in(edit.text);
    outcome.not_quoted = not_quoted_of(not_to_be_quoted(paragraphs, *now, *all), paragraphs);
  }
  const std::set<std::string> confirmed(edit.confirmed_numbers.begin(), edit.confirmed_numbers.end());
  const auto is_confirmed = [&](const auto& each) { return each.may_be_other && confirmed.contains(each.name); };
  if (!outcome.not_quoted.empty() || !std::ranges::all_of(outcome.unknown, is_confirmed)) return outcome;
  KeptSection kept{.text = edit.text,
                   .generated = report::paragraphs_in(to_text(*now)),
                   .by = edit.by,
                   .at_s = inspections_.clock_.now_s()};
  kept.held = held_by(kept, all->said);
  auto record = record_of(inspection, edit.name, edit.version);
  record.only_while = *stands;
  if (auto put = this->put(std::move(record), kept, **opened, entry); !put)
    return std::unexpected(put.error().code == ErrorCode::conflict ? not_kept(put.error()) : put.error());
  outcome.is_kept = true;
  outcome.version = edit.version + 1;
  return outcome;
}

}  // namespace perspective::inspection
