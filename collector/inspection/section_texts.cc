#include "inspection/section_texts.h"

#include <algorithm>
#include <boost/json.hpp>
#include <set>
#include <utility>

#include "inspection/life.h"
#include "inspection/opened.h"
#include "inspection/releases.h"
#include "inspection/sealing.h"
#include "report/document.h"
#include "report/numbers.h"

namespace perspective::inspection {
namespace {

namespace json = boost::json;

constexpr std::string_view kRecordKind = "section text";
constexpr int kFormat = 1;
constexpr std::size_t kMostTextBytes = 60'000;
constexpr std::size_t kPaddedBytes = 192 * 1024;  // text, what was generated then, and what JSON makes of line breaks

struct KeptText {
  std::string text;
  std::vector<std::string> generated;
  std::string by;
  std::int64_t at_s = 0;
};

std::string id_of(std::string_view inspection, const SectionName& name) {
  return std::string(inspection) + "/" + name.kind + "/" + name.language;
}

std::string to_json(const KeptText& kept) {
  return json::serialize(json::object{{"format", kFormat},
                                      {"text", kept.text},
                                      {"generated", json::value_from(kept.generated)},
                                      {"by", kept.by},
                                      {"at_s", kept.at_s}});
}

Result<KeptText> kept_from(const Opened& opened, const std::string& body) {
  const auto sealed = from_hex(body);
  if (!sealed) return std::unexpected(sealed.error());
  const auto plain = opened.open_sealed(*sealed);
  if (!plain) return std::unexpected(plain.error());
  try {
    const auto text = plain->text();
    const json::value value = json::parse(json::string_view(text.data(), text.size()));
    if (value.at("format").to_number<int>() != kFormat)
      return fail(ErrorCode::corrupt, "the edited section was kept by a newer program");
    return KeptText{json::value_to<std::string>(value.at("text")),
                    json::value_to<std::vector<std::string>>(value.at("generated")),
                    json::value_to<std::string>(value.at("by")), value.at("at_s").to_number<std::int64_t>()};
  } catch (const std::exception&) {  // its text could hold a piece of it
    return fail(ErrorCode::corrupt, "the edited section can not be read");
  }
}

Result<void> check_name(const SectionName& name) {
  if ((name.kind == "full" || name.kind == "release") && !name.language.empty()) return {};
  return fail(ErrorCode::invalid, "\"kind\" may be full or release, and \"language\" is needed");
}

}  // namespace

Result<std::string> SectionTexts::generated(std::string_view inspection, const SectionName& name) {
  if (auto checked = check_name(name); !checked) return std::unexpected(checked.error());
  const auto document = name.kind == "full" ? inspections_.full_document(inspection, name.language)
                                            : Releases(inspections_).document(inspection, name.language);
  if (!document) return std::unexpected(document.error());
  return to_text(*document);
}

Result<EditedSection> SectionTexts::read(std::string_view inspection, const SectionName& name) {
  const auto opened = inspections_.used(inspection);
  if (!opened) return std::unexpected(opened.error());
  const auto now = generated(inspection, name);
  if (!now) return std::unexpected(now.error());
  EditedSection section{.text = std::nullopt, .generated = report::paragraphs_in(*now)};
  const auto record = inspections_.store_.record(kRecordKind, id_of(inspection, name));
  if (!record && record.error().code == ErrorCode::not_found) return section;
  if (!record) return std::unexpected(record.error());
  auto kept = kept_from(**opened, record->body);
  if (!kept) return std::unexpected(kept.error());
  section.version = record->version;
  section.by = kept->by;
  section.at_s = kept->at_s;
  section.differences = report::differences_of(kept->generated, section.generated, report::paragraphs_in(kept->text));
  section.text = std::move(kept->text);
  return section;
}

Result<std::vector<std::string>> SectionTexts::unknown_numbers(std::string_view inspection, const SectionEdit& edit) {
  std::vector<std::string> unknown;
  const auto now = generated(inspection, edit.name);
  if (!now) return std::unexpected(now.error());
  if (edit.name.kind != "release") return unknown;
  const auto allowed = report::numbers_in(*now, edit.name.language);
  for (const auto& number : report::numbers_in(edit.text, edit.name.language))
    if (!allowed.contains(number)) unknown.push_back(number);
  return unknown;
}

Result<EditOutcome> SectionTexts::keep(std::string_view inspection, const SectionEdit& edit,
                                       const store::NextEntry& entry) {
  const auto opened = inspections_.quotable(inspection);
  if (!opened) return std::unexpected(opened.error());
  const auto head = inspections_.store_.head(inspection);
  if (!head) return std::unexpected(head.error());
  const auto state = state_of(head->state, head->id);
  if (!state) return std::unexpected(state.error());
  // What is kept holds the words of quotations, and counts; whoever takes back their answers takes them from there,
  // too.
  if (allowed_in(*state).withdrawals) {
    return fail(ErrorCode::conflict,
                "a section is edited once fieldwork has ended: until then people may take back what it is made of");
  }
  if (edit.text.size() > kMostTextBytes) return fail(ErrorCode::invalid, "a section has at most 60000 bytes");
  auto unknown = unknown_numbers(inspection, edit);
  if (!unknown) return std::unexpected(unknown.error());
  const std::set<std::string> confirmed(edit.confirmed_numbers.begin(), edit.confirmed_numbers.end());
  if (!std::ranges::all_of(*unknown, [&](const std::string& number) { return confirmed.contains(number); })) {
    return EditOutcome{.numbers = *std::move(unknown), .version = edit.version};
  }
  const auto now = generated(inspection, edit.name);
  if (!now) return std::unexpected(now.error());
  const KeptText kept{edit.text, report::paragraphs_in(*now), edit.by, inspections_.clock_.now_s()};
  const auto sealed = seal_padded(to_json(kept), kPaddedBytes, (*opened)->record().package);
  if (!sealed) return std::unexpected(sealed.error());
  const store::Record record{.kind = std::string(kRecordKind),
                             .id = id_of(inspection, edit.name),
                             .version = edit.version,
                             .body = to_hex(*sealed)};
  if (auto put = inspections_.store_.put_record(record, entry); !put) return std::unexpected(put.error());
  return EditOutcome{.numbers = *std::move(unknown), .is_kept = true, .version = edit.version + 1};
}

}  // namespace perspective::inspection
