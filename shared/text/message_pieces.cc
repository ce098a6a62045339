#include "text/message_pieces.h"

#include <unicode/messagepattern.h>

#include <string>
#include <utility>

#include "text/utf8.h"

namespace perspective::text {
namespace {

constexpr std::string_view kBegin = "\xEF\xB7\x90";
constexpr std::string_view kNameEnds = "\xEF\xB7\x91";
constexpr std::string_view kEnd = "\xEF\xB7\x92";

struct Printed {
  std::int32_t begin = 0;
  std::int32_t end = 0;
  icu::UnicodeString name;
};

bool is_printed(UMessagePatternArgType type) {
  return type == UMSGPAT_ARG_TYPE_NONE || type == UMSGPAT_ARG_TYPE_SIMPLE;
}

std::vector<Printed> printed_in(const icu::MessagePattern& pattern) {
  std::vector<Printed> printed;
  std::vector<icu::UnicodeString>
      around;  // the arguments that a place stands in, outermost first; "#" is only ever the last one's
  for (std::int32_t i = 0; i < pattern.countParts(); ++i) {
    const auto& part = pattern.getPart(i);
    if (part.getType() == UMSGPAT_PART_TYPE_ARG_START) {
      around.push_back(pattern.getSubstring(pattern.getPart(i + 1)));
      const auto end = pattern.getPart(pattern.getLimitPartIndex(i)).getLimit();
      if (is_printed(part.getArgType())) printed.push_back({part.getIndex(), end, around.back()});
    } else if (part.getType() == UMSGPAT_PART_TYPE_ARG_LIMIT) {
      around.pop_back();
    } else if (part.getType() == UMSGPAT_PART_TYPE_REPLACE_NUMBER) {
      printed.push_back({part.getIndex(), part.getLimit(), around.back()});
    }
  }
  return printed;
}

std::string without_marks(std::string text) {
  for (const auto mark : {kBegin, kNameEnds, kEnd})
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) text.erase(at, mark.size());
  return text;
}

void add(std::vector<Piece>& pieces, std::string_view text, std::string_view argument) {
  if (text.empty() && argument.empty()) return;
  if (!pieces.empty() && pieces.back().argument.empty() && argument.empty())
    pieces.back().text += text;
  else
    pieces.push_back({std::string(text), std::string(argument)});
}

}  // namespace

icu::UnicodeString marked(const icu::UnicodeString& message) {
  UErrorCode status = U_ZERO_ERROR;
  icu::MessagePattern pattern(UMSGPAT_APOS_DOUBLE_OPTIONAL, status);
  pattern.parse(message, nullptr, status);
  if (U_FAILURE(status)) return message;
  icu::UnicodeString with;
  std::int32_t from = 0;
  for (const auto& each : printed_in(pattern)) {
    with.append(message, from, each.begin - from);
    with += from_utf8(kBegin) + each.name + from_utf8(kNameEnds);
    with.append(message, each.begin, each.end - each.begin);
    with += from_utf8(kEnd);
    from = each.end;
  }
  return with.append(message, from, message.length() - from);
}

Arguments without_marks(const Arguments& arguments) {
  auto without = arguments;
  for (auto& [_, value] : without)
    if (auto* const text = std::get_if<std::string>(&value)) *text = without_marks(std::move(*text));
  return without;
}

std::vector<Piece> pieces_of(std::string_view marked) {
  std::vector<Piece> pieces;
  while (true) {
    const auto begin = marked.find(kBegin);
    add(pieces, marked.substr(0, begin), {});
    if (begin == std::string_view::npos) return pieces;
    marked.remove_prefix(begin + kBegin.size());
    const auto name_ends = marked.find(kNameEnds);
    const auto end = marked.find(kEnd);
    add(pieces, marked.substr(name_ends + kNameEnds.size(), end - name_ends - kNameEnds.size()),
        marked.substr(0, name_ends));
    marked.remove_prefix(end + kEnd.size());
  }
}

}  // namespace perspective::text
