// Reading JSON whose shape may be wrong: every mistake is noted with its JSON pointer (RFC 6901), none throws.
#pragma once

#include <boost/json.hpp>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "survey/problem.h"

namespace perspective::survey {

// "a/b~" -> "a~1b~0"
inline std::string pointer_part(std::string_view name) {
  std::string part;
  for (const char c : name) {
    if (c == '~') {
      part += "~0";
    } else if (c == '/') {
      part += "~1";
    } else {
      part += c;
    }
  }
  return part;
}

// One JSON value, where it stands, and the list of what is wrong so far.
class Shape {
 public:
  Shape(const boost::json::value* value, std::string pointer, Problems& problems)
      : value_(value), pointer_(std::move(pointer)), problems_(&problems) {}

  void wrong(std::string what, std::string remedy) const {
    problems_->push_back({pointer_, std::move(what), std::move(remedy), Severity::error});
  }
  bool is_there() const { return value_ != nullptr; }
  bool is_list() const { return value_ != nullptr && value_->is_array(); }

  Shape member(std::string_view name) const {
    const auto* object = value_ != nullptr ? value_->if_object() : nullptr;
    const auto* found = object != nullptr ? object->if_contains(name) : nullptr;
    return {found, pointer_ + "/" + pointer_part(name), *problems_};
  }

  std::vector<Shape> elements() const {
    std::vector<Shape> all;
    if (value_ == nullptr) return all;
    const auto* array = value_->if_array();
    if (array == nullptr) wrong("is no list", "write [ ... ]");
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
      all.emplace_back(&(*array)[i], pointer_ + "/" + std::to_string(i), *problems_);
    }
    return all;
  }

  std::string text() const {  // required
    const auto* string = value_ != nullptr ? value_->if_string() : nullptr;
    if (string == nullptr || string->empty()) {
      wrong(value_ == nullptr ? "is missing" : "is no text, or an empty one", "write \"...\" with something in it");
      return {};
    }
    return std::string(*string);
  }

  std::string text_or_empty() const {
    const auto* string = value_ != nullptr ? value_->if_string() : nullptr;
    if (value_ != nullptr && string == nullptr) wrong("is no text", "write \"...\"");
    return string != nullptr ? std::string(*string) : std::string();
  }

  std::optional<std::string> optional_text() const { return is_there() ? std::optional(text()) : std::nullopt; }

  int integer(int lowest, int highest) const {
    const auto* number = value_ != nullptr ? value_->if_int64() : nullptr;
    if (number == nullptr || *number < lowest || *number > highest) {
      const std::string only = lowest == highest
                                   ? std::to_string(lowest)
                                   : "a whole number from " + std::to_string(lowest) + " to " + std::to_string(highest);
      wrong(value_ == nullptr ? "is missing" : "is not " + only, "write " + only);
      return lowest;
    }
    return static_cast<int>(*number);
  }

  bool flag() const {
    if (value_ == nullptr) return false;
    if (!value_->is_bool()) wrong("is neither true nor false", "write true or false, without quotation marks");
    return value_->is_bool() && value_->get_bool();
  }

  std::vector<std::string> texts() const {
    std::vector<std::string> all;
    for (const auto& element : elements()) all.push_back(element.text());
    return all;
  }

  // Members and their texts.
  std::map<std::string, std::string> texts_by_name() const {
    std::map<std::string, std::string> all;
    const auto* object = value_ != nullptr ? value_->if_object() : nullptr;
    if (value_ != nullptr && object == nullptr) wrong("is no object", "write { ... }");
    for (std::size_t i = 0; object != nullptr && i < object->size(); ++i) {
      const std::string name((object->begin() + i)->key());
      all.emplace(name, member(name).text());
    }
    return all;
  }

  // An object with no other members than these (a misspelt one would otherwise be ignored in silence)? False: no
  // object.
  bool expect_object(std::initializer_list<std::string_view> names) const {
    const auto* object = value_ != nullptr ? value_->if_object() : nullptr;
    if (object == nullptr) {
      wrong("is no object", "write { ... }");
      return false;
    }
    for (const auto& pair : *object) {
      bool known = false;
      for (const auto name : names) known = known || name == pair.key();
      if (!known) member(pair.key()).wrong("is no member that belongs here", "check its spelling, or take it out");
    }
    return true;
  }

 private:
  const boost::json::value* value_;  // null: not there
  std::string pointer_;
  Problems* problems_;
};

}  // namespace perspective::survey
