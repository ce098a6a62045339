// Inside collector/documents: the blocks of a text as WordprocessingML.
#pragma once

#include <string>

#include "documents/word.h"
#include "report/document.h"

namespace perspective::documents {

class WordBody {
 public:
  // Writes before `last`, the properties of the page; the nodes outlive it.
  WordBody(xmlNodePtr body, xmlNodePtr last, const WordStyles& styles, bool is_right_to_left)
      : body_(body), last_(last), styles_(styles), is_right_to_left_(is_right_to_left) {}

  void write(const report::Document& document);

 private:
  void write(const report::Paragraph& paragraph);
  void write(const report::Table& table);
  xmlNodePtr paragraph(xmlNodePtr parent, const std::string& style, bool stays_with_next = false) const;
  void row(xmlNodePtr table, const std::vector<std::string>& cells, const std::vector<int>& shares, bool is_head) const;
  void cell_mark(xmlNodePtr paragraph, const report::Run& run);
  void words(xmlNodePtr parent, const std::string& text, bool is_bold = false, const std::string& language = {}) const;
  xmlNodePtr before_last(const char* name);
  const std::string& style_of(report::Paragraph::Kind kind) const;

  xmlNodePtr body_;
  xmlNodePtr last_;
  const WordStyles& styles_;
  bool is_right_to_left_;
  int controls_ = 0;
};

// A paragraph of its own with the mark, as the first child of a header or footer.
void put_mark_first(xmlNodePtr header, const std::string& mark, const WordStyles& styles);

}  // namespace perspective::documents
