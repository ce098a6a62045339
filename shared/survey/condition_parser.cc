// A recursive-descent parser, one function a rule of the grammar in condition.h.
#include <array>
#include <cctype>
#include <cstddef>
#include <optional>
#include <utility>

#include "survey/condition_tree.h"

namespace perspective::survey {
namespace {

// Nested parentheses deeper than anyone writes, and shallow enough for the stack.
constexpr int kMaxDepth = 64;

bool is_name_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-'; }

class Parser {
 public:
  explicit Parser(std::string_view source) : source_(source) {}

  Result<NodePtr> whole() {
    auto condition = any_of();
    if (!condition) return condition;
    skip_space();
    if (at_ < source_.size()) return expected("\"and\", \"or\" or the end");
    return condition;
  }

 private:
  Result<NodePtr> any_of() { return group("or", Group::Kind::some, &Parser::all_of); }
  Result<NodePtr> all_of() { return group("and", Group::Kind::every, &Parser::single); }

  Result<NodePtr> group(std::string_view word, Group::Kind kind, Result<NodePtr> (Parser::*part)()) {
    auto first = (this->*part)();
    if (!first) return first;
    Group parts{kind, {std::move(*first)}};
    while (take_word(word)) {
      auto next = (this->*part)();
      if (!next) return next;
      parts.parts.push_back(std::move(*next));
    }
    if (parts.parts.size() == 1) return parts.parts.front();
    return node(std::move(parts));
  }

  Result<NodePtr> single() {
    if (take_word("not")) {
      auto inner = in_parentheses();
      if (!inner) return inner;
      return node(Group{Group::Kind::none, {std::move(*inner)}});
    }
    if (take_word("selected")) return selected();
    skip_space();
    if (at_ < source_.size() && source_[at_] == '(') return in_parentheses();
    return comparison();
  }

  Result<NodePtr> in_parentheses() {
    if (!take("(")) return expected("\"(\"");
    if (++depth_ > kMaxDepth) return expected("fewer parentheses inside each other");
    auto inner = any_of();
    --depth_;
    if (!inner) return inner;
    if (!take(")")) return expected("\")\"");
    return inner;
  }

  Result<NodePtr> selected() {
    if (!take("(")) return expected("\"(\" after selected");
    auto name = variable();
    if (!name) return expected("a variable, ${name}");
    if (!take(",")) return expected("\",\" and the option");
    auto option = text();
    if (!option) return expected("an option in quotation marks");
    if (!take(")")) return expected("\")\"");
    return node(Selected{std::move(*name), std::move(*option)});
  }

  Result<NodePtr> comparison() {
    auto left = operand();
    if (!left) return std::unexpected(left.error());
    const auto sign = relation();
    if (!sign) return expected("one of = != < <= > >=");
    auto right = operand();
    if (!right) return std::unexpected(right.error());
    return node(Comparison{std::move(*left), *sign, std::move(*right)});
  }

  Result<Operand> operand() {
    if (take_word("count-selected")) {
      if (!take("(")) return expected("\"(\" after count-selected");
      auto name = variable();
      if (!name || !take(")")) return expected("${name} and \")\"");
      return Operand{Operand::Kind::count_selected, std::move(*name)};
    }
    if (auto name = variable()) return Operand{Operand::Kind::variable, std::move(*name)};
    if (auto words = text()) return Operand{Operand::Kind::text, std::move(*words)};
    if (auto digits = number()) return Operand{Operand::Kind::number, std::move(*digits)};
    return expected("a variable ${name}, a text in quotation marks or a number");
  }

  std::optional<Relation> relation() {
    static constexpr std::array<std::pair<std::string_view, Relation>, 6> kSigns{{{"!=", Relation::not_equal},
                                                                                  {"<=", Relation::less_equal},
                                                                                  {">=", Relation::greater_equal},
                                                                                  {"=", Relation::equal},
                                                                                  {"<", Relation::less},
                                                                                  {">", Relation::greater}}};
    for (const auto& [sign, meaning] : kSigns) {
      if (take(sign)) return meaning;
    }
    return std::nullopt;
  }

  std::optional<std::string> variable() {
    skip_space();
    if (!source_.substr(at_).starts_with("${")) return std::nullopt;
    const std::size_t end = source_.find('}', at_);
    if (end == std::string_view::npos || end == at_ + 2) return std::nullopt;
    const std::string_view name = source_.substr(at_ + 2, end - at_ - 2);
    for (const char c : name) {
      if (!is_name_character(c)) return std::nullopt;
    }
    at_ = end + 1;
    return std::string(name);
  }

  std::optional<std::string> text() {
    skip_space();
    if (at_ >= source_.size() || (source_[at_] != '\'' && source_[at_] != '"')) return std::nullopt;
    const std::size_t end = source_.find(source_[at_], at_ + 1);
    if (end == std::string_view::npos) return std::nullopt;
    std::string words(source_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    return words;
  }

  std::optional<std::string> number() {
    skip_space();
    std::size_t end = at_;
    if (end < source_.size() && source_[end] == '-') ++end;
    const std::size_t first_digit = end;
    while (end < source_.size() && (std::isdigit(static_cast<unsigned char>(source_[end])) != 0 || source_[end] == '.'))
      ++end;
    if (end == first_digit) return std::nullopt;
    std::string digits(source_.substr(at_, end - at_));
    at_ = end;
    return digits;
  }

  bool take(std::string_view sign) {
    skip_space();
    if (!source_.substr(at_).starts_with(sign)) return false;
    at_ += sign.size();
    return true;
  }

  bool take_word(std::string_view word) {
    const std::size_t before = at_;
    if (!take(word)) return false;
    if (at_ < source_.size() && is_name_character(source_[at_])) {
      at_ = before;
      return false;
    }
    return true;
  }

  void skip_space() {
    while (at_ < source_.size() && std::isspace(static_cast<unsigned char>(source_[at_])) != 0) ++at_;
  }

  std::unexpected<Error> expected(std::string_view what) {
    skip_space();
    return fail(ErrorCode::invalid, "condition \"" + std::string(source_) + "\", character " + std::to_string(at_ + 1) +
                                        ": expected " + std::string(what));
  }

  template <typename Is>
  static NodePtr node(Is is) {
    return std::make_shared<const Condition::Node>(Condition::Node{std::move(is)});
  }

  std::string_view source_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Result<NodePtr> parse_tree(std::string_view source) { return Parser(source).whole(); }

}  // namespace perspective::survey
