#include "authoring/json_places.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cctype>
#include <optional>

#include "survey/json_shape.h"

namespace perspective::authoring {
namespace {

constexpr int kMaxDepth = 32;  // as Boost.JSON has it

struct Broken {};  // thrown at the first break of the grammar, caught in scan()

// A reader of JSON that keeps nothing but places. One function a rule of RFC 8259.
class Scanner {
 public:
  Scanner(std::string_view text, std::map<std::string, Place, std::less<>>& places, std::vector<JsonMistake>& mistakes)
      : text_(text), places_(places), mistakes_(mistakes) {}

  bool scan() {
    try {
      if (text_.starts_with("\xEF\xBB\xBF")) broken("begins with a byte order mark", "save it as UTF-8 without one");
      value("");
      skip_space();
      if (at_ < text_.size()) broken("goes on after its end", "take out what follows, or look for a bracket too many");
    } catch (const Broken&) {
      return false;
    }
    return true;
  }

  Place place_of(std::size_t offset) const {
    const auto before = text_.substr(0, offset);
    const auto lines = std::ranges::count(before, '\n');
    const std::size_t begin = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return {static_cast<std::size_t>(lines) + 1, offset - begin + 1};
  }

 private:
  [[noreturn]] void broken(std::string what, std::string remedy, std::optional<std::size_t> offset = {}) {
    mistakes_.push_back(
        {place_of(offset.value_or(at_)), pointer_, "is not JSON: " + std::move(what), std::move(remedy)});
    throw Broken();
  }

  char peek() {
    skip_space();
    if (at_ == text_.size()) broken("it ends too early", "close what is open: \" ] }");
    if (text_[at_] == '/' || text_[at_] == '#') broken("there are no comments in JSON", "take the comment out");
    return text_[at_];
  }

  void skip_space() {
    for (; at_ < text_.size() && std::string_view(" \n\r\t").find(text_[at_]) != std::string_view::npos; ++at_) {
      if (text_[at_] != '\n') continue;
      ++line_;
      line_begin_ = at_ + 1;
    }
  }

  Place here() const { return {line_, at_ - line_begin_ + 1}; }

  [[noreturn]] void nothing_after_comma() {
    broken("nothing stands after a comma", "take the comma before the bracket out", comma_);
  }

  void value(const std::string& pointer) {
    pointer_ = pointer;
    const char c = peek();
    places_.emplace(pointer, here());
    if (++depth_ > kMaxDepth) broken("more than 32 brackets inside each other", "nothing that belongs here is so deep");
    if (c == '{') {
      object(pointer);
    } else if (c == '[') {
      array(pointer);
    } else if (c == '"') {
      string();
    } else {
      literal();
    }
    --depth_;
    pointer_ = pointer;
  }

  void object(const std::string& pointer) {
    ++at_;
    std::map<std::string, Place> seen;
    if (peek() == '}') return void(++at_);
    for (;;) {
      if (peek() == '}') nothing_after_comma();
      if (peek() != '"') broken("the name of a member is missing here", "write \"name\": value");
      const Place place = here();
      const std::string name = string();
      const std::string member = pointer + "/" + survey::pointer_part(name);
      const auto [first, is_new] = seen.emplace(name, place);
      if (!is_new) {
        mistakes_.push_back({place, member, "is there twice: first in line " + std::to_string(first->second.line),
                             "take one of the two out, or name it otherwise"});
      }
      if (peek() != ':') broken("a colon is missing after \"" + name + "\"", "write \"" + name + "\": value");
      ++at_;
      places_.emplace(member, place);
      value(member);
      if (is_last('}')) return;
    }
  }

  void array(const std::string& pointer) {
    ++at_;
    if (peek() == ']') return void(++at_);
    for (std::size_t i = 0;; ++i) {
      if (peek() == ']') nothing_after_comma();
      value(pointer + "/" + std::to_string(i));
      if (is_last(']')) return;
    }
  }

  bool is_last(char bracket) {
    const std::size_t end = at_;  // of the value before: there the comma belongs
    const char c = peek();
    if (c != ',' && c != bracket) {
      broken(std::string("a comma or ") + bracket + " is missing", "add it after what stands here", end);
    }
    comma_ = at_++;
    return c == bracket;
  }

  std::string string() {
    const std::size_t begin = at_;
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\n') broken("a text does not end in its line", "close it with \"; a line feed is \\n", begin);
      if (static_cast<unsigned char>(text_[at_]) < 0x20) broken("a control character in a text", "a tab is \\t");
      if (text_[at_] == '\\') ++at_;
    }
    if (at_ >= text_.size()) broken("a text does not end", "close it with \"", begin);
    ++at_;
    return decoded(text_.substr(begin, at_ - begin), begin);
  }

  std::string decoded(std::string_view quoted, std::size_t begin) {
    if (quoted.find('\\') == std::string_view::npos) return std::string(quoted.substr(1, quoted.size() - 2));
    boost::system::error_code error;
    const auto text = boost::json::parse(boost::json::string_view(quoted.data(), quoted.size()), error);
    if (error) broken("an escape in a text is wrong", "a backslash is \\\\, a quotation mark \\\"", begin);
    return std::string(text.as_string());
  }

  void literal() {
    const std::size_t begin = at_;
    const auto belongs = [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == '+';
    };
    while (at_ < text_.size() && belongs(text_[at_])) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    boost::system::error_code error;
    const auto value = boost::json::parse(boost::json::string_view(word.data(), word.size()), error);
    if (!error) return;
    at_ = begin;
    broken("no value stands here", "write \"a text\", a number, true, false, [ ... ] or { ... }");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t line_begin_ = 0;
  std::size_t comma_ = 0;  // the last one that was read
  int depth_ = 0;
  std::string pointer_;  // of what is being read
  std::map<std::string, Place, std::less<>>& places_;
  std::vector<JsonMistake>& mistakes_;
};

}  // namespace

JsonPlaces::JsonPlaces(std::string_view json) {
  Scanner scanner(json, places_, mistakes_);
  is_json_ = scanner.scan();
  if (!is_json_) return;
  boost::json::parser parser;  // has the last word: on UTF-8, for one
  boost::system::error_code error;
  const std::size_t read = parser.write_some(json.data(), json.size(), error);
  if (!error) return;
  is_json_ = false;
  mistakes_.push_back({scanner.place_of(read), "", "is not JSON: " + error.message(), "save it as UTF-8"});
}

Place JsonPlaces::of(std::string_view pointer) const {
  for (;;) {
    if (const auto found = places_.find(pointer); found != places_.end()) return found->second;
    if (pointer.empty()) return {};
    pointer = pointer.substr(0, pointer.rfind('/'));
  }
}

}  // namespace perspective::authoring
