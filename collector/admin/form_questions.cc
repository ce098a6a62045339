#include "admin/form_questions.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <iostream>
#include <optional>

#include "admin/table.h"

namespace perspective::admin {
namespace {

std::string on_one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

// What stands on the form, or on the screen where the form says nothing of its own.
std::string said(const FormQuestions& questions, const std::string& key) {
  const std::string on_paper = key + ".paper";
  return printable(on_one_line(questions.texts.say(questions.texts.has(on_paper) ? on_paper : key)));
}

std::string label_of(const FormQuestions& questions, const survey::Item& item, std::size_t option) {
  return said(questions, "item." + item.variable + "." + survey::options_of(item)[option].id);
}

bool is_between(char c) { return c == ' ' || c == ',' || c == '\t'; }

// The options with these numbers; nothing: something else was typed, or too many.
std::optional<Typed> options_in(const survey::Item& item, std::string_view line) {
  const auto& options = survey::options_of(item);
  Typed typed;
  for (std::size_t at = 0; at < line.size();) {
    if (is_between(line[at])) {
      ++at;
      continue;
    }
    std::size_t number = 0;
    const auto read = std::from_chars(line.data() + at, line.data() + line.size(), number);
    at = static_cast<std::size_t>(read.ptr - line.data());
    const bool is_whole = read.ec == std::errc() && (at == line.size() || is_between(line[at]));
    if (!is_whole || number < 1 || number > options.size()) return std::nullopt;
    const auto& id = options[number - 1].id;
    if (std::ranges::find(typed, id) == typed.end()) typed.push_back(id);
  }
  const bool are_many = std::holds_alternative<survey::MultipleChoice>(item.kind);
  if (typed.size() > 1 && !are_many) return std::nullopt;
  const auto is_alone = [&](const auto& option) {
    return option.is_exclusive && std::ranges::find(typed, option.id) != typed.end();
  };
  if (typed.size() > 1 && std::ranges::any_of(options, is_alone)) return std::nullopt;
  return typed;
}

std::string prompt_of(const survey::Item& item) {
  const std::string count = std::to_string(survey::options_of(item).size());
  if (survey::is_text(item)) return "   What is written (on one line; empty: nothing): ";
  if (std::holds_alternative<survey::MultipleChoice>(item.kind)) {
    return "   Which are ticked (1 to " + count + ", with spaces; empty: none): ";
  }
  return "   Which is ticked (1 to " + count + "; empty: none, or not clear): ";
}

}  // namespace

Result<std::string> ask_words(const std::string& asked) {
  std::fputs(asked.c_str(), stderr);
  std::fflush(stderr);
  std::string line;
  if (!std::getline(std::cin, line)) return fail(ErrorCode::invalid, "the input ended; nothing was kept");
  return line;
}

Result<std::string> ask_line(const std::string& asked) {
  auto line = ask_words(asked);
  if (line && *line == "stop") return fail(ErrorCode::refused, "stopped; nothing was kept");
  return line;
}

std::string as_asked(const FormQuestions& questions, std::size_t item) {
  const auto& asked = questions.questionnaire.items[item];
  std::string text = std::to_string(item + 1) + ". " + said(questions, "item." + asked.variable);
  for (std::size_t i = 0; i < survey::options_of(asked).size(); ++i) {
    text += "\n   " + std::to_string(i + 1) + "  " + label_of(questions, asked, i);
  }
  return text;
}

std::string in_words(const FormQuestions& questions, std::size_t item, const Typed& typed) {
  const auto& asked = questions.questionnaire.items[item];
  if (typed.empty()) return "nothing";
  if (survey::is_text(asked)) return "\"" + printable(typed.front()) + "\"";
  std::string words;
  const auto& options = survey::options_of(asked);
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (std::ranges::find(typed, options[i].id) == typed.end()) continue;
    words += (words.empty() ? "" : ", ") + std::to_string(i + 1) + " (" + label_of(questions, asked, i) + ")";
  }
  return words;
}

Result<Typed> ask_item(const FormQuestions& questions, std::size_t item) {
  const auto& asked = questions.questionnaire.items[item];
  for (;;) {
    const auto line = survey::is_text(asked) ? ask_words(prompt_of(asked)) : ask_line(prompt_of(asked));
    if (!line) return std::unexpected(line.error());
    if (const auto* text = std::get_if<survey::FreeText>(&asked.kind)) {
      if (line->find_first_not_of(" \t") == std::string::npos) return Typed{};
      if (line->size() <= text->max_bytes) return Typed{*line};
      std::fprintf(stderr, "   That is %zu bytes; there is room for %zu.\n", line->size(), text->max_bytes);
      continue;
    }
    if (auto typed = options_in(asked, *line)) return *std::move(typed);
    std::fputs("   That is no answer here.\n", stderr);
  }
}

std::string value_of(const Typed& typed) {
  std::string value;
  for (const auto& one : typed) value += (value.empty() ? "" : " ") + one;
  return value;
}

}  // namespace perspective::admin
