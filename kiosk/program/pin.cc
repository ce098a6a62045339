// `perspective-kiosk set-pin`.
#include <chrono>
#include <iostream>

#include "base/file.h"
#include "base/passphrase.h"
#include "keeper/folder_lock.h"
#include "program/program.h"

namespace perspective {

Result<void> set_pin(const Options& options) {
  if (auto made = make_private_directory(options.state); !made) return made;
  // One that runs has the old one, and would count against it.
  const auto lock = keeper::FolderLock::take(options.state);
  if (!lock) return std::unexpected(lock.error());
  const auto pin = ask_passphrase_twice("PIN");
  if (!pin) return std::unexpected(pin.error());
  if (auto set = keeper::PinLock::set(options.state, pin->view()); !set) return set;
  std::cout << "The PIN is set. The kiosk asks for it from its next start on.\n";
  return {};
}

Result<std::optional<keeper::PinLock>> read_pin(const std::filesystem::path& state) {
  if (!keeper::PinLock::is_set(state)) return std::nullopt;
  auto lock = keeper::PinLock::open(state, std::chrono::steady_clock::now());
  if (!lock) return std::unexpected(lock.error());
  return std::optional(std::move(*lock));
}

}  // namespace perspective
