// The life of inspections and what an inspector may ask of one: create, open, unlock, results, each step until it is
// published.
//
// Promise:   no answer leaves memory unsealed; locked, the opening key and everything opened is forgotten. What is
//            handed out carries no envelope id, digest, kiosk or time. Which state allows what, and what may follow, is
//            in life.h. At the end of fieldwork a new package version tells kiosks to offer no more visits. Where no
//            new envelope is taken any more (422: the kiosk sets it aside and says so, it is never lost), one that is
//            here already is answered as ever, with the same receipt.
// Errors:    invalid (what is wrong with what was asked, every mistake on a line), not_found (no such inspection,
//            reference or language), conflict (id taken, wrong state), refused (wrong passphrase, locked, swap is on,
//            no consent), io.
// Ownership: keeps references to store, withdrawn, keys and clock, which outlive it.
// Threads:   any, from a pool: unlock() of many envelopes takes a while (some thousands a second), and who asks for the
//            same inspection meanwhile waits. note_arrivals() never waits.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "comments/unread.h"
#include "envelope/identity.h"
#include "inspection/comment_work.h"
#include "inspection/life.h"
#include "inspection/new_inspection.h"
#include "inspection/paper_work.h"
#include "inspection/plans.h"
#include "inspection/record.h"
#include "inspection/together.h"
#include "keys/key_cabinet.h"
#include "protocol/package.h"
#include "report/document.h"
#include "report/reconciliation.h"
#include "store/store.h"
#include "store/withdrawn_file.h"
#include "tally/cross_tab.h"

namespace perspective::inspection {

class Opened;

struct Summary {
  std::string id;
  std::string area;
  State state = State::open;
  bool is_unlocked = false;
  std::optional<std::int64_t> locks_in_s = {};  // unlocked: if nobody asks anything of it until then
  int package_version = 1;
  std::int64_t envelopes = 0;  // stored, sealed
  std::int64_t unread = 0;     // of them, what nobody has read, by counts alone
  bool is_accepting = true;    // new envelopes
  Dates dates = {};
  std::vector<Reminder> reminders = {};  // as of today
  std::vector<Alarm> alarms = {};
};

// Which of all a list is to have.
struct Wanted {
  std::optional<State> state = {};
  bool is_unfinished = false;  // neither published nor destroyed
  std::string words = {};      // in its area, whatever case and accents, or in its id; empty: any
};

struct DueReminder {
  std::string inspection;
  std::string area;
  Reminder reminder;
};

// What was asked for when it was made, or set since.
struct Policy {
  std::vector<std::string> languages;
  bool is_own_machine = true;
  std::size_t smallest_batch = 0;
  bool are_tokens_asked_for = true;
  std::string why_no_tokens;
  bool may_ask_worker = false;
  std::map<std::string, std::string> guardian_policies;  // questionnaire -> policy
  int retention_months = 0;
  int guard_threshold = 0;
};

struct Described {
  Summary summary;
  Policy policy;
  std::vector<std::string> questionnaires;    // "readers 1"
  std::map<std::string, std::string> titles;  // of each; of one that has none: its id
};

// Each that is there takes the place of what was. But for the dates: until it is open.
struct Changes {
  std::optional<std::string> fieldwork_starts = {};
  std::optional<std::string> fieldwork_ends = {};
  std::optional<std::string> report_due = {};
  std::optional<std::string> area = {};
  std::optional<std::vector<std::string>> languages = {};
  std::optional<bool> is_own_machine = {};
  std::optional<std::size_t> smallest_batch = {};
  std::optional<std::string> why_no_tokens = {};  // "": each visit spends one
  std::optional<bool> may_ask_worker = {};
  std::optional<std::vector<std::string>> guardian_policies = {};
  std::optional<int> retention_months = {};
  std::optional<int> guard_threshold = {};
  bool has_policy() const {
    return area || languages || is_own_machine || smallest_batch || why_no_tokens || may_ask_worker ||
           guardian_policies || retention_months || guard_threshold;
  }
};

struct Tokens {
  bool is_open = true;  // fieldwork
  bool are_asked_for = false;
  std::string why_none;  // in an inspector's words; empty also where the inspection is of before there were any
  store::TokenCounts counts;
};

struct Unlocked {
  std::int64_t counted = 0;
  std::int64_t set_aside = 0;  // opened or not, they are not what they should be; they stay in the store
};

// What opens a recovery key: its passphrase, or enough shares of it.
struct RecoverySecret {
  SecretBytes passphrase;
  std::vector<SecretBytes> shares;
};
enum class Rehearsal { of_response, of_trial };  // of one that is kept; of one made for it, where nothing is kept yet

constexpr std::int64_t kIdleLock_s = 30 * 60;

struct RowsWanted {
  std::string questionnaire;
  std::string format;    // csv, codebook, sav, ddi, triple-s, triple-s-data
  std::string language;  // of the labels; empty: the first of the inspection that reports have
};

struct CrossTabWanted {
  std::string questionnaire;
  std::string rows;
  std::string columns;
  std::vector<tally::Only> only = {};
};

struct Rows {
  std::string bytes;
  std::string media_type;
  std::string file_name;  // to propose
};

class Inspections {
 public:
  struct Setting {
    std::string package_key_pem;
    std::string package_certificate_pem;
    Bytes receipt_public_key;
    std::filesystem::path assets;  // report/<language>.json and texts/<language>.words.txt lie there
    bool is_swap_allowed = false;
    std::int64_t idle_lock_s = kIdleLock_s;
    std::function<bool()> is_swap_on = swap_is_on;
    Hands hands = {};  // who open envelopes beside who unlocks
  };
  Inspections(store::Store& store, store::WithdrawnFile& withdrawn, keys::KeyCabinet& keys, const Clock& clock,
              Setting setting);
  Inspections(const Inspections&) = delete;
  Inspections& operator=(const Inspections&) = delete;
  ~Inspections();

  // `entry`, here and below: of the audit, written with the change.
  Result<void> create(const NewInspection& inspection, const store::NextEntry& entry = {});
  // listing.cc. By id; summaries() of these alone, and costs no look at any other.
  Result<std::vector<std::string>> ids(const Wanted& wanted = {});
  Result<std::vector<Summary>> summaries(const std::vector<std::string>& ids);
  Result<std::vector<Summary>> list();
  Result<std::vector<DueReminder>> due_reminders();  // of all
  // With the recovery key on the day when the inspection's passphrase is lost.
  Result<Unlocked> unlock(std::string_view inspection, const SecretBytes& passphrase,
                          keys::Half half = keys::Half::inspection);
  Result<void> lock(std::string_view inspection);  // locked already: ok
  // Locks those that nobody has unlocked, read or quoted from for as long as the setting says; their ids. What arrives,
  // or is listed, is no reading.
  std::vector<std::string> lock_idle();
  std::int64_t idle_lock_s() const { return setting_.idle_lock_s; }
  // One step of its life (life.h): conflict where it cannot follow. Published, it is locked, and
  // its release lies open (releases.h; refused: it has one, and is locked).
  Result<void> advance(std::string_view inspection, State to, const store::NextEntry& entry = {});
  Result<void> end_fieldwork(std::string_view inspection, const store::NextEntry& entry = {}) {
    return advance(inspection, State::fieldwork_ended, entry);
  }
  Result<bool> has_fieldwork_ended(std::string_view inspection);

  // plan.cc. change(): conflict where its state does not allow it any more; invalid, every mistake on a line.
  // Titles in this language where the inspection has it, else in its first.
  Result<Described> describe(std::string_view inspection, const std::string& language = {});
  Result<void> change(std::string_view inspection, const Changes& changes, const store::NextEntry& entry = {});
  // All that another may be made from: without its id, area, dates and passphrases.
  Result<NewInspection> like(std::string_view inspection);

  // withdrawal.cc. While fieldwork is open: whatever came or will come under these four words is not kept. The same for
  // words that nothing has come under: who asks learns nothing. invalid, naming the place and not the word, where one
  // is on no list. Of an unlocked inspection the others stay as they are.
  Result<void> withdraw(std::string_view inspection, const SecretBytes& four_words, const store::NextEntry& entry = {});
  // What kiosks were asked while fieldwork was open, whenever they bring it. Those that are refused: all of them, of a
  // kiosk that brought too many (kMostOfOneKiosk), whatever is here, so that a refusal tells nothing: else it could
  // try by its refusals which answers came. It keeps them and asks again later; what is here of them is taken back all
  // the same, for as many again.
  Result<std::vector<envelope::EnvelopeId>> take_wishes(const std::string& inspection, const std::string& kiosk,
                                                        const std::vector<envelope::EnvelopeId>& ids);
  // The same of each, whoever asks.
  Result<void> withdraw(const std::string& inspection, const std::vector<envelope::EnvelopeId>& ids,
                        const store::NextEntry& entry = {});

  // keys.cc. Does the recovery key open what is kept here? Nothing of it is shown or kept, but the day.
  Result<Rehearsal> rehearse(std::string_view inspection, const RecoverySecret& secret);
  // Texts, one a holder, the only place where a share ever stands; `needed` of them open every answer.
  Result<std::vector<SecretBytes>> split_recovery(std::string_view inspection, const SecretBytes& recovery_passphrase,
                                                  const std::vector<std::string>& holders, std::size_t needed);
  Result<void> restore_recovery(std::string_view inspection, const std::vector<SecretBytes>& shares,
                                const SecretBytes& new_passphrase);
  // At this collector alone; copies, and other collectors, keep the old one. Whoever has it open keeps it open.
  Result<void> change_passphrase(std::string_view inspection, keys::Half half, const SecretBytes& old_passphrase,
                                 const SecretBytes& new_passphrase);
  Result<keys::Register> key_copies(std::string_view inspection);
  Result<void> confirm_destroyed(std::string_view inspection, std::size_t copy);  // numbered from 1; somebody says so
  // The keys that this collector has; conflict while it is open. Who else could still open answers, the list says; when
  // nobody can, it is destroyed.
  Result<keys::Register> destroy_keys(std::string_view inspection);

  // So many new tokens: a sheet of slips to print and cut, the only place where they ever stand. Kiosks know them with
  // the next version of the package. Each costs a tenth of a second. Conflict where no visit spends one or fieldwork
  // ended.
  static constexpr std::size_t kMaxTokensAtOnce = 100;
  enum class Sheet { text, pdf };
  Result<std::string> issue_tokens(std::string_view inspection, std::size_t count, Sheet form = Sheet::text,
                                   const store::NextEntry& entry = {});
  Result<Tokens> tokens(std::string_view inspection);

  // paper.cc. Forms to print, each with a reference of its own that stands nowhere else. Conflict once fieldwork ended.
  static constexpr std::size_t kMaxFormsAtOnce = 100;
  Result<std::string> paper_forms(std::string_view inspection, const PaperForms& wanted);
  Result<PaperQuestions> paper_questions(std::string_view inspection, const std::string& questionnaire,
                                         const std::string& language);

  // keyings.cc. What somebody keyed from a form is sealed at once; locked or not. How many have keyed it now, 1 or 2.
  // Conflict: they did already, two others did, it is counted or taken back, or its token is another form's.
  Result<int> key_paper(std::string_view inspection, const PaperKeying& keying, const std::string& keyer,
                        const store::NextEntry& entry = {});
  Result<PaperStanding> paper_standing(std::string_view inspection);
  // Conflict, naming how many are keyed and neither counted nor discarded for good.
  Result<void> check_no_form_waits(std::string_view inspection);
  // Of an unlocked inspection: two keyings become one answer, counted once whatever dies in between. `third`: what a
  // third look says of what they differ in, by somebody who keyed neither (refused: they did). invalid where it says
  // too little.
  Result<PaperSettlement> settle_paper(std::string_view inspection, const PaperSettling& settling,
                                       const store::NextEntry& entry = {});
  // What was keyed of a form, so that it can be keyed again: it waits since the day on which it was first keyed. A
  // token that went with it stays spent. invalid without a reason; refused: paper/README.md says who may.
  Result<void> discard_paper(std::string_view inspection, const PaperDiscard& discard,
                             const store::NextEntry& entry = {});
  // As withdraw(): for the person who has the letters of their form.
  Result<void> withdraw_paper(std::string_view inspection, std::string_view reference,
                              const store::NextEntry& entry = {});

  // Of an unlocked inspection, with everything that has arrived until now.
  Result<Unlocked> counted_now(std::string_view inspection);
  // A language left empty is the first of the inspection that reports have.
  Result<std::string> tally_json(std::string_view inspection, std::string_view language = {});
  Result<std::string> tally_text(std::string_view inspection, std::string_view language);
  Result<std::string> section(std::string_view inspection, std::string_view kind, std::string_view language);
  Result<report::Document> full_document(std::string_view inspection, std::string_view language);
  Result<tally::CrossTab> cross_tab(std::string_view inspection, const CrossTabWanted& wanted);
  // rows.cc. For inspectors, in an order drawn anew each time. Conflict while fieldwork is open.
  Result<Rows> rows(std::string_view inspection, const RowsWanted& wanted);
  Result<std::vector<Comment>> comments(std::string_view inspection);  // shuffled at each call
  Result<void> choose(std::string_view inspection, const Quotation& quotation, const store::NextEntry& entry = {});
  // Errors: conflict where it is not chosen.
  Result<void> choose_no_more(std::string_view inspection, const std::string& reference,
                              const store::NextEntry& entry = {});

  // comment_work.cc. Of an unlocked inspection; reading and concerns in every state in which it can be, the rest while
  // quotations may be chosen. First prepared, then kept: what the audit says of it is known in between.
  Result<SealedWork> prepare(std::string_view inspection, const CommentWork& work);
  Result<void> keep(std::string_view inspection, const SealedWork& work, const store::NextEntry& entry = {});
  Result<std::vector<Concern>> concerns(std::string_view inspection);
  // How many comments nobody has read. Asking is no reading: it is locked again as if nobody had asked.
  Result<std::int64_t> unread_comments(std::string_view inspection);
  // That everything is read which had come by now; nothing: it is not, or that is known already.
  Result<std::optional<SealedWork>> prepare_all_read(std::string_view inspection, const std::string& by);

  // alarms.cc. What somebody must do about comments, locked or not. Without an inspection: of all, the most urgent
  // first.
  Result<std::vector<Alarm>> alarms(std::string_view inspection = {});
  std::string calendar_warning();  // empty: the list of bank holidays is good for months

  // How a kiosk's visits ended; conflict while fieldwork is open. The last that it told is kept.
  Result<void> take_ledger(std::string_view inspection, const std::string& kiosk, const Ledger& ledger);
  // Both sides, locked or not. A language left empty is the first of the inspection that reports have.
  Result<report::Reconciliation> reconciliation(std::string_view inspection);
  Result<std::string> reconciliation_text(std::string_view inspection, std::string_view language);

  // New envelopes are stored; when the inspection is unlocked they are opened by the next absorb() or question above.
  // True: absorb() is to be called; false: it will be already, or there is nothing to do.
  bool note_arrivals(const std::string& inspection, const std::vector<envelope::EnvelopeId>& ids);
  // Waits for nobody: while somebody is at work there, it is left to them. Locked: ok, nothing to do.
  Result<void> absorb(std::string_view inspection);

  // Another collector on the same store took something in or back, of this inspection (empty: of any): what is
  // unlocked here follows now and not only at its next question, and the file `withdrawn` has what the store has.
  // `ids`: of what was taken back; none: all that the store has is looked through.
  Result<void> follow(std::string_view inspection, bool is_withdrawal, const std::vector<store::Id>& ids = {});

  // Copies of the keys in the cabinet (keys/key_cabinet.h): registered, then handed out. Without an inspection: all.
  Result<std::vector<keys::KeyFile>> copy_keys(std::string_view inspection, std::string_view place);
  // Those of one inspection, copied at another collector: only the ones that its answers are sealed for.
  Result<void> take_keys(std::string_view inspection, const std::vector<keys::KeyFile>& files);
  struct KeyCopy {
    std::string inspection;
    keys::RegisteredCopy copy;
  };
  Result<std::vector<KeyCopy>> key_copies();

  struct SignedPackage {
    int version = 1;
    Bytes bytes;  // application/cms
  };
  struct PackageName {
    std::string inspection;
    int version = 1;
    bool is_offered = true;  // visits; else the kiosk only delivers what it holds
  };
  Result<SignedPackage> package(std::string_view inspection);
  Result<std::size_t> envelope_bytes(std::string_view inspection);  // of each of its envelopes
  Result<std::vector<PackageName>> packages_for(const store::Kiosk& kiosk);

 private:
  friend class Releases;      // releases.h
  friend class SectionTexts;  // section_texts.h
  Result<std::shared_ptr<Opened>> opened(std::string_view inspection);
  Result<std::shared_ptr<Opened>> used(std::string_view inspection);  // the same, and it is idle no more
  std::optional<std::int64_t> locks_in_s(std::string_view inspection);
  std::uint64_t lockings_of(std::string_view inspection);  // how often it was locked until now
  // The one that is unlocked: this one, or an earlier one. conflict: it was locked since `lockings` was counted.
  Result<std::shared_ptr<Opened>> place(std::string_view inspection, std::uint64_t lockings,
                                        std::shared_ptr<Opened> opened);
  void forget(std::string_view inspection);
  // With taking_back_ held. had_come: of these.
  Result<void> take_back(const std::string& inspection, const std::vector<envelope::EnvelopeId>& ids,
                         const std::vector<store::Envelope>& had_come, const store::NextEntry& entry);
  void follow_on_hands(const std::shared_ptr<Opened>& unlocked);
  Result<void> note_destroyed(std::string_view inspection);
  static std::optional<comments::Unread> unread_of(State state, const store::Standing& standing);
  Result<std::vector<Alarm>> alarms_of(const store::InspectionHead& head, const store::Standing& standing,
                                       const comments::WorkingDays& calendar);
  comments::WorkingDays working_days() const;
  GiveawayLists giveaway_lists() const;
  Result<std::shared_ptr<Opened>> quotable(std::string_view inspection);
  Result<Summary> summary_of(const store::InspectionHead& head, const store::Standing& standing, const Plan& plan,
                             const comments::WorkingDays& calendar);
  Result<std::vector<Summary>> summaries_of(const std::vector<store::InspectionHead>& heads);
  Result<std::vector<store::Standing>> standings_of(const std::vector<store::InspectionHead>& heads);
  Result<void> check_is_new(const Record& record);
  Result<void> add(const NewInspection& inspection, Record record, const store::NextEntry& entry);
  Result<Bytes> signed_package(protocol::Package package, const std::vector<protocol::TokenMark>& new_tokens = {});

  store::Store& store_;
  store::WithdrawnFile& withdrawn_;
  keys::KeyCabinet& keys_;
  const Clock& clock_;
  const Setting setting_;
  // Each wish leaves a line in the file `withdrawn`, for ever and in memory, and a tombstone.
  Ration wish_ration_{protocol::kMostOfOneKiosk};
  Ration refused_ration_{protocol::kMostOfOneKiosk};  // what is here of those that are refused
  std::mutex key_turn_;  // one change of the cabinet at a time; before life_. Passphrases take seconds under it
  std::mutex life_;      // one change of an inspection's life at a time; who publishes looks through it all under it
  // One that takes back at a time, here. Not life_, so a kiosk waits for the store alone: where something is made of
  // what is there (a frozen release, an edited section), the store looks whether it is there still (AsItStood).
  std::mutex taking_back_;
  std::mutex mutex_;  // guards opened_ and lockings_
  struct Place {
    std::shared_ptr<Opened> opened;
    std::int64_t used_s = 0;
  };
  std::map<std::string, Place, std::less<>> opened_;
  std::map<std::string, std::uint64_t, std::less<>> lockings_;
  Plans plans_;
};

}  // namespace perspective::inspection
