#include "xlsform/types.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "xlsform/words.h"

namespace perspective::xlsform {
namespace {

struct Plain {
  std::string_view name;
  Type::Is is;
};
constexpr std::array<Plain, 20> kPlain{{{"text", Type::Is::words},
                                        {"string", Type::Is::words},
                                        {"integer", Type::Is::whole_number},
                                        {"int", Type::Is::whole_number},
                                        {"range", Type::Is::range},
                                        {"note", Type::Is::note},
                                        {"begin group", Type::Is::begin_group},
                                        {"end group", Type::Is::end_group},
                                        {"begin repeat", Type::Is::begin_repeat},
                                        {"end repeat", Type::Is::end_repeat},
                                        {"start", Type::Is::not_needed},
                                        {"end", Type::Is::not_needed},
                                        {"today", Type::Is::not_needed},
                                        {"deviceid", Type::Is::not_needed},
                                        {"username", Type::Is::not_needed},
                                        {"phonenumber", Type::Is::not_needed},
                                        {"email", Type::Is::not_needed},
                                        {"simserial", Type::Is::not_needed},
                                        {"subscriberid", Type::Is::not_needed},
                                        {"audit", Type::Is::not_needed}}};

struct Group {
  std::string_view names;  // with a space on either side
  std::string_view what;
  std::string_view remedy;
};
constexpr std::array<Group, 7> kNoUse{
    {{" calculate hidden ", "is worked out by the form, which a kiosk does not do",
      "write what it stands for into the conditions that name it"},
     {" decimal date time datetime ", "asks for something that a kiosk has no keys for",
      "ask with select_one for bands, such as \"last month\""},
     {" geopoint geotrace geoshape start-geopoint osm background-geopoint ", "records a place, which no kiosk does",
      "take it out, or ask with select_one"},
     {" image audio video file background-audio barcode photo ", "records a file or a code, which no kiosk does",
      "take it out, or ask for words with text"},
     {" rank ", "asks for an order, which no kiosk does", "ask with select_one what matters most"},
     {" acknowledge trigger ", "asks to tick one thing", "ask with select_one for yes or no"},
     {" xml-external csv-external ", "is a file beside the form, which a kiosk does not look things up in",
      "take it out"}}};

constexpr std::array<std::string_view, 6> kOfOne{
    "select_one", "select one from", "select one", "select1", "add select one prompt using", "select_one_from"};
constexpr std::array<std::string_view, 7> kOfSeveral{
    "select_multiple", "select all that apply from", "select all that apply",           "select multiple from",
    "select multiple", "select_multiple_from",       "add select multiple prompt using"};

template <std::size_t kSize>
std::string rest_after(const std::array<std::string_view, kSize>& beginnings, const std::string& type) {
  for (const auto beginning : beginnings) {
    if (type.size() > beginning.size() + 1 && small(type).starts_with(std::string(beginning) + " ")) {
      return type.substr(beginning.size() + 1);
    }
  }
  return {};
}

Type select(Type::Is is, const std::string& rest) {
  Type type{.is = is};
  const auto words = words_of(rest);
  type.list = words.empty() ? std::string() : words.front();
  std::string more;
  for (std::size_t i = 1; i < words.size(); ++i) more += (more.empty() ? "" : " ") + words[i];
  constexpr std::array<std::string_view, 3> kOther{"or_other", "or other", "or specify other"};
  type.has_other = std::ranges::find(kOther, small(more)) != kOther.end();
  if (!type.has_other) type.more = more;
  return type;
}

constexpr std::array<Unread, 17> kUnread{
    {{"required", true, "has no meaning on a kiosk: every question may be skipped", "nothing needs to be done"},
     {"required_message", true, "has no meaning on a kiosk: every question may be skipped", "nothing needs to be done"},
     {"appearance", true, "is read for likert alone: a kiosk lays out its screens itself", "nothing needs to be done"},
     {"read_only", false, "makes a question that cannot be answered, which no kiosk has", "write a note instead"},
     {"default", false, "answers before the person does, which no kiosk does", "nothing, or say it in the question"},
     {"calculation", false, "is worked out by the form, which a kiosk does not do",
      "write what it stands for into the conditions that name it"},
     {"trigger", false, "is worked out by the form, which a kiosk does not do", "take it out"},
     {"repeat_count", false, "repeats questions, which no kiosk does", "ask once"},
     {"choice_filter", false, "leaves out choices by earlier answers, which no kiosk does",
      "make a question with a list of its own for each case"},
     {"parameters", false, "is not read", "nothing, if the question is asked well without"},
     {"guidance_hint", false, "has no place of its own on a kiosk",
      "make it a hard word (\"words\" in definition.json), or put it into hint"},
     {"video", false, "is a film, which no kiosk shows", "say it in words"},
     {"big-image", false, "is a picture that opens, which no kiosk has", "say it in words"},
     {"autoplay", true, "is not read: a kiosk speaks as its user has set it", "nothing needs to be done"},
     {"save_to", false, "keeps answers for another form, which no kiosk does", "take it out"},
     {"disabled", true, "takes the row out of the form", "nothing needs to be done"},
     {"query", false, "chooses from another file", "put the choices into the sheet choices"}}};

}  // namespace

Type type_of(std::string_view written) {
  std::string type;
  for (const auto& word : words_of(written)) type += (type.empty() ? "" : " ") + word;
  if (const std::string rest = rest_after(kOfOne, type); !rest.empty()) {
    return select(Type::Is::question_of_one, rest);
  }
  if (const std::string rest = rest_after(kOfSeveral, type); !rest.empty()) {
    return select(Type::Is::question_of_several, rest);
  }
  std::string name = small(type);
  if (name.starts_with("begin_") || name.starts_with("end_")) name[name.find('_')] = ' ';
  for (const auto& plain : kPlain) {
    if (name != plain.name) continue;
    return {.is = plain.is,
            .what = plain.is == Type::Is::not_needed ? "is not kept: a kiosk records no time, person or device" : "",
            .remedy = "nothing needs to be done"};
  }
  const std::string first = words_of(name).empty() ? std::string() : words_of(name).front();
  for (const auto& group : kNoUse) {
    if (group.names.find(" " + first + " ") != std::string_view::npos) {
      return {.what = std::string(group.what), .remedy = std::string(group.remedy)};
    }
  }
  const bool is_of_a_file = first.find("external") != std::string::npos || first.find("from_file") != std::string::npos;
  if (is_of_a_file) {
    return {.what = "takes its choices from another file", .remedy = "put them into the sheet choices"};
  }
  return {.what = "is no type that XLSForm's reference has",
          .remedy = "use text, integer, note, select_one or select_multiple"};
}

Range range_of(std::string_view parameters) {
  double start = 0;
  double last = 10;
  double step = 1;
  Range range;
  for (const auto& word : words_of(parameters)) {
    const std::size_t at = word.find('=');
    constexpr double kNone = 1e9;
    const double number =
        at == std::string::npos ? kNone : number_of(std::string_view(word).substr(at + 1)).value_or(kNone);
    const std::string name = small(word.substr(0, at));
    double* const meant = name == "start" ? &start : name == "end" ? &last : name == "step" ? &step : nullptr;
    if (meant == nullptr || std::abs(number) > 1e6) {
      range.unread.push_back(word);
    } else {
      *meant = number;
    }
  }
  const bool is_whole = step == 1 && start == std::floor(start) && last == std::floor(last);
  if (is_whole && last > start) range.bounds = Bounds{static_cast<long>(start), static_cast<long>(last)};
  return range;
}

const Unread* unread_column(std::string_view kind) {
  const auto* const found = std::ranges::find(kUnread, kind, &Unread::kind);
  return found == kUnread.end() ? nullptr : found;
}

}  // namespace perspective::xlsform
