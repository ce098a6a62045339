#include "screen/writer.h"

#include <cctype>
#include <sstream>
#include <utility>

namespace perspective::screen {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

}  // namespace

Writer::Writer(std::string id, const text::Catalogue& words, text::Arguments arguments, text::Arguments said_arguments)
    : words_(words), arguments_(std::move(arguments)), said_arguments_(std::move(said_arguments)) {
  said_arguments_.insert(arguments_.begin(), arguments_.end());
  screen_.id = std::move(id);
  screen_.language = words.language();
}

std::string Writer::say(std::string_view key) const { return words_.say(key, arguments_); }

std::string Writer::say(std::string_view key, text::Arguments arguments) const {
  arguments.insert(arguments_.begin(), arguments_.end());
  return words_.say(key, arguments);
}

std::string Writer::spoken(std::string_view key, text::Arguments arguments) const {
  const std::string twin = std::string(key) + ".spoken";
  arguments.insert(said_arguments_.begin(), said_arguments_.end());
  return words_.has(twin) ? words_.say(twin, arguments) : words_.say(key, arguments);
}

Item& Writer::add(Item item) {
  if (item.spoken.empty()) item.spoken = item.label;
  screen_.items.push_back(std::move(item));
  return screen_.items.back();
}

Item& Writer::text(std::string id, Role role, std::string_view key) {
  return add({.id = std::move(id), .role = role, .label = say(key), .spoken = spoken(key)});
}

Item& Writer::button(std::string id, std::string_view key, Place place, Look look, Action action) {
  Item& item = text(std::move(id), Role::button, key);
  item.place = place;
  item.look = look;
  item.action = std::move(action);
  return item;
}

void Writer::paragraphs(const std::string& id, Role role, std::string_view key) {
  const auto lines = lines_of(say(key));
  const auto said = lines_of(spoken(key));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    // A twin with another number of lines is said whole with the first.
    const bool is_paired = said.size() == lines.size();
    const std::string with_first = i == 0 ? spoken(key) : lines[i];
    add({.id = i == 0 ? id : id + "." + std::to_string(i + 1),
         .role = role,
         .label = lines[i],
         .spoken = is_paired ? said[i] : with_first});
  }
}

std::string digit_by_digit(std::string_view number) {
  std::string said;
  for (const char c : number) {
    if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      said += ',';
      continue;
    }
    if (!said.empty()) said += ' ';
    said += c;
  }
  return said;
}

std::string unbroken(std::string_view number) {
  std::string result;
  for (const char c : number) {
    if (c == ' ') {
      result += "\u00a0";
    } else {
      result += c;
    }
  }
  return result;
}

}  // namespace perspective::screen
