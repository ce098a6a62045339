// Inside collector/documents: names of WordprocessingML (ISO/IEC 29500-1, transitional), and a template taken apart.
//
// Promise:   what is kept of a template is what it looks like: styles, theme, numbering, fonts, settings, headers and
//            footers with their pictures, page size. Its text, comments, properties, macros and whatever it would load
//            from elsewhere are left out.
// Errors:    invalid, in words for whoever made the template, with all that is missing at once.
// Ownership: plain values.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "documents/package.h"
#include "documents/parts.h"
#include "documents/xml_tree.h"

namespace perspective::documents {

inline constexpr Namespace kWord{"http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"};
inline constexpr Namespace kOfficeRelation{"http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"};
inline constexpr Namespace kXml{"http://www.w3.org/XML/1998/namespace", "xml"};
inline constexpr const char* kWordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

// Ids of styles. Empty: the template has none of that name, and a remark says so; title and heading are always there.
struct WordStyles {
  std::string title;    // "Title"
  std::string heading;  // "Heading 1"
  std::string text;     // "Body Text"
  std::string mark;     // "PerspectiveMark"
  std::string note;     // "PerspectiveNote"
  std::string caption;  // "Caption"
  std::string table;    // "PerspectiveTable", a style of tables
};

struct WordTemplate {
  std::string main;  // name of the part with the text
  Parts parts;       // that are kept, `main` among them, without relationships and content types
  std::map<std::string, std::string> types;
  std::map<std::string, std::vector<Relationship>> relationships;  // of a part that is kept
  WordStyles styles;
  std::vector<std::string> remarks;
};

Result<WordTemplate> open_word_template(const Parts& parts);

// The part that a relationship of this type of the main part leads to; empty: none.
std::string part_of_type(const WordTemplate& word, std::string_view type);

}  // namespace perspective::documents
