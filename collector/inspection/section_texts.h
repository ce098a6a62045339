// A section as an inspector edited it, beside what is generated: kept sealed, and never overwritten by generating anew.
//
// Promise:   one text for each kind (full, release) and language, in the place of the version that was read: of two who
//            edit at once one is told so. With it the paragraphs as they were generated then. Sealed to the
//            inspection's own recipients, in one size whatever is in it. Whoever reads it gets no words that may be
//            read no longer (RELEASES.md): they go from the kept text, from what was generated then, and from every
//            document of it, and nobody can keep a text that was read before they went. An edited release names no
//            amount but those of the release, each in its own sentence (report/unknown_amounts.h): else nothing is
//            kept, and which words, and where, is said. Only of what may count nobody (UnknownAmount::may_be_other:
//            "all of this" in a paragraph of somebody's own, "chapter 4") may they confirm that it does not. Characters
//            that nobody sees (text/hidden.h) are taken out of what is kept. Nor does an edited release
//            quote whom the release does not (edited_quotations.h): nothing is kept, and which words, and where, is
//            said. One that was kept before, also beside an earlier release, is not exported, nor is its inspection
//            published, until it is mended of both.
// Errors:    as inspections.h; conflict: another version is kept by now, words went since it was read or while it was
//            looked at, it quotes whom it may not, or its state does not allow it any more; invalid: it is too long, or
//            of no kind. For a release: not_found while none is frozen.
// Ownership: keeps a reference to the inspections, which outlive it.
// Threads:   any, and nobody waits for keep(): what is published, or taken back, while it looks is found by the store,
//            at whichever collector.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inspection/edited_quotations.h"
#include "inspection/inspections.h"
#include "inspection/kept_section.h"
#include "report/differences.h"
#include "report/document.h"
#include "report/unknown_amounts.h"

namespace perspective::inspection {

struct SectionName {
  std::string kind;  // "full" or "release"
  std::string language;
};

struct EditedSection {
  std::int64_t version = 0;         // 0: nobody has edited it
  std::optional<std::string> text;  // as edited
  std::string by = {};
  std::int64_t at_s = 0;
  std::vector<std::string> generated = {};  // now, by paragraphs
  std::vector<std::size_t> taken_out = {};  // paragraphs of the text that lost words; the first is 0
  std::string words_as_of = {};             // to be given back with an edit
  std::vector<report::Difference> differences = {};
};

struct SectionEdit {
  SectionName name;
  std::string text;
  std::int64_t version = 0;                         // that it takes the place of
  std::vector<std::string> confirmed_numbers = {};  // as they were named: "all", "none"
  std::string by = {};
  std::string words_as_of = {};  // as it was read: what was typed may have words of then
};

// Words of a comment in an edited release that the release does not quote.
struct NotQuoted {
  std::string words;          // as the text has them
  std::size_t paragraph = 0;  // the first is 0
  bool is_chosen = false;     // somebody chose the comment: `release check` says why it is not quoted
  bool operator==(const NotQuoted&) const = default;
};

struct EditOutcome {
  std::vector<report::UnknownAmount> unknown = {};  // in an edited release, and not in its paragraph's statements
  std::vector<NotQuoted> not_quoted = {};           // these go
  bool is_kept = false;                             // false: these go, or, where may_be_other, are confirmed first
  std::int64_t version = 0;
};

class SectionTexts {
 public:
  explicit SectionTexts(Inspections& inspections) : inspections_(inspections) {}

  Result<EditedSection> read(std::string_view inspection, const SectionName& name);
  Result<EditOutcome> keep(std::string_view inspection, const SectionEdit& typed, const store::NextEntry& entry = {});
  // Of every kind and language, at once, where the inspection is unlocked. What cannot be done now is done by whoever
  // reads it next.
  void take_out_what_went(std::string_view inspection);
  // To be exported. conflict: words were taken out of it, and nobody has edited it since, or it quotes whom the release
  // does not, or has an amount that the release of now does not; once it is published, and nobody can edit it, such
  // words are taken out. not_found: nobody edited it.
  Result<report::Document> document(std::string_view inspection, const SectionName& name);
  // May this inspection be published, as far as its edited releases go? These were looked at: it may while they are
  // there. conflict: one quotes whom the release does not.
  Result<std::vector<store::SeenRecord>> to_publish(std::string_view inspection);

 private:
  struct Kept {
    std::int64_t version = 0;
    KeptSection section;
  };
  Result<std::optional<Kept>> kept(std::string_view inspection, const SectionName& name, const Opened& opened,
                                   const Opened::AllSaid& all);
  Result<void> put(store::Record record, const KeptSection& kept, const Opened& opened, const store::NextEntry& entry);
  Result<store::AsItStood> may_be_kept(std::string_view inspection) const;
  // What keep() would refuse, or have to be told is confirmed.
  Result<std::vector<report::UnknownAmount>> unknown_amounts(const std::string& text, const SectionName& name,
                                                             const report::Document& now) const;
  // Of a text that was kept beside an earlier release, say: conflict, naming paragraphs and no word.
  Result<void> check_amounts(const std::string& text, const SectionName& name, const report::Document& now) const;
  Result<report::Document> generated(std::string_view inspection, const SectionName& name);
  // Of a text that was read; of a full section none.
  Result<EditedQuotations> foreign_in(const std::string& text, const SectionName& name,
                                      const report::Document& generated, Opened& opened);
  Inspections& inspections_;
};

}  // namespace perspective::inspection
