#include "exports/dataset.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "base/random.h"
#include "base/secret.h"

namespace perspective::exports {

namespace {

constexpr std::size_t kMostNameBytes = 64;  // of SPSS, since its version 12

// What is asked of the catalogue; remembers its first mistake.
class Words {
 public:
  explicit Words(const text::Catalogue& words) : words_(words) {}

  std::string say(const std::string& key) {
    auto text = words_.format(key);
    if (!text) {
      if (!error_) error_ = text.error();
      return {};
    }
    std::ranges::replace(*text, '\n', ' ');
    return *std::move(text);
  }
  const std::optional<Error>& error() const { return error_; }

 private:
  const text::Catalogue& words_;
  std::optional<Error> error_;
};

class Names {
 public:
  // As wished, where it can be; else cut and numbered.
  std::string take(std::string wished) {
    for (auto& letter : wished) {
      if (std::isalnum(static_cast<unsigned char>(letter)) == 0) letter = '_';
    }
    if (wished.empty() || std::isalpha(static_cast<unsigned char>(wished.front())) == 0) wished.insert(0, "v");
    std::string name = wished.substr(0, kMostNameBytes);
    for (int number = 2; !taken_.insert(in_small_letters(name)).second; ++number) {
      const std::string suffix = "_" + std::to_string(number);
      name = wished.substr(0, kMostNameBytes - suffix.size()) + suffix;
    }
    return name;
  }

 private:
  static std::string in_small_letters(std::string name) {
    for (auto& letter : name) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return name;
  }
  // Statistics programs do not tell capitals from small letters; the first are words of SPSS.
  std::set<std::string> taken_{"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"};
};

// The code of each option. Those of a scale are what it is worth, where each option inside the base has a worth of its
// own; else they are numbered from 1.
std::vector<int> codes_of(const std::vector<survey::Option>& options) {
  std::set<int> worths;
  std::size_t inside = 0;
  for (const auto& option : options) {
    inside += option.in_base ? 1 : 0;
    const bool is_usable = option.value && *option.value >= 0 && *option.value <= kHighest;
    if (option.in_base && is_usable) worths.insert(*option.value);
  }
  const bool have_worths = worths.size() == inside;
  std::vector<int> codes;
  int next = 1;
  int next_outside = kFirstOutside;
  for (const auto& option : options) {
    if (!option.in_base) {
      codes.push_back(next_outside--);
    } else {
      codes.push_back(have_worths ? *option.value : next);
      ++next;
    }
  }
  return codes;
}

int absence_of(std::int16_t code) {
  if (code == tally::kSkipped) return kSkipped;
  return code == tally::kNotAsked ? kNotAsked : kNotReached;
}

void label_absences(Variable& variable, Words& words) {
  variable.labels.push_back({kSkipped, words.say("report.export.skipped")});
  variable.labels.push_back({kNotAsked, words.say("report.export.not_asked")});
  variable.labels.push_back({kNotReached, words.say("report.export.not_reached")});
  std::ranges::sort(variable.labels, {}, &ValueLabel::code);
}

// The cases of a column in their new order.
class Shuffled {
 public:
  explicit Shuffled(std::size_t rows) : order_(rows) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    shuffle(order_);
  }
  template <typename CodeOf>
  std::vector<std::int16_t> cases(CodeOf&& code_of) const {
    std::vector<std::int16_t> cases(order_.size());
    std::ranges::transform(order_, cases.begin(),
                           [&](std::size_t row) { return static_cast<std::int16_t>(code_of(row)); });
    return cases;
  }

 private:
  std::vector<std::size_t> order_;
};

class Making {
 public:
  Making(const tally::Columns& columns, const text::Catalogue& words)
      : columns_(columns), words_(words), order_(columns.rows()) {}

  Result<Dataset> dataset() {
    const auto& questionnaire = columns_.questionnaire();
    made_.id = questionnaire.id;
    made_.version = questionnaire.version;
    made_.cases = columns_.rows();
    made_.title = words_.say("title");
    for (std::size_t i = 0; i < questionnaire.items.size(); ++i) {
      const auto& item = questionnaire.items[i];
      if (std::holds_alternative<survey::MultipleChoice>(item.kind)) {
        add_parts(item, columns_.column(i));
      } else {
        add(item, columns_.column(i));
      }
    }
    if (words_.error()) return std::unexpected(*words_.error());
    return std::move(made_);
  }

 private:
  void add(const survey::Item& item, const tally::Column& column) {
    const std::string key = "item." + item.variable;
    Variable variable{.name = names_.take(item.variable), .question = words_.say(key), .part = {}};
    const auto& options = survey::options_of(item);
    std::vector<int> codes = codes_of(options);
    for (std::size_t i = 0; i < options.size(); ++i) {
      variable.labels.push_back({codes[i], words_.say(key + "." + options[i].id)});
    }
    if (survey::is_text(item)) {
      codes = {1};
      variable.labels.push_back({1, words_.say("report.export.wrote")});
    }
    if (std::holds_alternative<survey::Scale>(item.kind)) variable.measure = Measure::ordinal;
    label_absences(variable, words_);
    variable.cases = order_.cases([&](std::size_t row) {
      const auto code = column.codes[row];
      return code < 0 ? absence_of(code) : codes[static_cast<std::size_t>(code)];
    });
    made_.variables.push_back(std::move(variable));
  }

  // Whoever chose nothing but options outside the base has the code of the first of them in each variable of the item.
  void add_parts(const survey::Item& item, const tally::Column& column) {
    const std::string key = "item." + item.variable;
    const auto& options = survey::options_of(item);
    const auto codes = codes_of(options);
    std::uint64_t inside = 0;
    for (std::size_t i = 0; i < options.size(); ++i) inside |= options[i].in_base ? std::uint64_t{1} << i : 0;
    const auto code_of = [&](std::size_t row, std::size_t part) {
      if (column.codes[row] < 0) return absence_of(column.codes[row]);
      const std::uint64_t chosen = column.chosen[row];
      if ((chosen & inside) == 0) {
        for (std::size_t i = 0; i < options.size(); ++i) {
          if ((chosen >> i & 1U) != 0) return codes[i];
        }
      }
      return static_cast<int>(chosen >> part & 1U);
    };
    for (std::size_t part = 0; part < options.size(); ++part) {
      if (!options[part].in_base) continue;
      Variable variable{.name = names_.take(item.variable + "_" + options[part].id),
                        .question = words_.say(key),
                        .part = words_.say(key + "." + options[part].id)};
      variable.labels = {{0, words_.say("report.export.not_chosen")}, {1, words_.say("report.export.chosen")}};
      for (std::size_t i = 0; i < options.size(); ++i) {
        if (!options[i].in_base) variable.labels.push_back({codes[i], words_.say(key + "." + options[i].id)});
      }
      label_absences(variable, words_);
      variable.cases = order_.cases([&](std::size_t row) { return code_of(row, part); });
      made_.variables.push_back(std::move(variable));
    }
  }

  const tally::Columns& columns_;
  Words words_;
  Names names_;
  const Shuffled order_;
  Dataset made_;
};

}  // namespace

std::string Variable::label() const { return part.empty() ? question : question + " " + part; }

void Dataset::clear() {
  for (auto& variable : variables) {
    wipe(variable.cases.data(), variable.cases.size() * sizeof(std::int16_t));
    variable.cases.clear();
  }
  cases = 0;
}

Result<Dataset> dataset_of(const tally::Columns& columns, const text::Catalogue& words) {
  auto made = Making(columns, words).dataset();
  if (made) made->language = words.language();
  return made;
}

}  // namespace perspective::exports
