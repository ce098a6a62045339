#include "inspection/kept_section.h"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "report/differences.h"
#include "report/held_words.h"

namespace perspective::inspection {
namespace {

namespace json = boost::json;

constexpr int kFormat = 2;  // 1: nothing said whose words it held

std::size_t run_of(const Opened::Said& said) { return said.is_quoted ? report::kQuotedRun : report::kCommentRun; }

// What of these words may no longer be read; without words: all of them may. What is quoted now may be in a paraphrase,
// too; what only stands in a comment may not be quoted.
report::HeldWords gone(const Opened::Said& held, const std::vector<Opened::Said>& now) {
  report::HeldWords words{.words = held.words, .allowed = {}, .most = run_of(held)};
  for (const auto& each : now) {
    if (each.whose != held.whose || (held.is_quoted && !each.is_quoted)) continue;
    if (each.words == held.words) return {};
    words.allowed.push_back(each.words);
  }
  return words;
}

bool take_out(std::vector<std::string>& paragraphs, const report::HeldWords& words, std::vector<std::size_t>* where) {
  bool is_changed = false;
  for (std::size_t i = 0; i < paragraphs.size(); ++i) {
    if (report::take_out(paragraphs[i], words) == 0) continue;
    is_changed = true;
    if (where != nullptr && std::ranges::find(*where, i) == where->end()) where->push_back(i);
  }
  return is_changed;
}

std::string joined(const std::vector<std::string>& paragraphs) {
  std::string text;
  for (const auto& each : paragraphs) text += (text.empty() ? "" : "\n\n") + each;
  return text;
}

}  // namespace

std::string to_json(const KeptSection& kept) {
  json::array held;
  for (const auto& each : kept.held)
    held.push_back(json::object{{"whose", each.whose}, {"words", each.words}, {"is_quoted", each.is_quoted}});
  return json::serialize(json::object{{"format", kFormat},
                                      {"text", kept.text},
                                      {"generated", json::value_from(kept.generated)},
                                      {"by", kept.by},
                                      {"at_s", kept.at_s},
                                      {"held", std::move(held)},
                                      {"taken_out", json::value_from(kept.taken_out)}});
}

Result<KeptSection> kept_section_from(std::string_view text) try {
  const json::value value = json::parse(json::string_view(text.data(), text.size()));
  const auto format = value.at("format").to_number<int>();
  if (format < 1 || format > kFormat) return fail(ErrorCode::corrupt, "the edited section was kept by a newer program");
  KeptSection kept{.text = json::value_to<std::string>(value.at("text")),
                   .generated = json::value_to<std::vector<std::string>>(value.at("generated")),
                   .by = json::value_to<std::string>(value.at("by")),
                   .at_s = value.at("at_s").to_number<std::int64_t>(),
                   .knows_whose = format > 1};
  if (!kept.knows_whose) return kept;
  for (const auto& each : value.at("held").as_array())
    kept.held.push_back({json::value_to<std::string>(each.at("whose")), json::value_to<std::string>(each.at("words")),
                         each.at("is_quoted").as_bool()});
  kept.taken_out = json::value_to<std::vector<std::size_t>>(value.at("taken_out"));
  return kept;
} catch (const std::exception&) {  // its text could hold a piece of it
  return fail(ErrorCode::corrupt, "the edited section can not be read");
}

std::vector<Opened::Said> held_by(const KeptSection& kept, const std::vector<Opened::Said>& now) {
  const auto generated = joined(kept.generated);
  std::vector<Opened::Said> held;
  for (const auto& each : now) {
    const report::HeldWords words{.words = each.words, .allowed = {}, .most = run_of(each)};
    if (report::holds(kept.text, words) || report::holds(generated, words)) held.push_back(each);
  }
  return held;
}

bool take_out_what_went(KeptSection& kept, const std::vector<Opened::Said>& now) {
  if (!kept.knows_whose) {
    kept.knows_whose = true;
    kept.held = held_by(kept, now);
    return true;
  }
  auto paragraphs = report::paragraphs_in(kept.text);
  bool is_in_text = false;
  bool is_changed = false;
  for (const auto& held : kept.held) {
    const auto words = gone(held, now);
    if (words.words.empty()) continue;
    is_changed = true;
    is_in_text = take_out(paragraphs, words, &kept.taken_out) || is_in_text;
    take_out(kept.generated, words, nullptr);
  }
  if (!is_changed) return false;
  if (is_in_text) kept.text = joined(paragraphs);
  std::ranges::sort(kept.taken_out);
  kept.held = held_by(kept, now);
  return true;
}

}  // namespace perspective::inspection
