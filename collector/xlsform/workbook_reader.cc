#include <algorithm>
#include <cctype>

#include "archive/archive.h"
#include "xlsform/sheet_parts.h"
#include "xlsform/workbook.h"

namespace perspective::xlsform {
namespace {

using Relations = std::map<std::string, Relation>;

constexpr archive::FileKind kWorkbookFile{
    .suffix = ".xlsx",
    .old_suffix = ".xls",
    .save_it = "save the form as \"Excel workbook (.xlsx)\"",
    .is_too_large = "copy the sheets survey, choices and settings into a new workbook",
    .holds_too_much = "holds more than a form can",
    .max_file_bytes = kMaxFileBytes,
    .max_part_bytes = kMaxPartBytes,
    .max_parts_bytes = kMaxPartsBytes,
    .max_parts = kMaxParts};

std::string folder_of(const std::string& part) {
  const std::size_t slash = part.rfind('/');
  return slash == std::string::npos ? std::string() : part.substr(0, slash + 1);
}

// A target is relative to the part that names it, or begins with "/": then to the container.
std::string resolved(const std::string& part, const std::string& target) {
  std::string path = target.starts_with('/') ? target.substr(1) : folder_of(part) + target;
  for (std::size_t up = path.find("../"); up != std::string::npos; up = path.find("../")) {
    const std::size_t before = up < 2 ? std::string::npos : path.rfind('/', up - 2);
    path.erase(before == std::string::npos ? 0 : before + 1, up + 3 - (before == std::string::npos ? 0 : before + 1));
  }
  return path;
}

std::string relations_of(const std::string& part) {
  return folder_of(part) + "_rels/" + part.substr(folder_of(part).size()) + ".rels";
}

std::string small(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

class Reader {
 public:
  explicit Reader(archive::Archive archive) : archive_(std::move(archive)) {}

  Result<Workbook> all(const std::vector<std::string>& wanted) {
    auto main = main_part();
    if (!main) return std::unexpected(main.error());
    auto relations = relations_beside(*main);
    if (!relations) return std::unexpected(relations.error());
    auto xml = needed(*main);
    if (!xml) return std::unexpected(xml.error());
    const auto names = read_sheet_names(*xml);
    if (!names) return in_context("the workbook " + *main, names.error());
    if (auto read = read_texts(*main, *relations); !read) return std::unexpected(read.error());
    Workbook workbook;
    for (const NamedSheet& named : *names) {
      Sheet sheet{.name = named.name};
      sheet.is_read = std::ranges::find(wanted, small(named.name)) != wanted.end();
      if (sheet.is_read) {
        auto rows = rows_of(*main, *relations, named);
        if (!rows) return in_context("the sheet " + named.name, rows.error());
        sheet.rows = *std::move(rows);
      }
      workbook.sheets.push_back(std::move(sheet));
    }
    return workbook;
  }

 private:
  Result<std::string> needed(const std::string& part) {
    auto content = archive_.part(part);
    if (!content) return std::unexpected(content.error());
    if (!*content) return fail(ErrorCode::invalid, "is no workbook: it has no part " + part);
    return **std::move(content);
  }

  Result<Relations> relations_beside(const std::string& part) {
    const std::string name = relations_of(part);
    auto xml = needed(name);
    if (!xml) return std::unexpected(xml.error());
    auto relations = read_relations(*xml);
    if (!relations) return in_context("the part " + name, relations.error());
    return relations;
  }

  Result<std::string> main_part() {
    auto relations = relations_beside("");
    if (!relations) return std::unexpected(relations.error());
    for (const auto& [id, relation] : *relations) {
      if (relation.type == "officeDocument") return resolved("", relation.target);
    }
    return fail(ErrorCode::invalid, "is no workbook: nothing in it says which part is the workbook");
  }

  Result<void> read_texts(const std::string& main, const Relations& relations) {
    for (const auto& [id, relation] : relations) {
      if (relation.type != "sharedStrings") continue;
      auto xml = needed(resolved(main, relation.target));
      if (!xml) return std::unexpected(xml.error());
      auto texts = read_shared_texts(*xml);
      if (!texts) return in_context("the part " + relation.target, texts.error());
      shared_ = *std::move(texts);
    }
    return {};
  }

  Result<std::vector<Row>> rows_of(const std::string& main, const Relations& relations, const NamedSheet& named) {
    const auto found = relations.find(named.relation);
    if (found == relations.end() || found->second.type != "worksheet") {
      return fail(ErrorCode::invalid, "is not there, or is a chart: save the form again");
    }
    const auto xml = needed(resolved(main, found->second.target));
    if (!xml) return std::unexpected(xml.error());
    return read_rows(*xml, shared_, left_);
  }

  archive::Archive archive_;
  std::vector<std::string> shared_;
  Allowance left_;
};

}  // namespace

Result<Workbook> read_workbook(ByteView file, const std::vector<std::string>& wanted) {
  auto archive = archive::Archive::open(file, kWorkbookFile);
  if (!archive) return std::unexpected(archive.error());
  return Reader(*std::move(archive)).all(wanted);
}

std::string column_letters(std::size_t column) {
  std::string letters;
  for (++column; column > 0; column = (column - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  }
  return letters;
}

}  // namespace perspective::xlsform
