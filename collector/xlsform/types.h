// The types of XLSForm's survey sheet: what a row asks, or why no kiosk can. Used by the import alone.
#pragma once

#include <string>
#include <string_view>

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
  std::string what = {};  // of not_needed and not_askable
  std::string remedy = {};
};

Type type_of(std::string_view written);

// What is lost where a column of the survey or choices sheet that is not read holds something.
struct Unread {
  std::string_view kind;
  bool is_harmless = false;  // a kiosk does it in its own way
  std::string_view what;
  std::string_view remedy;
};
const Unread* unread_column(std::string_view kind);  // null: XLSForm has no such column, as far as we know

}  // namespace perspective::xlsform
