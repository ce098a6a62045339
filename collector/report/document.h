// A text that leaves the collector, before it has a file's form: what Word, OpenDocument and plain text are written
// from.
//
// Promise:   plain values; nothing here decides what may be said: whoever fills one in has asked the guard, or marks it
// as
//            full. The order of blocks is the order of reading.
// Threads:   plain values.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace perspective::report {

// Words of one paragraph that belong together. `cell` says where a figure comes from ("victims/satisfied":
// questionnaire and finding; "victims": how many answered it; kOfReconciliation of head.h); empty: nobody's figure.
struct Run {
  std::string text;
  std::string cell = {};
  bool is_quoted = false;     // quotations
  std::string language = {};  // BCP 47, of words in another than the document's; empty: in that
  bool operator==(const Run&) const = default;
};

struct Paragraph {
  // In a file each is a style of its own, which an inspectorate may restyle.
  enum class Kind { mark, title, heading, text, note };  // mark: "not for release"
  Kind kind = Kind::text;
  std::vector<Run> runs;
  bool operator==(const Paragraph&) const = default;
};

struct Table {
  std::string caption;
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;  // each as long as the head
  bool operator==(const Table&) const = default;
};

using Block = std::variant<Paragraph, Table>;

struct Document {
  std::string title;           // of the file's properties
  std::string language;        // BCP 47, "en", "cy"
  std::string page_mark = {};  // on every page; empty: none
  std::vector<Block> blocks;
  bool operator==(const Document&) const = default;
};

// As plain text: a paragraph a line, an empty line between them; a table's cells with " | " between.
std::string to_text(const Document& document);

}  // namespace perspective::report
