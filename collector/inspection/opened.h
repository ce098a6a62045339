// One unlocked inspection: its opening key and everything opened with it, in memory only.
//
// Promise:   an envelope counts once, and only when it holds what it should: a submission that names this envelope,
//            this inspection, and a questionnaire and version of its package, and that this questionnaire could give.
//            All others are set aside: counted, and left in the store. Nothing is counted, read or quoted that had been
//            withdrawn when it was asked for, at this collector or at another on the same store: each question first
//            asks the store whether its sums are those that are opened. Words of respondents are in locked memory; what
//            goes out of here has no envelope's id, and comments come shuffled under references drawn at random. What
//            was added to a comment goes with it, at whichever collector; a concern stays, without the words.
// Errors:    as inspections.h.
// Ownership: keeps a reference to the store. When it goes, key and words are gone.
// Threads:   any; one question at a time is answered, the others wait. Many envelopes are opened by as many hands as
//            are free, a page each, so that no more of them is in memory. note(), note_withdrawn() and follow() wait
//            for nobody.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "envelope/envelope.h"
#include "exports/dataset.h"
#include "inspection/annotation.h"
#include "inspection/comment_work.h"
#include "inspection/inspections.h"
#include "inspection/record.h"
#include "inspection/together.h"
#include "inspection/words.h"
#include "protocol/receipt.h"
#include "report/section.h"
#include "store/store.h"
#include "survey/submission.h"
#include "tally/columns.h"
#include "tally/cross_tab.h"
#include "tally/tally.h"

namespace perspective::inspection {

class Opened {
 public:
  Opened(store::Store& store, Record record, const std::vector<survey::Questionnaire>& questionnaires,
         envelope::OpeningKey key, Hands hands = {});

  // Opens what is in the store and not open yet: all of it at first, later what was noted, and what another collector
  // took in. What was withdrawn since is taken out, and its words are overwritten; the others stay as they are.
  Result<Unlocked> absorb();
  // Came in, or are to count no more. True: whoever notes it sees to it that follow() is called; false: somebody does.
  bool note(const std::vector<envelope::EnvelopeId>& ids);
  bool note_withdrawn(const std::vector<envelope::EnvelopeId>& ids);
  // As absorb(), for what was noted; where somebody is at work here it is left to them, or to who asks next. Of what
  // was withdrawn nothing stays here if it was opened, and what was added to its comments goes from the store; what
  // another collector added, and nobody asked for here yet, with the next question.
  Result<void> follow();

  // Without a language: as tally_text; only its notes have one.
  Result<std::string> tally_json(const std::filesystem::path& assets, const std::string& asked);
  // Without a language: in the first that reports have.
  Result<std::string> tally_text(const std::filesystem::path& assets, const std::string& asked);
  Result<std::string> section(const std::filesystem::path& assets, const std::string& language);
  // Of one questionnaire. Without a language: as tally_text.
  Result<exports::Dataset> dataset(const std::filesystem::path& assets, const std::string& questionnaire,
                                   const std::string& asked);
  Result<std::vector<Comment>> comments();
  Result<void> choose(const Quotation& quotation, const store::NextEntry& entry);
  Result<void> choose_no_more(const std::string& reference, const store::NextEntry& entry);

  // opened_work.cc; as in inspections.h.
  Result<SealedWork> prepare(const CommentWork& work, std::int64_t now_s, const GiveawayLists& lists);
  Result<void> keep(const SealedWork& work, const store::NextEntry& entry);
  Result<std::vector<Concern>> concerns();
  Result<std::int64_t> unread_comments();
  Result<std::optional<SealedWork>> prepare_all_read(const std::string& by, std::int64_t now_s);

  // opened_release.cc. All that a release is made of, with everything that has arrived until now.
  struct Counted {
    std::vector<survey::Questionnaire> questionnaires;
    std::vector<tally::Tally> tallies;                        // one each
    std::map<std::string, std::vector<store::Id>> responses;  // by questionnaire, ascending: those that are counted
  };
  Result<Counted> counted();
  // Chosen, read by somebody, and words of one of these responses (by questionnaire, ascending): what a release may
  // quote, as far as its numbers allow it. By the section's language. Writers are numbered anew each time.
  struct ReleaseQuotation {
    report::Quotation quotation;
    std::size_t writer = 0;
    bool has_own_words = true;  // false: what was chosen is no words of the comment, and is printed nowhere
  };
  Result<std::vector<ReleaseQuotation>> release_quotations(const std::string& language,
                                                           const std::map<std::string, std::vector<store::Id>>& of);
  // Words that a section in this language may hold, with a name for whose they are that is no envelope's id: of each
  // chosen comment as it is quoted, where that is a translation also as it was written; of each comment, and of its
  // translations, without what was taken out.
  struct Said {
    std::string whose;
    std::string words;
    bool is_quoted = false;
  };
  struct AllSaid {
    std::vector<Said> said;
    // Each comment and each translation whole: to be compared with what somebody typed, and shown to nobody.
    std::vector<Said> as_written;
    // Another text once something of it may be read no longer. A wish to take back what nobody has changes it too.
    std::string as_of;
  };
  Result<AllSaid> all_said(const std::string& language);
  // What was sealed to this inspection's own recipients, and is no answer.
  Result<SecretBytes> open_sealed(ByteView sealed) const;
  // Of one questionnaire, for inspectors.
  Result<tally::CrossTab> cross_tab(const std::string& questionnaire, const std::string& rows,
                                    const std::string& columns, const std::vector<tally::Only>& only);
  Result<report::Document> full_document(const std::filesystem::path& assets, const std::string& language);
  const Record& record() const { return record_; }

  // opened_keyings.cc
  Result<std::vector<KeyedForm>> keyed_forms() const;
  // Sealed, to be stored as any other; or what must be looked at too. `by` keyed neither where they differ.
  Result<std::variant<Bytes, std::vector<std::size_t>>> settle(const store::Id& form, const paper::ThirdLook& third,
                                                               const std::string& by) const;

 private:
  struct Pair;  // what was keyed of one form
  Result<std::vector<Pair>> pairs() const;

  // What an inspector added, opened. Its words are in locked memory, and not in the record.
  struct Kept {
    store::Id id{};
    protocol::Digest digest{};  // of the sealed bytes
    Annotation record;
    std::string_view words;
    struct Taken {
      std::string_view words;
      std::string as;
    };
    std::vector<Taken> taken_out;
  };
  struct Written {  // a comment
    std::string reference;
    std::string envelope;
    std::size_t chapter = 0;
    const survey::Item* item = nullptr;
    std::string language;
    std::string_view text;
    bool may_be_quoted = false;
    const Kept* quotation = nullptr;  // the newest of each, but the first time that it was read
    const Kept* chosen = nullptr;     // the quotation, unless it was taken back: then it has no words
    const Kept* read = nullptr;
    const Kept* codes = nullptr;
    const Kept* redaction = nullptr;
    std::map<std::string, const Kept*> translations = {};  // by language
    std::vector<std::string> concerns = {};                // their references
  };

  // Both only ever grow, so no two states of the store have the same.
  struct Sums {
    std::int64_t stored_ever = 0;
    std::int64_t readable_ever = 0;  // without what was withdrawn before it was here
    std::int64_t withdrawn = 0;
    bool operator==(const Sums&) const = default;
  };

  Result<Unlocked> absorb_under_lock();
  bool has_news();
  void take_back(const std::vector<store::Id>& ids);
  void take_out(const std::vector<store::Id>& gone);
  void take_out_of_columns(const store::Id& id);
  void take_out_of_comments(const std::set<store::Id>& gone);
  Result<Sums> sums() const;
  Result<void> catch_up();
  Result<void> read_all();
  Result<std::int64_t> read_noted();  // how many were new
  Result<std::int64_t> read(const std::vector<store::Id>& ids);
  Result<void> catch_up_with_annotations();
  Result<void> read_annotations();
  Result<void> open_kept(const store::Annotation& stored, const protocol::Digest& digest);
  Result<void> link_kept();
  void link(const Kept& kept, std::size_t place);
  Result<void> remove_if_withdrawn(const Kept& kept);
  using Page = std::vector<store::Envelope>;
  struct Submitted {  // what an envelope holds, checked
    survey::Submission submission;
    std::size_t chapter = 0;
  };
  Result<std::int64_t> take_all(const std::function<Result<Page>()>& next);  // until a page is empty
  std::int64_t take(const Page& envelopes);                                  // how many were new
  std::optional<Submitted> open(const store::Envelope& envelope) const;      // by several at once
  bool count(Submitted& submitted);
  void keep_words(survey::Submission& submission, std::size_t chapter);
  Result<void> put_quotation(const Written& comment, std::string words, bool is_sic, const store::NextEntry& entry);
  std::string draw_reference();
  Result<std::size_t> place_of(std::string_view reference) const;
  Comment comment_of(const Written& written) const;
  std::string without_taken_out(const Written& written, std::string_view text) const;
  // These words of a comment as they may be printed: its writer's own, without what was taken out. Invalid, with the
  // first words that do not stand there.
  Result<std::string> printable_of(const Written& written, std::string_view words) const;
  Result<SealedWork> sealed(const Annotation& record, const store::Id& id, std::vector<store::PlainCount> counts) const;
  Result<SealedWork> prepare_ruling(const CommentWork& work, Annotation record) const;
  Result<std::vector<comments::Replacement>> replacements_for(const Written& written, const Redact& redact,
                                                              const GiveawayLists& lists) const;
  Result<Annotation> record_for(const CommentWork& work, const Written& written, const GiveawayLists& lists) const;

  // results.cc
  using WordsOf = Result<text::Catalogue> (*)(const text::Catalogue&, const Record&, std::string_view chapter);
  template <typename Text>
  using WriteUp = Result<Text> (*)(const report::Draft&, const text::Catalogue&);
  template <typename Text>
  Result<Text> written_up(const std::filesystem::path& assets, const std::string& language, WordsOf words_of,
                          WriteUp<Text> write_up);
  std::vector<tally::Tally> tallies() const;
  std::vector<report::Quotation> quotations(const std::string& language) const;  // chosen
  // Of a chosen comment. Nothing: the words that were chosen are no words of it.
  std::optional<report::Quotation> quotation_of(const Written& written, const std::string& language) const;

  store::Store& store_;
  const Record record_;
  const envelope::OpeningKey key_;
  const Hands hands_;

  std::mutex work_;    // guards what follows
  std::mutex taking_;  // guards it as well while several take
  std::vector<tally::Columns> chapters_;
  Words words_;
  std::vector<Written> written_;
  std::map<std::string, std::size_t, std::less<>> references_;  // a comment may have two: drawn here, drawn elsewhere
  std::map<std::string, std::size_t> places_;                   // envelope/questionnaire/variable; of the first so many
  std::map<store::Id, Kept> kept_;
  std::set<store::Id> seen_;
  std::vector<std::vector<store::Id>> counted_ids_;  // a questionnaire each; in the order of its rows
  std::optional<Sums> opened_as_of_;                 // nothing: not all has been read yet
  std::int64_t counted_ = 0;
  std::int64_t set_aside_ = 0;

  std::mutex news_;  // guards what follows
  std::vector<store::Id> noted_;
  std::vector<store::Id> withdrawn_;
  bool is_promised_ = false;  // somebody calls follow()
};

}  // namespace perspective::inspection
