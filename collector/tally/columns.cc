#include "tally/columns.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/secret.h"

namespace perspective::tally {
namespace {

struct Cell {
  std::int16_t code = kSkipped;
  std::uint64_t chosen = 0;
};

std::int16_t code_of(survey::Absence absence) {
  switch (absence) {
    case survey::Absence::skipped:
      return kSkipped;
    case survey::Absence::not_asked:
      return kNotAsked;
    case survey::Absence::not_reached:
      return kNotReached;
  }
  return kNotReached;
}

std::optional<std::size_t> position_of(const survey::Item& item, const std::string& option) {
  const auto& options = survey::options_of(item);
  const auto found = std::ranges::find(options, option, &survey::Option::id);
  if (found == options.end()) return std::nullopt;
  return static_cast<std::size_t>(found - options.begin());
}

std::optional<Cell> cell_of(const survey::Item& item, const survey::Answer& answer) {
  if (const auto* choice = std::get_if<survey::Choice>(&answer)) {
    const auto position = position_of(item, choice->option);
    if (!position || std::holds_alternative<survey::MultipleChoice>(item.kind)) return std::nullopt;
    return Cell{static_cast<std::int16_t>(*position), 0};
  }
  if (const auto* choices = std::get_if<survey::Choices>(&answer)) {
    if (!std::holds_alternative<survey::MultipleChoice>(item.kind) || choices->options.empty()) return std::nullopt;
    Cell cell{kAnswered, 0};
    for (const auto& option : choices->options) {
      const auto position = position_of(item, option);
      if (!position) return std::nullopt;
      cell.chosen |= std::uint64_t{1} << *position;
    }
    return cell;
  }
  if (!survey::is_text(item)) return std::nullopt;
  return Cell{kAnswered, 0};
}

Result<Cell> cell_for(const survey::Item& item, const survey::Submission& submission) {
  const auto answer = submission.answers.find(item.variable);
  if (answer != submission.answers.end()) {
    if (const auto cell = cell_of(item, answer->second)) return *cell;
    return fail(ErrorCode::invalid, "the answer to '" + item.variable + "' is none that this questionnaire knows");
  }
  const auto absence = submission.absent.find(item.variable);
  if (absence == submission.absent.end())
    return fail(ErrorCode::invalid, "'" + item.variable + "' has neither an answer nor a reason why there is none");
  return Cell{code_of(absence->second), 0};
}

template <typename T>
void forget(std::vector<T>& values) {
  if (!values.empty()) wipe(values.data(), values.size() * sizeof(T));
  values.clear();
}

// The place behind the last is overwritten too: clear() does not reach it any more.
template <typename T>
void take_out(std::vector<T>& values, std::size_t row) {
  if (row >= values.size()) return;  // only multiple choices have chosen
  std::copy(values.begin() + static_cast<std::ptrdiff_t>(row) + 1, values.end(),
            values.begin() + static_cast<std::ptrdiff_t>(row));
  wipe(&values.back(), sizeof(T));
  values.pop_back();
}

}  // namespace

Columns::Columns(survey::Questionnaire questionnaire)
    : questionnaire_(std::move(questionnaire)), columns_(questionnaire_.items.size()) {}

Columns::~Columns() { clear(); }

Result<void> Columns::append(const survey::Submission& submission) {
  if (submission.questionnaire != questionnaire_.id || submission.version != questionnaire_.version)
    return fail(ErrorCode::invalid, "a submission of another questionnaire than '" + questionnaire_.id + "' version " +
                                        std::to_string(questionnaire_.version));
  std::vector<Cell> row;
  row.reserve(questionnaire_.items.size());
  for (const auto& item : questionnaire_.items) {
    const auto cell = cell_for(item, submission);
    if (!cell) return std::unexpected(cell.error());
    row.push_back(*cell);
  }
  for (std::size_t i = 0; i < row.size(); ++i) {
    columns_[i].codes.push_back(row[i].code);
    if (std::holds_alternative<survey::MultipleChoice>(questionnaire_.items[i].kind))
      columns_[i].chosen.push_back(row[i].chosen);
  }
  ++rows_;
  const bool is_on_paper = submission.mode == "paper";
  are_on_paper_.push_back(is_on_paper ? 1 : 0);
  if (is_on_paper) ++on_paper_;
  forget(row);
  return {};
}

void Columns::remove(std::size_t row) {
  for (auto& column : columns_) {
    take_out(column.codes, row);
    take_out(column.chosen, row);
  }
  on_paper_ -= are_on_paper_[row];
  take_out(are_on_paper_, row);
  --rows_;
}

void Columns::clear() {
  for (auto& column : columns_) {
    forget(column.codes);
    forget(column.chosen);
  }
  forget(are_on_paper_);
  rows_ = 0;
  on_paper_ = 0;
}

}  // namespace perspective::tally
