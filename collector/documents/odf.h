// Inside collector/documents: what a text and a spreadsheet of OpenDocument 1.3 (ISO/IEC 26300) have in common.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "documents/parts.h"
#include "documents/xml_tree.h"

namespace perspective::documents {

inline constexpr Namespace kOffice{"urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office"};
inline constexpr Namespace kStyle{"urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style"};
inline constexpr Namespace kText{"urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text"};
inline constexpr Namespace kTable{"urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table"};
inline constexpr Namespace kFo{"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0", "fo"};
inline constexpr const char* kOdfVersion = "1.3";

// Letters as they are: OpenDocument takes several spaces for one, and a line break for a space.
class OdfWords {
 public:
  explicit OdfWords(xmlNodePtr paragraph) : paragraph_(paragraph) {}
  void add(std::string_view text);
  void into(xmlNodePtr node) { paragraph_ = node; }  // what is added next goes there: the paragraph, or a part of it

 private:
  xmlNodePtr paragraph_;
  bool is_after_space_ = true;  // at the start of a paragraph
};

// language and country on a node of text properties.
void set_odf_language(xmlNodePtr properties, std::string_view language);

// The container: type first and not deflated, then the parts, a list of them, and title and language.
Result<Bytes> odf_file(const std::string& media_type, Parts parts, const std::string& title,
                       const std::string& language);

}  // namespace perspective::documents
