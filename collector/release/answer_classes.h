// Answers to one item that neither findings nor conditions can tell apart, each class with one answer that stands for
// it.
//
// Promise:   pure. The empty answer is not among them.
// Errors:    invalid: a multiple choice with more than kMaxDistinct options that can be told apart.
// Threads:   any.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "survey/questionnaire.h"

namespace perspective::release {

inline constexpr std::size_t kMaxDistinct = 10;

struct AnswerClass {
  std::string options;  // ids, with slashes between
  std::string value;    // as conditions see it
  bool in_base = true;
  std::vector<bool> counted;  // by each of `findings`
};

// `mentions`: all that conditions say of the item.
Result<std::vector<AnswerClass>> answer_classes(const survey::Item& item,
                                                const std::vector<const survey::Finding*>& findings,
                                                const std::vector<survey::Mention>& mentions);

}  // namespace perspective::release
