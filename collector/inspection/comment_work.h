// What inspectors and the safeguarding lead do with comments: plain values, as they are asked for and shown.
//
// Promise:   nothing here names an envelope. COMMENTS.md says what is kept of each and who sees what.
// Threads:   plain values.
// Units:     times in seconds since 1970; days as "2026-11-26".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "comments/giveaways.h"
#include "comments/redaction.h"
#include "store/store.h"

namespace perspective::inspection {

struct Translation {
  std::string language;
  std::string words;
  std::string translator;
};

struct Chosen {                      // to be quoted
  std::optional<std::string> words;  // as they are printed; nothing: they are no words of the comment, see COMMENTS.md
  bool is_sic = false;
  std::string as_chosen = {};  // before anything was taken out of them
};

struct Comment {
  std::string reference;  // random, and its own from the first work on it; until then drawn anew at each unlock
  std::string questionnaire;
  std::string variable;
  std::string language;  // in which the questionnaire was finished
  std::string text;
  bool may_be_quoted = false;
  bool is_chosen = false;
  std::optional<Chosen> chosen = {};  // there where is_chosen
  std::string read_by = {};           // empty: nobody has read it
  std::int64_t read_at_s = 0;
  std::vector<std::string> codes = {};
  std::optional<std::string> redacted = {};              // the text with what must not be printed taken out
  std::vector<comments::Replacement> replacements = {};  // by these
  std::vector<Translation> translations = {};
  std::vector<std::string> concerns = {};      // references
  std::vector<comments::Span> giveaways = {};  // in the text
};

struct Quotation {
  std::string reference;
  bool is_sic = false;
  std::optional<std::string> words;  // with what must not be printed taken out; none: verbatim
};

struct MarkRead {};
struct SetCodes {
  std::vector<std::string> codes;  // in the place of those before
};
struct Redact {
  std::vector<comments::Replacement> replacements;  // in the place of those before
  bool is_likely_too = false;                       // and whatever is likely to give somebody away
  bool may_be_nothing = false;                      // then all may be printed again; else refused
  bool is_more = false;                             // and those before, where nothing else is said of their words
};
struct Translate {
  std::string language;
  std::string words;
  std::string translator;
};
struct RaiseConcern {
  std::string lead;  // the safeguarding lead's name
  std::string why;   // may be empty
};
struct Decide {
  std::string words;
};
struct CloseConcern {
  std::string words;  // what came of it
};

struct CommentWork {
  std::string reference;  // of a comment; of a concern where it is decided or closed
  std::variant<MarkRead, SetCodes, Redact, Translate, RaiseConcern, Decide, CloseConcern> what;
  std::string by;  // in words
};

// Checked and sealed, and not kept yet: so that the audit can say which sealed bytes it was.
struct SealedWork {
  store::Annotation annotation = {};  // without a body: there is nothing to be done
  std::string reference = {};         // a concern's, where it is about one; else the comment's
  std::string sha256 = {};            // of the sealed bytes
};

// What was decided, or came of it.
struct Ruling {
  std::string words;
  std::string by;
  std::int64_t at_s = 0;
};

struct Concern {
  std::string reference;
  std::string lead;
  std::string why;
  std::string raised_by;
  std::int64_t raised_at_s = 0;
  std::optional<Comment> comment;  // alone; nothing: its words were taken back
  std::vector<Ruling> decisions = {};
  std::vector<Ruling> outcomes = {};
};

struct Alarm {
  // raised: a concern waits for a decision, and that is not due yet; undecided: it is.
  enum class Kind { unread, undecided, raised, unsettled };
  std::string inspection;
  std::string area;  // of it
  Kind kind = Kind::unread;
  std::string since;
  std::string due;  // the last day on which it is in time
  bool is_overdue = false;
  std::string says;  // a sentence
};
std::string_view to_text(Alarm::Kind kind);  // "unread", "undecided", "raised", "unsettled"

// Plain counts, known while it is locked: "read", of how many responses every comment was read; "paper DAY", how many
// had come when the last form was counted that was first keyed that day: until so many are read its words wait since
// then; "concern DAY REFERENCE", how far the concern that was raised that day has come.
inline constexpr std::string_view kReadCount = "read";
inline constexpr std::string_view kPaperCount = "paper ";
inline constexpr std::string_view kLongAgo = "2012-01-02";  // the day of what was keyed before days were kept
inline constexpr std::string_view kConcernCount = "concern ";
inline constexpr std::int64_t kRaised = 1;
inline constexpr std::int64_t kDecided = 2;
inline constexpr std::int64_t kClosed = 3;

// Words that give somebody away, by language; and all of them together, as every comment is looked through.
struct GiveawayLists {
  std::map<std::string, comments::GiveawayWords> by_language = {};
  comments::GiveawayWords all = {};
};

}  // namespace perspective::inspection
