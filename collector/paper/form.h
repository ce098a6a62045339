// A questionnaire as a form on paper: what stands on it, in order, before anything is drawn.
//
// Three parts, each on sheets of its own. The cover says what the form is and has the place for the token of a slip: it
// carries no reference and is taken off before anybody keys answers, so that no paper has both. The questions carry the
// reference of the form and nothing of its person. The last sheet is theirs to keep: whom to talk to, and the
// reference, with which they can take their answers back.
//
// Promise:   the words of the questionnaire's catalogue, as on a kiosk's screen, or where it has one the twin
//            "<key>.paper"; those around them of assets/paper/<language>.json. Question and option numbers are
//            positions, from 1: what is keyed. Notes stand there whatever is answered.
// Errors:    those of asked_if() and of text::Catalogue::format.
// Threads:   pure.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "survey/questionnaire.h"
#include "text/catalogue.h"

namespace perspective::paper {

enum class Style {
  standard,     // 12 points
  large_print,  // 18 points
  easy_read,    // 15 points, a picture beside each option, what hard words mean
};

struct Line {
  enum class Kind {
    title,      // of the form
    heading,    // of a part of it
    question,   // `lead`: its number
    paragraph,  // sentences, each on a line
    condition,  // who answers the question below
    remark,     // what a word means, notes: boxed
    option,     // `lead`: its number; a box to tick, a picture, `go` where another question than the next follows
    write_box,  // to write in
    token_box,  // twelve of them
    code,       // the reference, large: of the text, and put in its place "{reference}"
  };
  Kind kind = Kind::paragraph;
  std::string text = {};
  std::string lead = {};
  std::string go = {};
  std::string picture = {};  // name; its alternative text is `alternative`
  std::string alternative = {};
};
// Stands on one sheet, where one has the room.
using Block = std::vector<Line>;
struct Part {
  std::vector<Block> blocks;
  bool has_reference = true;
};

struct Form {
  std::string language;
  std::string title;
  std::vector<Part> parts;
};

struct About {
  std::string area;
  Style style = Style::standard;
  bool has_token = false;  // each form spends one
};

// texts: the questionnaire's own; words: of paper forms, same language.
Result<Form> form_of(const survey::Questionnaire& questionnaire, const text::Catalogue& texts,
                     const text::Catalogue& words, const About& about);

}  // namespace perspective::paper
