#include "xlsform/expression.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "survey/condition.h"
#include "xlsform/tokens.h"
#include "xlsform/words.h"

namespace perspective::xlsform {
namespace {

using Kind = Token::Kind;
using Tokens = std::vector<Token>;

bool is_sign(const Token& token, std::string_view sign) { return token.kind == Kind::sign && token.text == sign; }
bool is_word(const Token& token, std::string_view word) { return token.kind == Kind::word && token.text == word; }
bool is_literal(const Token& token) { return token.kind == Kind::text || token.kind == Kind::number; }
bool is_relation(const Token& token) {
  static constexpr std::array<std::string_view, 6> kRelations{"=", "!=", "<", "<=", ">", ">="};
  return token.kind == Kind::sign && std::ranges::find(kRelations, token.text) != kRelations.end();
}
std::string mirrored(std::string relation) {
  if (relation.starts_with('<')) {
    relation[0] = '>';
  } else if (relation.starts_with('>')) {
    relation[0] = '<';
  }
  return relation;
}

std::string reference(const std::string& variable) { return "${" + variable + "}"; }

bool holds(double left, const std::string& relation, double right) {
  if (relation == "=") return left == right;
  if (relation == "!=") return left != right;
  if (relation == "<") return left < right;
  if (relation == "<=") return left <= right;
  return relation == ">" ? left > right : left >= right;
}

const std::string* id_of(const Renamed& question, const Token& literal) {
  for (const auto& [name, id] : question.options) {
    const auto number = literal.kind == Kind::number ? number_of(literal.text) : std::nullopt;
    if (name == literal.text || (number && number_of(name) == number)) return &id;
  }
  return nullptr;
}

std::string list_renamed(const Renamed& question, const std::string& names) {
  std::string ids;
  for (const auto& name : words_of(names)) {
    const std::string* const id = id_of(question, {Kind::text, name});
    ids += (ids.empty() ? "" : " ") + (id != nullptr ? *id : name);
  }
  return ids;
}

// nullopt: it can stand as it is written.
std::optional<std::string> comparison(const Renamed& question, const std::string& relation, const Token& literal) {
  const std::string variable = reference(question.variable);
  const bool is_equality = relation == "=" || relation == "!=";
  if (question.is_multiple) {
    if (!is_equality || literal.kind != Kind::text) return std::nullopt;
    return variable + " " + relation + " '" + list_renamed(question, literal.text) + "'";
  }
  if (is_equality) {
    const std::string* const id = id_of(question, literal);
    return id == nullptr ? std::nullopt : std::optional(variable + " " + relation + " '" + *id + "'");
  }
  const auto limit = number_of(literal.text);
  if (!limit) return std::nullopt;
  std::vector<std::string> those;
  for (const auto& [name, id] : question.options) {
    const auto number = number_of(name);
    if (number && holds(*number, relation, *limit)) those.push_back(variable + " = '" + id + "'");
  }
  if (those.empty()) return std::nullopt;
  if (those.size() == question.options.size()) return variable + " != ''";
  std::string any = those.front();
  for (std::size_t i = 1; i < those.size(); ++i) any += " or " + those[i];
  return those.size() == 1 ? any : "(" + any + ")";
}

class Renaming {
 public:
  Renaming(std::string_view source, const Renames& renames)
      : source_(source), renames_(renames), tokens_(tokens_of(source)) {}

  std::string all() {
    std::string text;
    std::size_t copied = 0;
    for (std::size_t i = 0; i < tokens_.size();) {
      const auto [replacement, used] = at(i);
      if (replacement) {
        text += source_.substr(copied, tokens_[i].begin - copied);
        text += *replacement;
        copied = tokens_[i + used - 1].end;
      }
      i += used;
    }
    return text + std::string(source_.substr(copied));
  }

 private:
  using Step = std::pair<std::optional<std::string>, std::size_t>;

  const Renamed* question(const Token& token) const {
    const auto found = token.kind == Kind::variable ? renames_.find(token.text) : renames_.end();
    return found == renames_.end() ? nullptr : &found->second;
  }

  // The same text: then the author's own spelling of it stays.
  Step step(std::size_t i, std::size_t used, std::optional<std::string> replacement) const {
    const std::string_view written = source_.substr(tokens_[i].begin, tokens_[i + used - 1].end - tokens_[i].begin);
    const auto same = [&](const std::string& text) {
      const Tokens ours = tokens_of(text);
      const Tokens theirs = tokens_of(written);
      return std::ranges::equal(ours, theirs,
                                [](const Token& a, const Token& b) { return a.kind == b.kind && a.text == b.text; });
    };
    if (replacement && same(*replacement)) replacement.reset();
    return {std::move(replacement), used};
  }

  Step at(std::size_t i) const {
    if (i + 2 < tokens_.size() && is_relation(tokens_[i + 1])) {
      const Renamed* const left = question(tokens_[i]);
      const Renamed* const right = question(tokens_[i + 2]);
      std::optional<std::string> compared;
      if (left != nullptr && left->is_choice && is_literal(tokens_[i + 2])) {
        compared = comparison(*left, tokens_[i + 1].text, tokens_[i + 2]);
      } else if (right != nullptr && right->is_choice && is_literal(tokens_[i])) {
        compared = comparison(*right, mirrored(tokens_[i + 1].text), tokens_[i]);
      }
      if (compared) return step(i, 3, compared);
    }
    if (is_word(tokens_[i], "selected") && i + 5 < tokens_.size() && is_sign(tokens_[i + 1], "(") &&
        is_sign(tokens_[i + 3], ",") && is_literal(tokens_[i + 4])) {
      const Renamed* const asked = question(tokens_[i + 2]);
      const std::string* const id = asked != nullptr ? id_of(*asked, tokens_[i + 4]) : nullptr;
      if (id != nullptr) return step(i, 5, "selected(" + reference(asked->variable) + ", '" + *id + "'");
    }
    const Renamed* const alone = question(tokens_[i]);
    return step(i, 1, alone != nullptr ? std::optional(reference(alone->variable)) : std::nullopt);
  }

  std::string_view source_;
  const Renames& renames_;
  Tokens tokens_;
};

// Every way in which a constraint that names few options can tell choices apart: which of those are chosen, and how
// many others.
bool says_only(const survey::Condition& constraint, const std::vector<std::string>& named, std::size_t others,
               const std::set<std::string>& exclusive) {
  const std::size_t ways = std::size_t{1} << named.size();
  for (std::size_t way = 0; way < ways; ++way) {
    for (std::size_t more = 0; more <= others; ++more) {
      std::string chosen;
      std::size_t size = more;
      bool has_exclusive = false;
      for (std::size_t i = 0; i < named.size(); ++i) {
        if ((way >> i & 1U) == 0) continue;
        chosen += named[i] + " ";
        ++size;
        has_exclusive = has_exclusive || exclusive.contains(named[i]);
      }
      if (size == 0) continue;
      for (std::size_t i = 0; i < more; ++i) chosen += "other" + std::to_string(i) + " ";
      chosen.pop_back();
      const bool is_allowed = constraint.holds([&](std::string_view) { return chosen; });
      if (is_allowed != (!has_exclusive || size == 1)) return false;
    }
  }
  return true;
}

}  // namespace

std::string renamed(std::string_view expression, const Renames& renames) {
  const std::string plain = with_plain_quotes(expression);
  return Renaming(plain, renames).all();
}

std::set<std::string> variables_of(std::string_view expression) {
  std::set<std::string> names;
  for (const Token& token : tokens_of(with_plain_quotes(expression))) {
    if (token.kind == Kind::variable) names.insert(token.text);
  }
  return names;
}

std::string all_of(const std::vector<std::string>& conditions) {
  if (conditions.size() == 1) return conditions.front();
  std::string all;
  for (const auto& condition : conditions) {
    const Tokens tokens = tokens_of(condition);
    const bool has_or = std::ranges::any_of(tokens, [](const Token& token) { return is_word(token, "or"); });
    all += (all.empty() ? "" : " and ") + (has_or ? "(" + condition + ")" : condition);
  }
  return all;
}

std::optional<Bounds> bounds_of(std::string_view constraint) {
  Tokens tokens = tokens_of(with_plain_quotes(constraint));
  std::erase_if(tokens, [](const Token& token) { return is_sign(token, "(") || is_sign(token, ")"); });
  std::optional<double> lowest;
  std::optional<double> highest;
  for (std::size_t i = 0; i + 2 < tokens.size(); i += 4) {
    const bool is_first = tokens[i].kind == Kind::self;
    const Token& limit = tokens[is_first ? i + 2 : i];
    constexpr double kNone = 1e9;
    const double number = limit.kind == Kind::number ? number_of(limit.text).value_or(kNone) : kNone;
    const bool is_about_it = is_first || tokens[i + 2].kind == Kind::self;
    if (!is_about_it || std::abs(number) > 1e6 || !is_relation(tokens[i + 1])) return std::nullopt;
    const std::string relation = is_first ? tokens[i + 1].text : mirrored(tokens[i + 1].text);
    if (relation == ">" || relation == ">=") lowest = relation == ">" ? std::floor(number) + 1 : std::ceil(number);
    if (relation == "<" || relation == "<=") highest = relation == "<" ? std::ceil(number) - 1 : std::floor(number);
    if (relation == "=" || relation == "!=") return std::nullopt;
    if (i + 3 < tokens.size() && !is_word(tokens[i + 3], "and")) return std::nullopt;
  }
  if (tokens.size() % 4 != 3 || !lowest || !highest || *lowest > *highest) return std::nullopt;
  return Bounds{std::lround(*lowest), std::lround(*highest)};
}

std::optional<std::set<std::string>> exclusive_in(std::string_view constraint,
                                                  const std::vector<std::string>& options) {
  constexpr std::size_t kMaxNamed = 8;
  const std::string plain = with_plain_quotes(constraint);
  std::string condition;
  std::size_t copied = 0;
  for (const Token& token : tokens_of(plain)) {
    if (token.kind == Kind::variable) return std::nullopt;  // what else was answered is more than it may say
    if (token.kind != Kind::self) continue;
    condition += plain.substr(copied, token.begin - copied) + "${self}";
    copied = token.end;
  }
  condition += plain.substr(copied);
  const auto parsed = survey::Condition::parse(condition);
  if (!parsed) return std::nullopt;
  std::vector<std::string> named;
  for (const auto& mention : parsed->mentions()) {
    for (const auto& text : mention.texts) {
      const bool is_option = std::ranges::find(options, text) != options.end();
      if (!mention.is_searched || !is_option) return std::nullopt;
      if (std::ranges::find(named, text) == named.end()) named.push_back(text);
    }
  }
  if (named.empty() || named.size() > kMaxNamed) return std::nullopt;
  const std::size_t others = options.size() - named.size();
  std::set<std::string> exclusive;
  for (const auto& name : named) {
    std::vector<std::string> beside = named;
    std::erase(beside, name);
    if (others > 0) beside.emplace_back("other0");
    const bool is_alone = std::ranges::none_of(
        beside, [&](const auto& other) { return parsed->holds([&](std::string_view) { return name + " " + other; }); });
    if (is_alone) exclusive.insert(name);
  }
  if (exclusive.empty() || !says_only(*parsed, named, others, exclusive)) return std::nullopt;
  return exclusive;
}

std::string exclusive_constraint(const std::vector<std::string>& exclusive) {
  std::string constraint;
  for (const auto& option : exclusive) {
    constraint += constraint.empty() ? "" : " and ";
    constraint += "not(selected(., '" + option + "') and count-selected(.) > 1)";
  }
  return constraint;
}

}  // namespace perspective::xlsform
