#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <cerrno>
#include <cstring>
#include <limits>

#include "documents/row_heights.h"
#include "documents/workbook.h"

namespace perspective::documents {
namespace {

constexpr time_t kFirstDay = 315532800;        // 1 January 1980: a file does not tell when it was made
constexpr std::size_t kMostHeaderBytes = 250;  // of a page's head; the library has room for 255

// A file without a name, in memory.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("workbook", MFD_CLOEXEC)) {}
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  bool is_open() const { return descriptor_ >= 0; }
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

  Result<Bytes> content() const {
    const auto size = lseek(descriptor_, 0, SEEK_END);
    if (size <= 0) return fail(ErrorCode::io, "the workbook is empty");
    Bytes bytes(static_cast<std::size_t>(size));
    for (std::size_t at = 0; at < bytes.size();) {
      const auto got = pread(descriptor_, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
      if (got <= 0) return fail(ErrorCode::io, "the workbook cannot be read back");
      at += static_cast<std::size_t>(got);
    }
    return bytes;
  }

 private:
  int descriptor_;
};

struct Looks {
  lxw_format* mark;
  lxw_format* heading;
  lxw_format* head;
  lxw_format* number_head;
  lxw_format* text;
  lxw_format* number;
  lxw_format* decimal;
};

Looks looks_of(lxw_workbook* workbook) {
  const auto format = [&](std::uint8_t align) {
    auto* const made = workbook_add_format(workbook);
    format_set_font_name(made, "Arial");
    format_set_font_size(made, 10);
    format_set_align(made, LXW_ALIGN_VERTICAL_TOP);
    format_set_align(made, align);
    return made;
  };
  const Looks looks{.mark = format(LXW_ALIGN_LEFT),
                    .heading = format(LXW_ALIGN_LEFT),
                    .head = format(LXW_ALIGN_LEFT),
                    .number_head = format(LXW_ALIGN_RIGHT),
                    .text = format(LXW_ALIGN_LEFT),
                    .number = format(LXW_ALIGN_RIGHT),
                    .decimal = format(LXW_ALIGN_RIGHT)};
  format_set_bold(looks.mark);
  format_set_font_color(looks.mark, 0x9B1C1C);
  format_set_bold(looks.heading);
  format_set_font_size(looks.heading, 14);
  for (auto* const head : {looks.head, looks.number_head}) {
    format_set_bold(head);
    format_set_text_wrap(head);
    format_set_bg_color(head, 0xE6EBF2);
    format_set_bottom(head, LXW_BORDER_THIN);
  }
  format_set_text_wrap(looks.text);
  format_set_num_format(looks.number, "0");
  format_set_num_format(looks.decimal, "0.0");
  return looks;
}

// Remembers the first mistake of the library.
class SheetWriter {
 public:
  SheetWriter(lxw_worksheet* sheet, const Looks& looks) : sheet_(sheet), looks_(looks) {}

  lxw_error write(const Sheet& sheet, const std::string& title) {
    if (!sheet.mark.empty()) line(sheet.mark, looks_.mark, kMarkHeight);
    if (!sheet.heading.empty()) line(sheet.heading, looks_.heading, kHeadingHeight);
    const auto head = row_;
    for (const auto& column : sheet.columns) text(column.head, column.is_number ? looks_.number_head : looks_.head);
    next_row(height_of_head(sheet.columns));
    for (const auto& row : sheet.rows) {
      for (const auto& cell : row) write(cell);
      next_row(height_of(row, sheet.columns));
    }
    lay_out(sheet, head);
    set_head_and_foot(sheet, title);
    return error_;
  }

 private:
  void note(lxw_error result) {
    if (error_ == LXW_NO_ERROR) error_ = result;
  }
  void next_row(double height) {
    note(worksheet_set_row(sheet_, row_, height, nullptr));
    ++row_;
    column_ = 0;
  }
  void line(const std::string& words, lxw_format* look, double height) {
    text(words, look);
    next_row(height);
  }
  void text(const std::string& words, lxw_format* look) {
    if (words.empty())
      note(worksheet_write_blank(sheet_, row_, column_++, look));
    else
      note(worksheet_write_string(sheet_, row_, column_++, words.c_str(), look));
  }
  void write(const Cell& cell) {
    if (const auto* words = std::get_if<std::string>(&cell)) return text(*words, looks_.text);
    if (const auto* number = std::get_if<std::int64_t>(&cell))
      note(worksheet_write_number(sheet_, row_, column_, static_cast<double>(*number), looks_.number));
    else if (const auto* decimal = std::get_if<double>(&cell))
      note(worksheet_write_number(sheet_, row_, column_, *decimal, looks_.decimal));
    ++column_;
  }

  void lay_out(const Sheet& sheet, lxw_row_t head) {
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
      const auto at = static_cast<lxw_col_t>(i);
      note(worksheet_set_column(sheet_, at, at, sheet.columns[i].width, nullptr));
    }
    worksheet_freeze_panes(sheet_, head + 1, 0);
    if (!sheet.rows.empty() && sheet.is_data)
      note(worksheet_autofilter(sheet_, head, 0, row_ - 1, static_cast<lxw_col_t>(sheet.columns.size() - 1)));
    note(worksheet_repeat_rows(sheet_, head, head));
    worksheet_set_landscape(sheet_);
    worksheet_set_paper(sheet_, 9);  // A4
    worksheet_fit_to_pages(sheet_, 1, 0);
  }

  void set_head_and_foot(const Sheet& sheet, const std::string& title) {
    const auto words = for_head(sheet.mark.empty() ? title : sheet.mark);
    note(worksheet_set_header(sheet_, ("&C" + words).c_str()));
    note(worksheet_set_footer(sheet_, sheet.mark.empty() ? "&C&P / &N" : ("&C" + words + "&R&P").c_str()));
  }

  // "&" begins a code in a page's head.
  static std::string for_head(const std::string& words) {
    std::string head;
    for (const char letter : words) {
      if (head.size() > kMostHeaderBytes - 6 && (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U) break;
      head += letter == '&' ? "&&" : std::string(1, letter);
    }
    return head;
  }

  lxw_worksheet* sheet_;
  const Looks& looks_;
  lxw_row_t row_ = 0;
  lxw_col_t column_ = 0;
  lxw_error error_ = LXW_NO_ERROR;
};

std::unexpected<Error> refused(lxw_error error) {
  return fail(ErrorCode::io, std::string("the workbook cannot be written: ") + lxw_strerror(error));
}

}  // namespace

Result<Bytes> xlsx(const Workbook& workbook, const MemoryFolder& temporary) {
  const MemoryFile file;
  if (!file.is_open()) return fail(ErrorCode::io, std::string("the workbook cannot be made: ") + std::strerror(errno));
  auto folder = temporary.path().string();
  lxw_workbook_options options{};
  options.tmpdir = folder.data();
  auto* const made = workbook_new_opt(file.path().c_str(), &options);
  if (made == nullptr) return fail(ErrorCode::io, "the workbook cannot be made: there is no memory left");
  auto title = workbook.title;
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.created = kFirstDay;
  auto error = workbook_set_properties(made, &properties);
  const auto looks = looks_of(made);
  const auto names = sheet_names(workbook);
  for (std::size_t i = 0; i < workbook.sheets.size(); ++i) {
    auto* const sheet = workbook_add_worksheet(made, names[i].c_str());
    if (sheet == nullptr) error = LXW_ERROR_MEMORY_MALLOC_FAILED;
    if (error == LXW_NO_ERROR) error = SheetWriter(sheet, looks).write(workbook.sheets[i], workbook.title);
  }
  const auto closed = workbook_close(made);  // frees it whatever happened
  if (error != LXW_NO_ERROR) return refused(error);
  if (closed != LXW_NO_ERROR) return refused(closed);
  return file.content();
}

}  // namespace perspective::documents
