#include "sheet/marks.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

namespace perspective::sheet {
namespace {

constexpr std::size_t kEntryBytes = 20;  // of a cross-reference table, PDF 1.7, 7.5.4

std::unexpected<Error> strange(const char* what) {
  return fail(ErrorCode::corrupt, std::string("a PDF without ") + what);
}

std::optional<std::size_t> number_at(std::string_view text, std::size_t at) {
  at = text.find_first_of("0123456789", at);
  std::size_t number = 0;
  if (at == std::string_view::npos) return std::nullopt;
  const auto read = std::from_chars(text.data() + at, text.data() + text.size(), number);
  return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

std::string ten_digits(std::size_t number) {
  std::string digits = std::to_string(number);
  return std::string(10 - std::min<std::size_t>(10, digits.size()), '0') + digits;
}

// UTF-16 with its mark, in hexadecimal (PDF 1.7, 7.9.2.2).
std::string text_string(std::string_view utf8) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string text = "<FEFF";
  const auto unit = [&](unsigned value) {
    for (int shift = 12; shift >= 0; shift -= 4) text += kDigits[(value >> shift) & 0xF];
  };
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    unsigned point = more == 0 ? lead : lead & (0x3Fu >> more);
    for (std::size_t k = 1; k <= more && i + k < utf8.size(); ++k) {
      point = (point << 6) | (static_cast<unsigned char>(utf8[i + k]) & 0x3Fu);
    }
    i += more + 1;
    if (point < 0x10000) {
      unit(point);
    } else {
      unit(0xD800 + ((point - 0x10000) >> 10));
      unit(0xDC00 + ((point - 0x10000) & 0x3FF));
    }
  }
  return text + ">";
}

// The objects of a file, and those that are written anew behind it.
class File {
 public:
  explicit File(std::string bytes) : bytes_(std::move(bytes)) {}

  Result<void> read() {
    const auto last = bytes_.rfind("startxref");
    const auto table = last == std::string::npos ? std::nullopt : number_at(bytes_, last);
    if (!table || bytes_.compare(*table, 7, "xref\n0 ") != 0) return strange("a table of its objects");
    table_ = *table;
    count_ = number_at(bytes_, table_ + 7).value_or(0);
    entries_ = bytes_.find('\n', table_ + 5) + 1;
    const auto trailer = bytes_.find("trailer", entries_);
    if (trailer == std::string::npos || entries_ + count_ * kEntryBytes > trailer) return strange("its objects");
    root_ = number_at(bytes_, bytes_.find("/Root", trailer)).value_or(0);
    info_ = number_at(bytes_, bytes_.find("/Info", trailer)).value_or(0);
    if (root_ == 0 || root_ >= count_ || info_ >= count_) return strange("a root");
    return {};
  }
  std::size_t count() const { return count_; }
  std::size_t root() const { return root_; }

  // "<< ... >>", or empty: it is no dictionary of its own.
  std::string dictionary(std::size_t object) const {
    const auto at = number_at(bytes_, entries_ + object * kEntryBytes).value_or(bytes_.size());
    const std::string head = std::to_string(object) + " 0 obj\n<< ";
    if (at >= bytes_.size() || bytes_.compare(at, head.size(), head) != 0) return {};
    const auto end = bytes_.find("endobj", at);
    const auto start = at + head.size() - 3;
    const auto close = bytes_.rfind(">>", end);
    const bool is_stream = bytes_.substr(close + 2, end - close - 2).find_first_not_of(" \n\r") != std::string::npos;
    return close < start || is_stream ? std::string() : bytes_.substr(start, close + 2 - start);
  }

  void add(std::size_t object, const std::string& entries) {
    std::string dictionary_now = dictionary(object);
    dictionary_now.insert(dictionary_now.size() - 2, entries);
    written_.emplace_back(object, bytes_.size() + behind_.size());
    behind_ += std::to_string(object) + " 0 obj\n" + dictionary_now + "\nendobj\n";
  }

  std::string whole() && {
    const auto table = bytes_.size() + behind_.size();
    behind_ += "xref\n";
    for (const auto& [object, offset] : written_) {
      behind_ += std::to_string(object) + " 1\n" + ten_digits(offset) + " 00000 n \n";
    }
    behind_ += "trailer\n<< /Size " + std::to_string(count_) + "\n   /Root " + std::to_string(root_) +
               " 0 R\n   /Info " + std::to_string(info_) + " 0 R\n   /Prev " + std::to_string(table_) +
               "\n>>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
    return std::move(bytes_) + behind_;
  }

 private:
  std::string bytes_;
  std::string behind_;
  std::vector<std::pair<std::size_t, std::size_t>> written_;  // object, offset
  std::size_t table_ = 0;
  std::size_t entries_ = 0;
  std::size_t count_ = 0;
  std::size_t root_ = 0;
  std::size_t info_ = 0;
};

bool is_figure(std::string_view dictionary) {
  return dictionary.find("/Type /StructElem") != std::string_view::npos &&
         dictionary.find("/S /Figure\n") != std::string_view::npos;
}

}  // namespace

Result<std::string> marked(std::string pdf, const std::string& language, const std::vector<std::string>& alternatives) {
  File file(std::move(pdf));
  if (auto read = file.read(); !read) return std::unexpected(read.error());
  if (file.dictionary(file.root()).empty()) return strange("a catalogue");
  std::size_t next = 0;
  // Numbers of objects grow in the order in which they were begun, but for the root.
  for (std::size_t object = 1; object < file.count(); ++object) {
    if (!is_figure(file.dictionary(object))) continue;
    if (next == alternatives.size()) return strange("as many texts as figures");
    file.add(object, "   /Alt " + text_string(alternatives[next++]) + "\n");
  }
  if (next != alternatives.size()) return strange("as many figures as texts");
  file.add(file.root(), "   /Lang (" + language + ")\n   /ViewerPreferences << /DisplayDocTitle true >>\n");
  return std::move(file).whole();
}

}  // namespace perspective::sheet
