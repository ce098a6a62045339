#include "keys/key_cabinet.h"

#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/clock.h"
#include "base/file.h"
#include "envelope/key_pair.h"
#include "keys/copies.h"
#include "keys/locked_key.h"

namespace perspective::keys {
namespace {

namespace fs = std::filesystem;

std::string name_of(Half half) { return half == Half::inspection ? "inspection" : "recovery"; }

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

Result<void> check_is_private(const fs::path& directory) {
  struct stat status {};
  if (::stat(directory.c_str(), &status) != 0) return fail(ErrorCode::io, "cannot look at " + directory.string());
  if ((status.st_mode & 077) != 0) {
    return fail(ErrorCode::refused,
                fmt::format("{} can be read by others: chmod 700 '{}'", directory.string(), directory.string()));
  }
  return {};
}

// Several files, in this order.
using Files = std::vector<std::pair<std::string, std::string_view>>;
Result<void> write_files(const fs::path& folder, const Files& files) {
  for (const auto& [name, content] : files) {
    if (auto written = write_file(folder / name, as_bytes(content)); !written) return written;
  }
  return {};
}

Result<PemPair> read_pair(const fs::path& directory, const std::string& name) {
  auto key = read_text(directory / (name + ".key"));
  if (!key) return std::unexpected(key.error());
  auto certificate = read_text(directory / (name + ".pem"));
  if (!certificate) return std::unexpected(certificate.error());
  return PemPair{std::move(*key), std::move(*certificate)};
}

Result<void> write_half(const fs::path& folder, Half half, std::string_view passphrase, std::int64_t now_s,
                        const Cost& cost) {
  const auto pair = envelope::make_key_pair(name_of(half), now_s);
  if (!pair) return std::unexpected(pair.error());
  const auto locked = lock(pair->key.key(), passphrase, cost);
  if (!locked) return std::unexpected(locked.error());
  return write_files(folder, {{name_of(half) + ".key", *locked}, {name_of(half) + ".pem", pair->certificate_pem}});
}

// Opens a trial envelope, so that "it works" is said of the whole way and not of a part.
Result<void> open_trial(ByteView sealed, std::string_view trial, const Result<envelope::OpeningKey>& key) {
  if (!key) return std::unexpected(key.error());
  const auto opened = envelope::open(sealed, *key);
  if (!opened) return std::unexpected(opened.error());
  if (!opened->text().starts_with(trial)) return fail(ErrorCode::corrupt, "the trial envelope opens as another");
  return {};
}

}  // namespace

Result<void> check_passphrase(std::string_view which, std::string_view passphrase) {
  if (characters(passphrase) < kMinPassphraseCharacters) {
    return fail(ErrorCode::refused, fmt::format("the {} passphrase is too short: use {} characters or more, such as "
                                                "four words that nobody would put together",
                                                which, kMinPassphraseCharacters));
  }
  if (std::ranges::any_of(passphrase, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; })) {
    return fail(ErrorCode::refused, fmt::format("the {} passphrase holds a control character", which));
  }
  if (std::ranges::all_of(passphrase, [&](char c) { return c == passphrase.front(); })) {
    return fail(ErrorCode::refused, fmt::format("the {} passphrase is one character repeated", which));
  }
  return {};
}

Result<void> check_passphrases(std::string_view inspection, std::string_view recovery) {
  if (auto checked = check_passphrase("inspection's", inspection); !checked) return checked;
  if (auto checked = check_passphrase("recovery", recovery); !checked) return checked;
  if (inspection == recovery) {
    return fail(ErrorCode::refused,
                "the two passphrases are the same: the recovery key is for the day when the "
                "inspection's passphrase is lost, so it needs another, kept by another person");
  }
  return {};
}

Result<KeyCabinet> KeyCabinet::open(fs::path directory, const Cost& cost) {
  for (const fs::path& each : {directory, directory / "inspections"}) {
    if (auto made = make_private_directory(each); !made) return std::unexpected(made.error());
    if (auto checked = check_is_private(each); !checked) return std::unexpected(checked.error());
  }
  return KeyCabinet(std::move(directory), cost);
}

bool KeyCabinet::has_identity() const { return fs::exists(directory_ / "authority.key"); }

Result<void> KeyCabinet::keep_identity(const Identity& identity) {
  if (has_identity()) {
    return fail(ErrorCode::conflict, directory_.string() + " holds the keys of a collector already");
  }
  // The authority's key last: with it, all the others are there.
  return write_files(directory_, {{"receipt.key", identity.receipt_key_pem},
                                  {"package.key", identity.package.key_pem},
                                  {"package.pem", identity.package.certificate_pem},
                                  {"authority.pem", identity.authority.certificate_pem},
                                  {"authority.key", identity.authority.key_pem}});
}

Result<Identity> KeyCabinet::identity() const {
  if (!has_identity()) {
    return fail(ErrorCode::not_found, directory_.string() + " holds no collector's keys: run `init` first");
  }
  auto authority = read_pair(directory_, "authority");
  if (!authority) return std::unexpected(authority.error());
  auto package = read_pair(directory_, "package");
  if (!package) return std::unexpected(package.error());
  auto receipt = read_text(directory_ / "receipt.key");
  if (!receipt) return std::unexpected(receipt.error());
  return Identity{std::move(*authority), std::move(*package), std::move(*receipt)};
}

Result<fs::path> KeyCabinet::folder_of(std::string_view id) const {
  const auto is_fit = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  if (id.empty() || id.size() > 64 || id.front() == '-' || !std::ranges::all_of(id, is_fit)) {
    return fail(ErrorCode::invalid, "an inspection's id is of a-z, 0-9 and hyphens, at most 64 of them");
  }
  return directory_ / "inspections" / id;
}

Result<Certificates> KeyCabinet::make_inspection(std::string_view id, std::string_view passphrase,
                                                 std::string_view recovery_passphrase, std::int64_t now_s) {
  const auto folder = folder_of(id);
  if (!folder) return std::unexpected(folder.error());
  if (fs::exists(*folder / kListFile)) {
    return fail(ErrorCode::conflict, fmt::format("inspection '{}' has its keys already", id));
  }
  if (const auto fit = check_passphrases(passphrase, recovery_passphrase); !fit) return std::unexpected(fit.error());
  if (const auto made = make_private_directory(*folder); !made) return std::unexpected(made.error());
  if (const auto written = write_keys(*folder, passphrase, recovery_passphrase, now_s); !written) {
    return in_context(fmt::format("keys of inspection '{}'", id), written.error());
  }
  if (const auto tried = try_keys(id, passphrase, recovery_passphrase); !tried) {
    return in_context(fmt::format("the new keys of inspection '{}' do not work", id), tried.error());
  }
  const std::string day = day_of(now_s);
  const Register list{
      {{Half::inspection, std::string(kInspectionFile), day}, {Half::recovery, std::string(kRecoveryFile), day}}};
  if (const auto written = write_list(id, list); !written) return std::unexpected(written.error());
  return certificates(id);
}

Result<void> KeyCabinet::write_keys(const fs::path& folder, std::string_view passphrase,
                                    std::string_view recovery_passphrase, std::int64_t now_s) const {
  if (auto written = write_half(folder, Half::inspection, passphrase, now_s, cost_); !written) return written;
  return write_half(folder, Half::recovery, recovery_passphrase, now_s, cost_);
}

Result<void> KeyCabinet::try_keys(std::string_view id, std::string_view passphrase,
                                  std::string_view recovery_passphrase) const {
  constexpr std::string_view kTrial = "trial";
  const auto pems = certificates(id);
  if (!pems) return std::unexpected(pems.error());
  const auto inspection = envelope::Recipient::parse(pems->inspection);
  if (!inspection) return std::unexpected(inspection.error());
  const auto recovery = envelope::Recipient::parse(pems->recovery);
  if (!recovery) return std::unexpected(recovery.error());
  const auto sealed = envelope::seal(as_bytes(kTrial), 64, *inspection, *recovery);
  if (!sealed) return std::unexpected(sealed.error());
  if (auto opened = open_trial(*sealed, kTrial, unlock(id, Half::inspection, passphrase)); !opened) return opened;
  return open_trial(*sealed, kTrial, unlock(id, Half::recovery, recovery_passphrase));
}

Result<Certificates> KeyCabinet::certificates(std::string_view id) const {
  const auto folder = folder_of(id);
  if (!folder) return std::unexpected(folder.error());
  auto inspection = read_text(*folder / "inspection.pem");
  auto recovery = read_text(*folder / "recovery.pem");
  if (!inspection || !recovery) return fail(ErrorCode::not_found, fmt::format("no keys of inspection '{}'", id));
  return Certificates{std::move(*inspection), std::move(*recovery)};
}

// Destroyed, or never here?
Error KeyCabinet::missing(std::string_view id, Half half, const Error& error) const {
  if (error.code != ErrorCode::not_found) return error;
  const auto list = copies(id);
  for (const RegisteredCopy& copy : list ? list->copies : std::vector<RegisteredCopy>()) {
    if (copy.place != name_of(half) + ".key" || copy.destroyed.empty()) continue;
    return {ErrorCode::refused,
            fmt::format("the {} key of inspection '{}' was destroyed here on {}", name_of(half), id, copy.destroyed)};
  }
  return {
      ErrorCode::not_found,
      fmt::format("the {} key of '{}' is not at this collector, only where the inspection was made and where copies "
                  "are registered. Bring a copy: there 'key copy', here 'key take'",
                  name_of(half), id)};
}

Result<envelope::OpeningKey> KeyCabinet::unlock(std::string_view id, Half half, std::string_view passphrase) const {
  const auto folder = folder_of(id);
  if (!folder) return std::unexpected(folder.error());
  const auto files = read_pair(*folder, name_of(half));
  if (!files) return std::unexpected(missing(id, half, files.error()));
  auto recipient = envelope::Recipient::parse(files->certificate_pem);
  if (!recipient) return std::unexpected(recipient.error());
  auto key = keys::unlock(files->key_pem, passphrase);
  if (!key) return in_context(fmt::format("inspection '{}'", id), key.error());
  if (X509_check_private_key(recipient->certificate(), key->get()) != 1) {
    return openssl::failure(ErrorCode::corrupt,
                            fmt::format("{}.key and {}.pem do not belong together", name_of(half), name_of(half)));
  }
  return envelope::OpeningKey(std::move(*key), std::move(*recipient));
}

}  // namespace perspective::keys
