// What `perspective-kiosk status` prints: the same as the start screen says, for a terminal.
#include <array>
#include <cstdlib>
#include <iostream>

#include "app/assets.h"
#include "app/offer.h"
#include "base/clock.h"
#include "base/log.h"
#include "keeper/folder_lock.h"
#include "keeper/keeper.h"
#include "platform/speech/outlet_watch.h"
#include "program/program.h"
#include "protocol/limits.h"
#include "upload/enrolment.h"
#include "upload/packages.h"
#include "upload/standing.h"

namespace perspective {
namespace {

// For programs: the same in every language.
std::string_view first_line_of(staff::Sending sending) {
  switch (sending) {
    case staff::Sending::all_sent:
      return "all sent";
    case staff::Sending::some_waiting:
      return "some waiting";
    case staff::Sending::full:
      return "full";
  }
  return {};
}

// "cy_GB.UTF-8" -> "cy", by the first that is set, as POSIX has it.
std::string language_of_terminal() {
  for (const char* name : std::to_array({"LC_ALL", "LC_MESSAGES", "LANG"})) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return std::string(value).substr(0, 2);
  }
  return "en";
}

void print_reasons(const app::Offer& offer, const staff::Status& status, const app::Assets& assets) {
  const auto& words = words_for_terminal(assets);
  for (const auto& line : staff::lines_of(app::offered(offer, words.language()), status, words)) {
    std::cout << line << "\n";
  }
  for (const auto& [inspection, questionnaires] : offer) {
    for (const auto& [id, questions] : questionnaires.questionnaires) {
      if (questions.fault) log::error(questions.fault->what);
    }
  }
}

}  // namespace

const text::Catalogue& words_for_terminal(const app::Assets& assets) {
  const auto words = assets.words.find(language_of_terminal());
  return words == assets.words.end() ? assets.words.at("en") : words->second;
}

Result<std::unique_ptr<outbox::Outbox>> open_outbox(const std::filesystem::path& state, Keeping keeping,
                                                    std::function<bool(const std::string&)> hides_visits) {
  outbox::Options options;
  options.hides_visits = std::move(hides_visits);
  options.envelope_bytes = protocol::kMaxEnvelopeBytes;
  options.is_guest = keeping == Keeping::as_guest;
  return outbox::Outbox::open(state / "outbox.sqlite", options);
}

staff::Status status_of(const keeper::State& state) {
  const bool is_full = state.outbox == outbox::State::full;
  const bool is_empty = state.outbox == outbox::State::empty;
  return {.sending = is_full    ? staff::Sending::full
                     : is_empty ? staff::Sending::all_sent
                                : staff::Sending::some_waiting,
          .reasons = state.reasons};
}

Result<void> print_status(const Options& options) {
  const auto enrolment = upload::load_enrolment(options.state);
  if (!upload::is_enrolled(options.state)) return std::unexpected(enrolment.error());
  if (!enrolment) log::error(enrolment.error().what);
  const auto lock = keeper::FolderLock::take(options.state);
  auto outbox = open_outbox(options.state, lock ? Keeping::alone : Keeping::as_guest);
  if (!outbox) return std::unexpected(outbox.error());
  const auto shelf = upload::PackageShelf(options.state / "packages", enrolment ? enrolment->authority_pem : "").load();
  for (const auto& problem : shelf.problems) log::error(problem.what);
  const SystemClock clock;
  upload::Standing standing(enrolment, clock, keeper::PinLock::is_set(options.state));
  standing.take_over(shelf);
  auto status = status_of(keeper::state_of(**outbox, standing.reasons()));
  std::cout << first_line_of(status.sending) << "\n";
  const auto assets = app::load_assets(options.assets);
  if (!assets) return std::unexpected(assets.error());
  const auto offer = app::read_offer(shelf.packages, *assets);
  status.reasons.merge(app::reasons_of(offer));
  if (platform::outlet_now(options.outlet) == access::Outlet::none) {
    status.reasons.insert(readiness::Reason::sound_missing);
  }
  status.reasons = readiness::without_echoes(std::move(status.reasons));
  print_reasons(offer, status, *assets);
  return {};
}

}  // namespace perspective
