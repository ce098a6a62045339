// Reading JSON whose shape may be wrong: every mistake is noted with its JSON pointer (RFC 6901), none throws.
#pragma once

#include <boost/json.hpp>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "survey/definition_reader.h"

namespace perspective::survey {

// One JSON value, where it stands, and the list of what is wrong so far.
class Shape {
 public:
  Shape(const boost::json::value* value, std::string pointer, Problems& problems)
      : value_(value), pointer_(std::move(pointer)), problems_(&problems) {}

  void wrong(std::string what) const { problems_->emplace_back(pointer_.empty() ? "/" : pointer_, std::move(what)); }
  bool is_there() const { return value_ != nullptr; }

  Shape member(std::string_view name) const {
    const auto* object = value_ != nullptr ? value_->if_object() : nullptr;
    const auto* found = object != nullptr ? object->if_contains(name) : nullptr;
    return {found, pointer_ + "/" + std::string(name), *problems_};
  }

  std::vector<Shape> elements() const {
    std::vector<Shape> all;
    if (value_ == nullptr) return all;
    const auto* array = value_->if_array();
    if (array == nullptr) wrong("must be a list, [ ... ]");
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
      all.emplace_back(&(*array)[i], pointer_ + "/" + std::to_string(i), *problems_);
    }
    return all;
  }

  std::string text() const {  // required
    const auto* string = value_ != nullptr ? value_->if_string() : nullptr;
    if (string == nullptr || string->empty()) {
      wrong("must be a text that is not empty");
      return {};
    }
    return std::string(*string);
  }

  std::string text_or_empty() const {
    const auto* string = value_ != nullptr ? value_->if_string() : nullptr;
    if (value_ != nullptr && string == nullptr) wrong("must be a text");
    return string != nullptr ? std::string(*string) : std::string();
  }

  std::optional<std::string> optional_text() const { return is_there() ? std::optional(text()) : std::nullopt; }

  int integer(int lowest, int highest) const {
    const auto* number = value_ != nullptr ? value_->if_int64() : nullptr;
    if (number == nullptr || *number < lowest || *number > highest) {
      wrong("must be a whole number from " + std::to_string(lowest) + " to " + std::to_string(highest));
      return lowest;
    }
    return static_cast<int>(*number);
  }

  bool flag() const {
    if (value_ == nullptr) return false;
    if (!value_->is_bool()) wrong("must be true or false");
    return value_->is_bool() && value_->get_bool();
  }

  std::vector<std::string> texts() const {
    std::vector<std::string> all;
    for (const auto& element : elements()) all.push_back(element.text());
    return all;
  }

  // An object with no other members than these: a misspelt one would otherwise be ignored in silence.
  void expect_object(std::initializer_list<std::string_view> names) const {
    const auto* object = value_ != nullptr ? value_->if_object() : nullptr;
    if (object == nullptr) return wrong("must be an object, { ... }");
    for (const auto& pair : *object) {
      bool known = false;
      for (const auto name : names) known = known || name == pair.key();
      if (!known) member(pair.key()).wrong("is not a member that belongs here; check its spelling");
    }
  }

 private:
  const boost::json::value* value_;  // null: not there
  std::string pointer_;
  Problems* problems_;
};

}  // namespace perspective::survey
