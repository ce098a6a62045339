// Inside collector/documents: what is asked of a catalogue; remembers its first mistake, so that what is written reads
// as the table does.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/result.h"
#include "text/catalogue.h"

namespace perspective::documents {

class Saying {
 public:
  explicit Saying(const text::Catalogue& words) : words_(words) {}

  // On one line: a question may have several.
  std::string say(const std::string& key, const text::Arguments& arguments = {}) {
    return said(words_.format(key, arguments));
  }
  std::string said(Result<std::string> text) {
    if (!text) {
      if (!error_) error_ = text.error();
      return {};
    }
    std::ranges::replace(*text, '\n', ' ');
    return *std::move(text);
  }
  // Alone in a cell: numbers as within a sentence ("15 of the 21").
  std::string cell(Result<std::string> text) { return text::capitalised(said(std::move(text)), words_.language()); }
  // "section.about.<finding>", else the question.
  std::string topic(const std::string& finding, const std::string& variable) {
    const auto key = "section.about." + finding;
    const auto topic = say(words_.has(key) ? key : "item." + variable);
    return text::capitalised(topic, words_.language());
  }
  const std::optional<Error>& error() const { return error_; }

 private:
  const text::Catalogue& words_;
  std::optional<Error> error_;
};

}  // namespace perspective::documents
