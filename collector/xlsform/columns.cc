#include "xlsform/columns.h"

#include <algorithm>
#include <array>

#include "xlsform/words.h"

namespace perspective::xlsform {
namespace {

bool is_shown(std::string_view kind) { return kind == "label" || kind == "hint"; }

}  // namespace

bool is_translated(std::string_view kind) {
  static constexpr std::array<std::string_view, 9> kKinds{
      "label", "hint",  "guidance_hint", "constraint_message", "required_message",
      "image", "audio", "video",         "big-image"};
  return std::ranges::find(kKinds, kind) != kKinds.end();
}

Languages::Languages(const std::vector<const Table*>& tables, const std::string& unnamed, const std::string& first,
                     Lines& lines)
    : unnamed_(unnamed) {
  for (const Table* table : tables) {
    for (const Heading& heading : table->headings()) {
      if (!is_translated(heading.kind)) continue;
      const bool is_empty =
          std::ranges::all_of(table->rows(), [&](const Row& row) { return Table::cell(row, heading).empty(); });
      const auto code = heading.language.empty() ? std::optional(unnamed) : language_code(heading.language);
      if (!code && !is_empty) {
        add(lines, {Weight::lost,
                    table->name(),
                    {},
                    heading.title,
                    "names a language without its code",
                    "write the code in brackets, as in label::English (en)"});
      } else if (code && is_shown(heading.kind) && std::ranges::find(codes_, *code) == codes_.end()) {
        codes_.push_back(*code);
      }
    }
  }
  const auto wanted = first.empty() ? std::nullopt : language_code(first);
  const auto found = wanted ? std::ranges::find(codes_, *wanted) : codes_.end();
  if (found != codes_.end()) std::rotate(codes_.begin(), found, found + 1);
  if (!first.empty() && found == codes_.end()) {
    add(lines, {Weight::lost,
                "settings",
                {},
                "default_language",
                "\"" + first + "\" is no language that a label has",
                "write it as the labels do, as in English (en); --language says what labels are in that name none"});
  }
}

Texts Languages::texts(const Table& table, const Row& row, std::string_view kind) const {
  Texts texts;
  for (const bool is_named : {true, false}) {  // what names its language is in no other
    for (const Heading& heading : table.headings()) {
      if (heading.kind != kind || heading.language.empty() == is_named) continue;
      const auto code = is_named ? language_code(heading.language) : std::optional(unnamed_);
      std::string text = Table::cell(row, heading);
      if (code && !text.empty()) texts.emplace(*code, std::move(text));
    }
  }
  return texts;
}

}  // namespace perspective::xlsform
