#include "xlsform/words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <utility>

#include "survey/definition_marks.h"

namespace perspective::xlsform {
namespace {

constexpr std::size_t kMaxId = 64;

// The census of 2021: main languages in England and Wales, the first dozen.
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kLanguages{{{"English", "en"},
                                                                                    {"Welsh", "cy"},
                                                                                    {"Cymraeg", "cy"},
                                                                                    {"Polish", "pl"},
                                                                                    {"Romanian", "ro"},
                                                                                    {"Panjabi", "pa"},
                                                                                    {"Punjabi", "pa"},
                                                                                    {"Urdu", "ur"},
                                                                                    {"Portuguese", "pt"},
                                                                                    {"Spanish", "es"},
                                                                                    {"Arabic", "ar"},
                                                                                    {"Bengali", "bn"},
                                                                                    {"Gujarati", "gu"},
                                                                                    {"Italian", "it"},
                                                                                    {"Tamil", "ta"},
                                                                                    {"French", "fr"},
                                                                                    {"Somali", "so"}}};

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }
bool is_brace(char c) { return c == '{' || c == '}'; }

std::string with_joints(std::string_view name, char joint) {
  std::string id;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && std::isalnum(byte) != 0) {
      id += static_cast<char>(std::tolower(byte));
    } else if (!id.empty() && id.back() != joint) {
      id += joint;
    }
  }
  while (!id.empty() && id.back() == joint) id.pop_back();
  if (!id.empty() && std::isdigit(static_cast<unsigned char>(id.front())) != 0) id.insert(0, "n");
  return id.substr(0, kMaxId);
}

}  // namespace

std::string trimmed(std::string_view text) {
  // A no-break space comes with text that was pasted.
  constexpr std::string_view kNoBreak = "\xC2\xA0";
  for (;;) {
    if (!text.empty() && is_space(text.front())) {
      text.remove_prefix(1);
    } else if (!text.empty() && is_space(text.back())) {
      text.remove_suffix(1);
    } else if (text.starts_with(kNoBreak)) {
      text.remove_prefix(kNoBreak.size());
    } else if (text.ends_with(kNoBreak)) {
      text.remove_suffix(kNoBreak.size());
    } else {
      return std::string(text);
    }
  }
}

std::string small(std::string_view text) {
  std::string all(text);
  std::ranges::transform(all, all.begin(),
                         [](unsigned char c) { return static_cast<char>(c < 0x80 ? std::tolower(c) : c); });
  return all;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  bool is_inside = false;
  for (const char c : text) {
    if (!is_space(c) && !is_inside) words.emplace_back();
    is_inside = !is_space(c);
    if (is_inside) words.back() += c;
  }
  return words;
}

bool is_yes(std::string_view cell) {
  constexpr std::string_view kWays = " yes true true() 1 ";
  const std::string answer = small(trimmed(cell));
  return !answer.empty() && kWays.find(" " + answer + " ") != std::string_view::npos;
}

std::optional<double> number_of(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string id_from(std::string_view name, std::set<std::string>& taken) {
  std::string id(name);
  if (!survey::is_name(name)) id = with_joints(name, '_');
  if (id.empty()) id = "x";
  std::string free = id;
  for (int i = 2; taken.contains(free); ++i) {
    const std::string end = "_" + std::to_string(i);
    free = id.substr(0, kMaxId - end.size()) + end;
  }
  taken.insert(free);
  return free;
}

std::string questionnaire_id_from(std::string_view name) {
  if (survey::is_questionnaire_id(name)) return std::string(name);
  const std::string id = with_joints(name, '-');
  return id.empty() ? "questionnaire" : id;
}

std::optional<std::string> language_code(std::string_view written) {
  const std::string name = trimmed(written);
  if (survey::is_language(name)) return name;
  const std::size_t open = name.rfind('(');
  if (name.ends_with(')') && open != std::string::npos) {
    const std::string code = trimmed(std::string_view(name).substr(open + 1, name.size() - open - 2));
    return survey::is_language(code) ? std::optional(code) : std::nullopt;
  }
  for (const auto& [language, code] : kLanguages) {
    if (small(language) == small(name)) return std::string(code);
  }
  return std::nullopt;
}

std::string language_heading(const std::string& code) {
  for (const auto& [language, known] : kLanguages) {
    if (known == code) return std::string(language) + " (" + code + ")";
  }
  return code + " (" + code + ")";
}

std::string message_of(std::string_view text) {
  std::string message;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && (is_brace(text[end]) || text[end] == '\'')) ++end;
    const std::string_view run = text.substr(i, end - i);
    if (run.empty()) {
      message += text[i++];
      continue;
    }
    const bool has_brace = std::ranges::any_of(run, is_brace);
    if (run == "'") {
      message += '\'';  // alone it is plain
    } else {
      if (has_brace) message += '\'';
      for (const char c : run) message += c == '\'' ? std::string("''") : std::string(1, c);
      if (has_brace) message += '\'';
    }
    i = end;
  }
  return message;
}

}  // namespace perspective::xlsform
