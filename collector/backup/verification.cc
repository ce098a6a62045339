#include "backup/verification.h"

#include <algorithm>
#include <map>
#include <set>

#include "inspection/audit_chain.h"
#include "protocol/enrolment.h"
#include "protocol/package.h"
#include "protocol/receipt.h"
#include "protocol/signed_manifest.h"

namespace perspective::backup {
namespace {

using store::CopyFile;
using store::Row;

std::int64_t number(const Row& row, std::size_t column) {
  const auto* found = std::get_if<std::int64_t>(&row.at(column));
  return found == nullptr ? 0 : *found;
}
std::string text(const Row& row, std::size_t column) {
  const auto* found = std::get_if<std::string>(&row.at(column));
  return found == nullptr ? std::string() : *found;
}
Bytes bytes(const Row& row, std::size_t column) {
  const auto* found = std::get_if<Bytes>(&row.at(column));
  return found == nullptr ? Bytes() : *found;
}

// What the rows say of each inspection, as they pass. Columns as store/tables.h has them.
class Inspector {
 public:
  explicit Inspector(std::string authority_pem) : authority_pem_(std::move(authority_pem)) {}

  void look(const store::Table& table, const Row& row) {
    if (table.name == "inspections") look_at_inspection(row);
    if (table.name == "envelopes") look_at_envelope(row);
    if (table.name == "daily_counts") all_[text(row, 0)].stored_ever += number(row, 3);
    if (table.name == "audit") audit_.push_back({number(row, 0), text(row, 1), bytes(row, 2)});
    if (table.name == "withdrawn_counts") all_[text(row, 0)].withdrawn += number(row, 1);
  }
  void report_to(Report& report) const {
    report_audit_to(report.audit, report.manifest.audit);
    for (const auto& [id, one] : all_) {
      if (!one.is_there) {
        report.faults.push_back("there are rows of an inspection '" + id + "' that is not there");
        continue;
      }
      report.inspections.push_back({id, one.area, one.state, one.envelopes});
      const auto say = [&](std::int64_t count, const std::string& what) {
        if (count > 0) report.faults.push_back("inspection '" + id + "': " + std::to_string(count) + " " + what);
      };
      say(one.damaged, "envelopes are not those that receipts were given for: their bytes have another digest");
      say(one.of_wrong_size, "envelopes have not the one size that all of this inspection have");
      if (!one.is_package_genuine) {
        report.faults.push_back("inspection '" + id + "': its package was not signed by this collector");
      }
      if (one.stored_ever - one.withdrawn != one.envelopes) {
        report.faults.push_back("inspection '" + id + "': of those that were taken in, " +
                                std::to_string(one.stored_ever - one.withdrawn) + " should be here, and there are " +
                                std::to_string(one.envelopes));
      }
    }
  }

 private:
  void report_audit_to(Report::Audit& told, const AuditState& promised) const {
    told.entries = static_cast<std::int64_t>(audit_.size());
    if (promised.public_key.empty()) return;
    const auto key = from_hex(promised.public_key);
    const auto head = inspection::head_from(promised.head);
    if (!key || (!head && !promised.head.empty())) {
      told.faults.emplace_back("the manifest's key or head of the audit means nothing");
      return;
    }
    const auto since = head ? std::vector{*head} : std::vector<inspection::AuditHead>();
    for (const auto& fault : inspection::verify(audit_, *key, since)) told.faults.push_back(fault.says);
  }

  struct One {
    bool is_there = false;
    bool is_package_genuine = false;
    std::string area, state;
    std::int64_t envelope_bytes = 0;
    std::int64_t envelopes = 0, damaged = 0, of_wrong_size = 0, stored_ever = 0, withdrawn = 0;
  };
  void look_at_inspection(const Row& row) {
    auto& one = all_[text(row, 0)];
    one.is_there = true;
    one.area = text(row, 1);
    one.state = text(row, 2);
    one.envelope_bytes = number(row, 4);
    const auto package = protocol::verify_package(bytes(row, 7), authority_pem_);
    one.is_package_genuine = package && package->inspection == text(row, 0);
  }
  void look_at_envelope(const Row& row) {
    auto& one = all_[text(row, 0)];
    const auto body = bytes(row, 3);
    const auto digest = protocol::digest_of(body);
    ++one.envelopes;
    one.damaged += std::ranges::equal(bytes(row, 2), digest) ? 0 : 1;
    one.of_wrong_size += static_cast<std::int64_t>(body.size()) == one.envelope_bytes ? 0 : 1;
  }

  const std::string authority_pem_;
  std::map<std::string, One> all_;
  std::vector<store::AuditEntry> audit_;
};

void compare(const std::vector<TableSum>& found, const std::vector<TableSum>& promised, Report& report) {
  for (const auto& sum : promised) {
    const auto same = std::ranges::find(found, sum.table, &TableSum::table);
    if (same == found.end()) {
      const bool is_known = std::ranges::find(store::kCopiedTables, sum.table, &store::Table::name) !=
                            std::ranges::end(store::kCopiedTables);
      report.faults.push_back("table " + sum.table + (is_known ? " is gone" : " is not one that this version knows"));
    } else if (same->rows != sum.rows) {
      report.faults.push_back("table " + sum.table + " has " + std::to_string(same->rows) + " rows instead of " +
                              std::to_string(sum.rows));
    } else if (same->sha256 != sum.sha256) {
      report.faults.push_back("table " + sum.table + " is not as it was signed: a row was changed");
    }
  }
  for (const auto& sum : found) {
    if (std::ranges::find(promised, sum.table, &TableSum::table) == promised.end() && sum.rows > 0) {
      report.faults.push_back("table " + sum.table + " has rows that nobody signed");
    }
  }
}

Result<Report> signed_part(CopyFile& copy, const std::optional<std::string>& authority_sha256,
                           std::string& authority_pem) {
  const auto said = copy.said();
  if (!said) return std::unexpected(said.error());
  authority_pem = said->authority_pem;
  const auto sha256 = protocol::sha256_of_certificate(authority_pem);
  if (!sha256) return fail(ErrorCode::corrupt, "the backup has no authority's certificate in it");
  if (authority_sha256 && *authority_sha256 != *sha256) {
    return fail(ErrorCode::refused, "the backup is another collector's: its authority is " + *sha256);
  }
  const auto manifest = protocol::verify_manifest(said->signed_manifest, authority_pem);
  if (!manifest) return fail(ErrorCode::corrupt, "the backup's signature is wrong: " + manifest.error().what);
  auto read = manifest_from(as_text(*manifest));
  if (!read) return std::unexpected(read.error());
  Report report{
      .manifest = *std::move(read), .authority_sha256 = *sha256, .faults = {}, .inspections = {}, .audit = {}};
  if (said->about != report.manifest.about) report.faults.push_back("its words are not those of what was signed");
  return report;
}

// One more would be one person: while fieldwork is open in fives, as everywhere.
std::string count_text(const Report::Inspection& inspection) {
  constexpr std::int64_t kStep = 5;
  if (inspection.state != "open") return std::to_string(inspection.envelopes) + " answers";
  return std::to_string(inspection.envelopes / kStep * kStep) + " answers or a few more";
}

std::string audit_text(const Report& report) {
  if (report.manifest.audit.public_key.empty()) {
    return "\nIts audit was not checked: a backup of this age does not say its head.\n";
  }
  const auto entries = "\nIts audit has " + std::to_string(report.audit.entries) + " entries";
  if (report.audit.faults.empty()) {
    return entries + ", each signed and in its place" +
           (report.manifest.audit.head.empty() ? "" : "; its head was\n  ") + report.manifest.audit.head + "\n";
  }
  std::string text = entries + " AND WAS MEDDLED WITH, at the collector, before the backup was made:\n";
  for (const auto& fault : report.audit.faults) text += "  - " + fault + "\n";
  return text;
}

}  // namespace

Result<Report> verify(const std::filesystem::path& path, const std::optional<std::string>& authority_sha256) {
  auto copy = CopyFile::open(path);
  if (!copy) return std::unexpected(copy.error());
  if (auto pages = copy->check_pages(); !pages) return in_context(path.string(), pages.error());
  std::string authority_pem;
  auto report = signed_part(*copy, authority_sha256, authority_pem);
  if (!report) return report;
  Inspector inspector(authority_pem);
  const auto sums = sums_of(*copy, [&](const store::Table& table, const Row& row) { inspector.look(table, row); });
  if (!sums) return std::unexpected(sums.error());
  compare(*sums, report->manifest.tables, *report);
  inspector.report_to(*report);
  return report;
}

std::string to_text(const Report& report, bool is_authority_known) {
  std::string text = "A backup of " + report.manifest.made_on +
                     ", signed by the collector whose authority has SHA-256\n" + report.authority_sha256 + "\n\n";
  for (const auto& inspection : report.inspections) {
    text +=
        "  " + inspection.id + " (" + inspection.area + ", " + inspection.state + "): " + count_text(inspection) + "\n";
  }
  text += report.faults.empty() ? "\nIt is whole. Checked, without any key:\n" : "\nIT IS NOT WHOLE:\n";
  for (const auto& fault : report.faults) text += "  - " + fault + "\n";
  if (report.faults.empty()) {
    text +=
        "  - the signature, and that every row of every table is as it was signed;\n"
        "  - of every sealed answer its size, and the digest that its kiosk's receipt was signed over;\n"
        "  - that as many are here as were taken in and not taken back;\n"
        "  - that the packages of its inspections were signed by this collector.\n";
  }
  text += audit_text(report);
  text += "\nNot checked, because it cannot be:\n";
  if (!is_authority_known) {
    text += "  - whether that authority is yours: compare it with the collector's log, or name it with --authority;\n";
  }
  text +=
      "  - whether the answers can be opened: that needs the keys and their passphrases;\n"
      "  - whether it is your newest backup, and what came or was taken back after it.\n\n";
  return text + report.manifest.about;
}

}  // namespace perspective::backup
