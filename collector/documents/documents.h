// A text as a file of a word processor: .docx from a template that an inspectorate restyles, .odt in our own style.
//
// Promise:   the same document and template give the same bytes. No date, no author, nothing of who wrote it or when
//            somebody sat. Every block is there, in its order, in its own style; each paragraph's words as they are. A
//            figure stands between the marks of its cell (Run::cell): a content control with that tag in .docx, a
//            bookmark of that name in .odt. `page_mark` is in header and foot of every page, also where a template has
//            a first page of its own or tells left from right; a block that repeats it is not written again. Title,
//            language, headings, head rows of tables and their captions are marked as such. Written in memory: no file,
//            no temporary one.
// Errors:    invalid: the template is none, or lacks a title or heading, in words for its maker. io: no memory left.
// Threads:   pure.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "documents/parts.h"
#include "report/document.h"

namespace perspective::documents {

inline constexpr const char* kDocxMediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
inline constexpr const char* kOdtMediaType = "application/vnd.oasis.opendocument.text";

struct WordFile {
  Bytes bytes;
  std::vector<std::string> remarks;  // what the template lacks, and what was done instead
};

// The project's own template is the folder assets/report/word.
Result<WordFile> docx(const report::Document& document, const Parts& word_template);
// `styles`: assets/report/odt.
Result<Bytes> odt(const report::Document& document, const Parts& styles);

}  // namespace perspective::documents
