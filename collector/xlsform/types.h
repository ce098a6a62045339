// The types of XLSForm's survey sheet: what a row asks, or why no kiosk can. Used by the import alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xlsform/expression.h"

namespace perspective::xlsform {

struct Type {
  enum class Is {
    question_of_one,  // select_one, with its list
    question_of_several,
    words,
    whole_number,
    range,
    note,
    begin_group,
    end_group,
    begin_repeat,
    end_repeat,
    not_needed,   // what a kiosk does not keep, on purpose: times, devices
    not_askable,  // what no kiosk can ask
  };
  Is is = Is::not_askable;
  std::string list = {};
  bool has_other = false;
  std::string more = {};  // what stands behind the list and means nothing
  std::string what = {};  // of not_needed and not_askable
  std::string remedy = {};
};

Type type_of(std::string_view written);

// The parameters of a range: "start=1 end=5 step=1". Without them it is 0 to 10.
struct Range {
  std::optional<Bounds> bounds = {};     // none: not whole numbers, step by step
  std::vector<std::string> unread = {};  // parts that say nothing of the numbers
};
Range range_of(std::string_view parameters);

// What is lost where a column of the survey or choices sheet that is not read holds something.
struct Unread {
  std::string_view kind;
  bool is_harmless = false;  // a kiosk does it in its own way
  std::string_view what;
  std::string_view remedy;
};
const Unread* unread_column(std::string_view kind);  // null: XLSForm has no such column, as far as we know

}  // namespace perspective::xlsform
