// `perspective-kiosk copy-to FOLDER` and `take-receipts FILE`: what waits goes by stick, receipts come back by it.
#include <iostream>

#include "base/log.h"
#include "keeper/folder_lock.h"
#include "program/program.h"
#include "upload/courier.h"
#include "upload/enrolment.h"
#include "upload/packages.h"

namespace perspective {
namespace {

struct Kept {
  upload::Enrolment enrolment;
  upload::PackageShelf shelf;
  std::vector<protocol::Package> packages;
};

Result<Kept> kept_in(const std::filesystem::path& state) {
  auto enrolment = upload::load_enrolment(state);
  if (!enrolment) return std::unexpected(enrolment.error());
  upload::PackageShelf shelf(state / "packages", enrolment->authority_pem);
  auto loaded = shelf.load();
  for (const auto& problem : loaded.problems) log::error(problem.what);
  return Kept{std::move(*enrolment), std::move(shelf), std::move(loaded.packages)};
}

// Beside a kiosk that runs neither is done: only that one knows whether somebody sits there, and hides which visits
// sent.
Result<keeper::FolderLock> lock_of_resting(const std::filesystem::path& state) {
  auto lock = keeper::FolderLock::take(state);
  if (lock || lock.error().code != ErrorCode::refused) return lock;
  return fail(ErrorCode::refused, lock.error().what +
                                      ": press \"Copy to USB\" on its start screen, which takes in receipts "
                                      "too, or stop it first");
}

}  // namespace

Result<void> copy_to_stick(const Options& options) {
  const auto kept = kept_in(options.state);
  if (!kept) return std::unexpected(kept.error());
  const auto lock = lock_of_resting(options.state);
  if (!lock) return std::unexpected(lock.error());
  auto outbox = open_outbox(options.state, Keeping::alone);
  if (!outbox) return std::unexpected(outbox.error());
  const auto copied = upload::copy_to_stick(**outbox, kept->enrolment, kept->packages, options.stick,
                                            options.is_however_few ? upload::Few::too : upload::Few::kept_back);
  if (!copied) return std::unexpected(copied.error());
  for (const auto& file : copied->files) std::cout << "Copied to " << file.string() << "\n";
  if (!copied->files.empty()) std::cout << "This kiosk keeps its own copies until the receipts are back.\n";
  if (copied->files.empty() && !copied->are_few_kept_back) std::cout << "Nothing waits that could be copied.\n";
  if (copied->are_few_kept_back) {
    std::cout << "A few wait for others: alone on a stick they would tell whose they are. Copy again later, or add\n"
                 "--however-few once nobody else will answer.\n";
  }
  if (!copied->is_all) std::cout << "More waits than one file holds: copy again once the receipts are back.\n";
  return {};
}

Result<void> take_receipts(const Options& options) {
  const auto kept = kept_in(options.state);
  if (!kept) return std::unexpected(kept.error());
  const auto lock = lock_of_resting(options.state);
  if (!lock) return std::unexpected(lock.error());
  auto outbox = open_outbox(options.state, Keeping::alone);
  if (!outbox) return std::unexpected(outbox.error());
  const auto taken = upload::take_receipts(**outbox, kept->shelf, options.receipts);
  if (!taken) return std::unexpected(taken.error());
  std::cout << (taken->is_any_left ? "The receipts were taken. Something still waits.\n"
                                   : "The receipts were taken. Nothing of that inspection waits any more.\n");
  if (taken->has_fieldwork_ended) {
    std::cout
        << "Fieldwork has ended: copy to the stick once more, and bring it to an inspector. It takes the counts of\n"
           "this kiosk's visits.\n";
  }
  return {};
}

}  // namespace perspective
