// Programmes of inspections: made, joined, printed once, read. PROGRAMME.md says what is kept where, and under which
// key.
//
// Promise:   what an inspection brings to the averages lies sealed to the programme's own two keys until the print, and
//            is gone after it, and so are the keys that lie here. A programme is printed once: out of the published
//            inspections in it, by rule H, after the auditor looked at it beside all their releases. A table has what
//            is printed, what published releases state, what this inspection's own release says, and what inspectors
//            typed; nothing else.
// Errors:    as inspections.h; conflict: it is printed already, it has too few services, an inspection is in another;
//            refused, naming the relation and no number, where the auditor finds something.
// Ownership: keeps a reference to the inspections, which outlive it.
// Threads:   any; one change of programmes at a time. A print takes some seconds.
// Units:     times in seconds since 1970.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "documents/programme_tables.h"
#include "inspection/inspections.h"
#include "inspection/programme_file.h"
#include "inspection/releases.h"

namespace perspective::inspection {

struct NewProgramme {
  std::string id;  // [a-z0-9-]+, at most 48 characters
  std::string title;
  std::optional<std::vector<Theme>> themes = {};  // nothing: those of assets/programme, themes.json or joint.json
  bool is_joint = false;                          // of full joint inspections
  SecretBytes passphrase;
  SecretBytes recovery_passphrase;
};

struct ProgrammeMember {
  std::string inspection;
  std::string area;
  bool is_published = false;
};

struct Programme {
  std::string id;
  std::string title;
  std::vector<Theme> themes;
  std::vector<ProgrammeMember> members;
  std::optional<Printed> printed = {};
};

struct ProgrammeTable {
  documents::ProgrammeTables table;
  text::Catalogue phrases;
};
// `format`: xlsx, ods, csv, json.
Result<File> file_of(const ProgrammeTable& table, const std::string& format);

class Programmes {
 public:
  explicit Programmes(Inspections& inspections) : releases_(inspections), rooms_(releases_.rooms()) {}

  // With two key pairs of its own, as an inspection has.
  Result<void> create(const NewProgramme& programme, const store::NextEntry& entry = {});
  Result<std::vector<Programme>> list();
  Result<Programme> describe(std::string_view programme);

  // Of an unlocked inspection with a frozen release. Again: what its last release brings takes the place of what was.
  Result<void> add(std::string_view programme, std::string_view inspection, const store::NextEntry& entry = {});

  // Would it be printed now? The same errors; changes nothing and says no number.
  Result<void> check(std::string_view programme, const SecretBytes& passphrase,
                     keys::Half half = keys::Half::inspection);
  Result<Programme> print(std::string_view programme, const SecretBytes& passphrase,
                          keys::Half half = keys::Half::inspection, const store::NextEntry& entry = {});

  // Of an inspection that is in a programme, by its themes. In the place of those before.
  Result<std::vector<Score>> scores(std::string_view inspection);
  Result<void> type_scores(std::string_view inspection, const std::vector<Score>& scores,
                           const store::NextEntry& entry = {});

  // This inspection beside those of its programme. A language left empty is the first of the inspection that reports
  // have.
  Result<ProgrammeTable> table(std::string_view inspection, std::string_view language);

 private:
  struct Kept {
    store::Record record;
    ProgrammeFile file;
  };
  struct Share {
    std::string inspection;
    store::Record record;
    ShareFile file;
  };
  struct Made {
    Kept kept;
    release::ProgrammePrint print;
  };
  Result<Kept> kept(std::string_view programme) const;
  Result<std::vector<Share>> shares() const;
  Result<std::vector<Share>> shares_of(std::string_view programme) const;
  Result<std::string> programme_of(std::string_view inspection) const;
  Result<std::optional<ReadRelease>> published_release(std::string_view inspection) const;
  Result<Programme> described(const Kept& kept, const std::vector<Share>& shares) const;
  Result<Made> made(std::string_view programme, const SecretBytes& passphrase, keys::Half half) const;
  // One for each questionnaire of this inspection that has none yet.
  Result<void> add_auditors(std::string_view inspection, std::vector<release::Auditor>& auditors) const;
  Result<void> forget_what_was_brought(std::string_view programme);
  Result<std::vector<documents::ScoreRow>> score_rows(std::string_view inspection, const ProgrammeFile& file,
                                                      const std::vector<std::string>& published);

  Releases releases_;
  const Releases::Rooms rooms_;
};

}  // namespace perspective::inspection
