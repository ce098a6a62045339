// Releases of inspections: looked at, stated more in, frozen, read. RELEASES.md says what is kept where and who reads
// it.
//
// Promise:   nothing becomes a release that the auditor has not passed, over it and over all earlier ones together;
//            averages of a programme come later and have their own (rule H). What is frozen never changes; a later
//            release takes its place, only of questionnaires of which ten responses changed. Until the inspection is
//            published its releases are sealed; then the last one lies open, with the change to "published".
// Errors:    as inspections.h; refused, naming the relation and no number, where the auditor finds something; conflict
//            where its state does not allow it, too few responses changed, or somebody else changed it meanwhile.
// Ownership: keeps a reference to the inspections, which outlive it.
// Threads:   any. The audit of a release takes a while (milliseconds for the reference case) and holds nobody up: what
//            it looked at is held against what is there once more before it is kept, and then nothing else changes the
//            inspection's life here; where answers are taken back meanwhile it is looked at again (RELEASES.md has each
//            pair).
// Units:     times in seconds since 1970.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inspection/files.h"
#include "inspection/inspections.h"
#include "inspection/opened.h"
#include "inspection/release_file.h"
#include "release/auditor.h"
#include "release/release.h"
#include "report/document.h"

namespace perspective::inspection {

// What stands in the way of freezing, for pages that say it in words of their own; `why` says it with the names of the
// questionnaire.
struct Obstacle {
  enum class Kind {
    state,      // fieldwork is open, or the release is published
    forms,      // some are keyed, and not counted yet
    threshold,  // the inspection was set up for other rules
    too_few,    // responses changed since one was frozen
    stays,      // what is stated more would not be in it
    changed,    // what is stated more is not what was confirmed
    exposed     // it would give away what it does not print: the refusals
  };
  Kind kind = Kind::state;
  Error why;
  std::vector<std::pair<std::string, std::string>> findings = {};  // of stays and changed: questionnaire and finding
};
std::string_view to_text(Obstacle::Kind kind);  // "state" and so on

// What a release would say now.
struct ReleaseCheck {
  release::Release release;
  std::vector<std::vector<std::string>> clauses;  // of each part, beside each statement
  release::SaidShare share;
  std::int64_t said_by_suppression = 0;
  std::vector<release::Refusal> refusals;  // of the auditor; empty: it may leave
  std::vector<ConfirmedOverride> overrides;
  std::vector<std::string> warnings;  // what an inspector should know before it is frozen, a sentence each
  std::optional<Obstacle> obstacle;   // why it cannot be frozen now
};

struct ReadRelease {
  release::Release release;
  std::int64_t number = 1;  // the first of this inspection is 1
  std::int64_t frozen_at_s = 0;
  bool is_published = false;
};

struct WantedOverride {
  std::string questionnaire;
  std::string finding;
  std::string by;
  std::string reason;
  std::string confirmation = {};  // of what was shown; empty: it is to be shown
};

// What somebody sees before they confirm.
struct ShownOverride {
  release::StatedMore states;
  std::vector<release::Exposure> gives_away = {};  // beside it
  std::string confirmation = {};
  bool is_confirmed = false;
};

class Releases {
 public:
  explicit Releases(Inspections& inspections) : inspections_(inspections) {}

  // Its warnings are in this language; left empty, in the first of the inspection that reports have.
  Result<ReleaseCheck> check(std::string_view inspection, std::string_view language = {});
  Result<ReadRelease> freeze(std::string_view inspection, const std::string& by, const store::NextEntry& entry = {});
  // How many of it are frozen, locked or not.
  Result<std::int64_t> frozen(std::string_view inspection) const;
  // Whoever may: once it is published, or while an inspector has it unlocked. not_found: none is frozen.
  Result<ReadRelease> read(std::string_view inspection);
  // Its words in a language, as report::phrase puts them; by the language's catalogues.
  Result<std::map<std::string, std::string>> words_of(std::string_view inspection, const release::Part& part,
                                                      std::string_view language);

  // The section as it may leave, from what read() gives. With quotations while it is unlocked: those that were chosen
  // and read. A language left empty is the first of the inspection that reports have.
  Result<report::Document> document(std::string_view inspection, std::string_view language);
  // The same as tables: each finding of the release, and nothing else.
  Result<ReleaseTables> tables(std::string_view inspection, std::string_view language);
  // As tables() of the frozen one: of any release of this inspection, so also of one that is only looked at.
  Result<ReleaseTables> tables_of(std::string_view inspection, const release::Release& release,
                                  std::string_view language);

  // Every number of an unlocked inspection as tables, for inspectors, marked: what a release leaves out.
  Result<documents::Workbook> full_workbook(std::string_view inspection, std::string_view language);
  // Where the templates of texts are.
  const std::filesystem::path& assets() const { return inspections_.setting_.assets; }

  // Shows, and changes nothing.
  Result<ShownOverride> show(std::string_view inspection, const WantedOverride& wanted);
  // Conflict where what it gives away is not what was shown.
  Result<ShownOverride> confirm(std::string_view inspection, const WantedOverride& wanted,
                                const store::NextEntry& entry = {});
  // It is stated no more in what is frozen from now on. not_found: it is not.
  Result<void> take_back(std::string_view inspection, std::string_view questionnaire, std::string_view finding,
                         const store::NextEntry& entry = {});

  // What the last frozen release brings to a programme's averages, with those that went before it. conflict: it was
  // frozen before there were any.
  Result<release::Brought> brought(std::string_view inspection);

  struct ToPublish {
    std::string release = {};  // what lies open from the change to "published" on, as JSON; empty: none is frozen
    store::SeenRecord made_from = {};
  };
  // refused: it is locked.
  Result<ToPublish> to_publish(std::string_view inspection);

 private:
  friend class Programmes;  // programmes.h; made of the same rooms
  struct Rooms {
    store::Store& store;
    keys::KeyCabinet& keys;
    const Clock& clock;
    const Inspections::Setting& setting;
    std::mutex& key_turn;
  };
  Rooms rooms() const {
    return {inspections_.store_, inspections_.keys_, inspections_.clock_, inspections_.setting_,
            inspections_.key_turn_};
  }
  struct Kept {
    store::Record record;  // version 0: none yet
    ReleaseFile file;
  };
  using Responses = std::map<std::string, std::vector<store::Id>>;  // by questionnaire: those that it counts
  struct Made {
    release::Release release;
    Responses responses;
    std::vector<release::Contribution> contributions = {};  // of a part each
  };
  struct LeftOut {
    std::string questionnaire;
    std::string variable;
    std::string why;  // report.left_out.<why>
    std::int64_t count = 0;
  };
  struct Quoted {
    std::vector<report::Quotation> quotations;
    std::vector<LeftOut> left_out;
  };
  static Result<Quoted> quoted_in(const release::Release& release, const Responses& responses, Opened& opened,
                                  const std::string& language);
  Result<std::vector<std::string>> warnings_of(std::string_view inspection, Opened& opened,
                                               const std::vector<LeftOut>& left_out, std::string_view language) const;
  // Empty while it is locked.
  Result<std::vector<report::Quotation>> quotations_of(std::string_view inspection, const ReadRelease& read,
                                                       const std::string& language);
  Result<std::optional<SealedReleases>> sealed(std::string_view inspection) const;
  Result<Kept> kept(std::string_view inspection, const Opened& opened) const;
  // With `life_` held: nothing else changes the inspection's life at this collector; conflict where another did since
  // it stood so, or took back an answer.
  Result<void> keep(const Kept& kept, const Opened& opened, const store::AsItStood& then,
                    const store::NextEntry& entry) const;
  // What a release would be made of now, looked through; and whether it may be frozen.
  struct Looked {
    std::shared_ptr<Opened> opened;
    Opened::Counted counted;
    Kept kept;
    Made made;
    std::vector<release::Refusal> refusals;
    std::optional<Obstacle> obstacle;
  };
  Result<Looked> looked_at(std::string_view inspection) const;
  // Would looked_at() still begin from the same?
  Result<bool> is_as_seen(std::string_view inspection, const Responses& seen) const;
  Result<store::AsItStood> may_be_changed(std::string_view inspection) const;
  Result<ReadRelease> published(std::string_view inspection) const;
  static Result<Made> made(const Opened::Counted& counted, const ReleaseFile& file, const std::string& inspection,
                           std::span<const release::Override> more = {});
  static Result<ShownOverride> shown(const Opened::Counted& counted, const ReleaseFile& file,
                                     const std::string& inspection, const WantedOverride& wanted);

  Inspections& inspections_;
};

}  // namespace perspective::inspection
