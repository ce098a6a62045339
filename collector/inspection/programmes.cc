#include "inspection/programmes.h"

#include <algorithm>
#include <utility>

#include "base/file.h"
#include "base/log.h"
#include "envelope/envelope.h"
#include "inspection/creation.h"
#include "inspection/release_audit.h"
#include "release/rules.h"

namespace perspective::inspection {
namespace {

constexpr std::size_t kMaxIdBytes = 48;
constexpr std::size_t kMaxTitleBytes = 200;
constexpr std::size_t kStepBytes = 8 * 1024;
constexpr std::size_t kShareBytes = 48;       // the most that a finding needs beside its name
constexpr std::size_t kStatementBytes = 200;  // and its statement in an earlier release

// In the cabinet, beside the inspections.
std::string keys_of(std::string_view programme) { return "programme-" + std::string(programme); }

std::unexpected<Error> none_such(std::string_view programme) {
  return fail(ErrorCode::not_found, "there is no programme '" + std::string(programme) + "'");
}

// Hangs on the questionnaires, and on how many releases there were and what was stated more; not on what is said.
std::size_t padded_bytes(const release::Brought& brought) {
  std::size_t bytes = kStepBytes;
  for (const auto& each : brought.contributions) {
    bytes += 4 * kShareBytes + each.questionnaire.size();
    for (const auto& [finding, share] : each.shares) bytes += kShareBytes + finding.size();
  }
  for (const auto& history : brought.histories) {
    const auto releases = history.parts.size();
    bytes += releases * releases * kStatementBytes;  // groups are no more
    for (const auto& part : history.parts) {
      bytes += 2 * kStatementBytes + 4 * part.questionnaire.size();
      for (const auto& statement : part.statements) bytes += kStatementBytes + 4 * statement.finding.size();
      for (const auto& stated : part.stated_more) bytes += kStatementBytes + 4 * stated.finding.size();
    }
  }
  return (bytes + kStepBytes - 1) / kStepBytes * kStepBytes;
}

Result<Bytes> sealed(const release::Brought& brought, const ProgrammeFile& file) {
  const auto own = envelope::Recipient::parse(file.certificate_pem);
  if (!own) return std::unexpected(own.error());
  const auto recovery = envelope::Recipient::parse(file.recovery_certificate_pem);
  if (!recovery) return std::unexpected(recovery.error());
  auto plain = release::to_json(brought);
  auto sealed = envelope::seal(as_bytes(plain), padded_bytes(brought), *own, *recovery);
  wipe(plain.data(), plain.size());
  return sealed;
}

}  // namespace

Result<Programmes::Kept> Programmes::kept(std::string_view programme) const {
  auto record = rooms_.store.record(kProgrammeKind, programme);
  if (!record && record.error().code == ErrorCode::not_found) return none_such(programme);
  if (!record) return std::unexpected(record.error());
  auto file = programme_file_from(record->body);
  if (!file) return in_context("programme '" + record->id + "'", file.error());
  return Kept{*std::move(record), *std::move(file)};
}

Result<std::vector<Programmes::Share>> Programmes::shares() const {
  auto records = rooms_.store.records(kProgrammeShareKind);
  if (!records) return std::unexpected(records.error());
  std::vector<Share> all;
  for (auto& record : *records) {
    auto file = share_file_from(record.body);
    if (!file) return in_context("'" + record.id + "'", file.error());
    const auto inspection = record.id;
    all.push_back({inspection, std::move(record), *std::move(file)});
  }
  return all;
}

Result<std::vector<Programmes::Share>> Programmes::shares_of(std::string_view programme) const {
  auto all = shares();
  if (all) std::erase_if(*all, [&](const Share& each) { return each.file.programme != programme; });
  return all;
}

Result<std::string> Programmes::programme_of(std::string_view inspection) const {
  if (const auto head = rooms_.store.head(inspection); !head) return std::unexpected(head.error());
  const auto record = rooms_.store.record(kProgrammeShareKind, inspection);
  if (!record && record.error().code == ErrorCode::not_found)
    return fail(ErrorCode::not_found,
                "'" + std::string(inspection) + "' is in no programme: an inspector adds it with `programme add`");
  if (!record) return std::unexpected(record.error());
  const auto file = share_file_from(record->body);
  if (!file) return std::unexpected(file.error());
  return file->programme;
}

Result<std::optional<ReadRelease>> Programmes::published_release(std::string_view inspection) const {
  const auto stored = rooms_.store.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  const auto plan = plan_from(stored->definition);
  if (!plan) return std::unexpected(plan.error());
  if (plan->release.empty()) return std::optional<ReadRelease>();
  auto read = published_release_from(plan->release);
  if (!read) return std::unexpected(read.error());
  return std::optional(*std::move(read));
}

Result<Programme> Programmes::described(const Kept& kept, const std::vector<Share>& shares) const {
  Programme programme{kept.record.id, kept.file.title, kept.file.themes, {}, kept.file.printed};
  for (const auto& share : shares) {
    if (share.file.programme != kept.record.id) continue;
    const auto head = rooms_.store.head(share.inspection);
    if (!head) return std::unexpected(head.error());
    const auto release = published_release(share.inspection);
    if (!release) return std::unexpected(release.error());
    programme.members.push_back({share.inspection, head->area, release->has_value()});
  }
  return programme;
}

Result<std::vector<Programme>> Programmes::list() {
  const auto records = rooms_.store.records(kProgrammeKind);
  if (!records) return std::unexpected(records.error());
  const auto all_shares = shares();
  if (!all_shares) return std::unexpected(all_shares.error());
  std::vector<Programme> all;
  for (const auto& record : *records) {
    auto file = programme_file_from(record.body);
    if (!file) return in_context("programme '" + record.id + "'", file.error());
    auto programme = described({record, *std::move(file)}, *all_shares);
    if (!programme) return std::unexpected(programme.error());
    all.push_back(*std::move(programme));
  }
  return all;
}

Result<Programme> Programmes::describe(std::string_view programme) {
  const auto kept = this->kept(programme);
  if (!kept) return std::unexpected(kept.error());
  const auto shares = shares_of(programme);
  if (!shares) return std::unexpected(shares.error());
  return described(*kept, *shares);
}

Result<void> Programmes::create(const NewProgramme& programme, const store::NextEntry& entry) {
  if (!is_fit_id(programme.id) || programme.id.size() > kMaxIdBytes)
    return fail(ErrorCode::invalid,
                "the id of a programme has 1 to 48 characters, each a to z, 0 to 9 or a hyphen, a "
                "hyphen never first");
  if (programme.title.empty() || programme.title.size() > kMaxTitleBytes)
    return fail(ErrorCode::invalid, "the title of a programme has 1 to 200 bytes");
  const auto fit = keys::check_passphrases(programme.passphrase.text(), programme.recovery_passphrase.text());
  if (!fit) return std::unexpected(fit.error());
  ProgrammeFile file{.title = programme.title, .themes = {}, .certificate_pem = {}, .recovery_certificate_pem = {}};
  if (programme.themes) {
    file.themes = *programme.themes;
  } else {
    const std::string file_name = programme.is_joint ? "joint.json" : "themes.json";
    const auto text = read_text(rooms_.setting.assets / "programme" / file_name);
    if (!text) return std::unexpected(text.error());
    auto themes = themes_from(*text);
    if (!themes) return in_context("assets/programme/" + file_name, themes.error());
    file.themes = *std::move(themes);
  }
  const std::lock_guard lock(rooms_.key_turn);
  if (kept(programme.id)) return fail(ErrorCode::conflict, "there is a programme '" + programme.id + "' already");
  auto certificates = rooms_.keys.make_inspection(keys_of(programme.id), programme.passphrase.text(),
                                                  programme.recovery_passphrase.text(), rooms_.clock.now_s());
  if (!certificates) return std::unexpected(certificates.error());
  file.certificate_pem = std::move(certificates->inspection);
  file.recovery_certificate_pem = std::move(certificates->recovery);
  auto put =
      rooms_.store.put_record({.kind = std::string(kProgrammeKind), .id = programme.id, .body = to_json(file)}, entry);
  if (put || put.error().code != ErrorCode::conflict) return put;
  if (auto discarded = rooms_.keys.discard(keys_of(programme.id)); !discarded) log::warning(discarded.error().what);
  return put;  // another collector made it meanwhile
}

Result<void> Programmes::add(std::string_view programme, std::string_view inspection, const store::NextEntry& entry) {
  const auto kept = this->kept(programme);
  if (!kept) return std::unexpected(kept.error());
  if (kept->file.printed)
    return fail(ErrorCode::conflict, "'" + std::string(programme) + "' is printed: the next one takes what comes now");
  const auto brought = releases_.brought(inspection);
  if (!brought) return std::unexpected(brought.error());
  auto record = rooms_.store.record(kProgrammeShareKind, inspection);
  if (!record && record.error().code != ErrorCode::not_found) return std::unexpected(record.error());
  if (record) {
    const auto before = share_file_from(record->body);
    if (!before) return std::unexpected(before.error());
    if (before->programme != programme)
      return fail(ErrorCode::conflict,
                  "'" + std::string(inspection) + "' is in the programme '" + before->programme + "', and in one only");
  } else {
    record = store::Record{.kind = std::string(kProgrammeShareKind), .id = std::string(inspection)};
  }
  auto seal = sealed(*brought, kept->file);
  if (!seal) return std::unexpected(seal.error());
  record->body = to_json(ShareFile{std::string(programme), *std::move(seal)});
  return rooms_.store.put_record(*record, entry);
}

Result<Programmes::Made> Programmes::made(std::string_view programme, const SecretBytes& passphrase,
                                          keys::Half half) const {
  auto kept = this->kept(programme);
  if (!kept) return std::unexpected(kept.error());
  if (kept->file.printed) {
    return fail(ErrorCode::conflict, "'" + std::string(programme) + "' was printed on " +
                                         day_of(kept->file.printed->at_s) +
                                         ", and is printed once: make another programme for the next year");
  }
  if (!rooms_.setting.is_swap_allowed && rooms_.setting.is_swap_on())
    return fail(ErrorCode::refused,
                "swap is on: what services bring could be written to the disk; turn it off "
                "(swapoff -a), or start the collector with --allow-swap if the swap is encrypted");
  const auto shares = shares_of(programme);
  if (!shares) return std::unexpected(shares.error());
  const auto key = rooms_.keys.unlock(keys_of(programme), half, passphrase.text());
  if (!key) return std::unexpected(key.error());
  std::vector<release::Service> services;
  std::vector<release::Auditor> auditors;
  for (const auto& share : *shares) {
    auto published = published_release(share.inspection);
    if (!published) return std::unexpected(published.error());
    if (!*published) continue;  // what its release says is not out yet
    const auto plain = envelope::open(share.file.sealed, *key);
    if (!plain) return in_context("what '" + share.inspection + "' brings", plain.error());
    auto brought = release::brought_from_json(plain->text());
    if (!brought) return in_context("'" + share.inspection + "'", brought.error());
    if (brought->number != (*published)->number) {
      return fail(ErrorCode::conflict, "'" + share.inspection +
                                           "' brought what an earlier release of it says, or what a version kept that "
                                           "knew of no earlier releases: add it again while it is unlocked");
    }
    if (auto added = add_auditors(share.inspection, auditors); !added) return std::unexpected(added.error());
    services.push_back({share.inspection, std::move((*published)->release), std::move(brought->contributions),
                        std::move(brought->histories)});
  }
  auto print = release::print_of(services);
  if (auto may = release::may_be_printed(auditors, services, print); !may) return std::unexpected(may.error());
  return Made{*std::move(kept), std::move(print)};
}

Result<void> Programmes::add_auditors(std::string_view inspection, std::vector<release::Auditor>& auditors) const {
  const auto stored = rooms_.store.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  const auto questionnaires = questionnaires_in(stored->definition);
  if (!questionnaires) return std::unexpected(questionnaires.error());
  for (const auto& questionnaire : *questionnaires) {
    const bool is_there = std::ranges::any_of(auditors, [&](const release::Auditor& each) {
      return each.questionnaire().id == questionnaire.id && each.questionnaire().version == questionnaire.version;
    });
    if (is_there) continue;
    auto auditor = release::Auditor::of(questionnaire);
    if (!auditor) return in_context("the auditor of '" + questionnaire.id + "'", auditor.error());
    auditors.push_back(*std::move(auditor));
  }
  return {};
}

Result<void> Programmes::check(std::string_view programme, const SecretBytes& passphrase, keys::Half half) {
  const auto made = this->made(programme, passphrase, half);
  if (!made) return std::unexpected(made.error());
  return {};
}

// What they brought is in the print; sealed to keys that are going, and of no use to anybody.
Result<void> Programmes::forget_what_was_brought(std::string_view programme) {
  const auto shares = shares_of(programme);
  if (!shares) return std::unexpected(shares.error());
  for (const auto& share : *shares) {
    if (share.file.sealed.empty()) continue;
    auto record = share.record;
    record.body = to_json(ShareFile{share.file.programme, {}});
    if (auto put = rooms_.store.put_record(record); !put) return put;
  }
  const std::lock_guard lock(rooms_.key_turn);
  const auto destroyed = rooms_.keys.destroy(keys_of(programme), rooms_.clock.now_s());
  if (!destroyed) return std::unexpected(destroyed.error());
  return {};
}

Result<Programme> Programmes::print(std::string_view programme, const SecretBytes& passphrase, keys::Half half,
                                    const store::NextEntry& entry) {
  auto made = this->made(programme, passphrase, half);
  if (!made) {
    // After a power cut between the print and this.
    if (const auto kept = this->kept(programme); kept && kept->file.printed)
      if (auto forgotten = forget_what_was_brought(programme); !forgotten) return std::unexpected(forgotten.error());
    return std::unexpected(made.error());
  }
  made->kept.file.printed = Printed{rooms_.clock.now_s(), std::move(made->print)};
  auto record = made->kept.record;
  record.body = to_json(made->kept.file);
  if (auto put = rooms_.store.put_record(record, entry); !put) return std::unexpected(put.error());
  if (auto forgotten = forget_what_was_brought(programme); !forgotten) return std::unexpected(forgotten.error());
  return describe(programme);
}

}  // namespace perspective::inspection
