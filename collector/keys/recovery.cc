// The recovery key among several holders, and back.
#include <fmt/core.h>

#include <algorithm>

#include "base/clock.h"
#include "base/file.h"
#include "keys/key_cabinet.h"
#include "keys/locked_key.h"
#include "keys/shares.h"

namespace perspective::keys {
namespace {

Result<envelope::OpeningKey> open_with(const Combined& combined, std::string_view certificate_pem) {
  auto recipient = envelope::Recipient::parse(certificate_pem);
  if (!recipient) return std::unexpected(recipient.error());
  auto key = unlock(combined.set.locked_key_pem, combined.passphrase.text());
  if (!key) {
    return fail(ErrorCode::corrupt,
                "these shares do not open their key: one of them is not what it was. Try again with "
                "others of the same set");
  }
  if (X509_check_private_key(recipient->certificate(), key->get()) != 1) {
    return openssl::failure(ErrorCode::conflict, "these shares open another key than the recovery key of inspection '" +
                                                     combined.set.inspection + "'");
  }
  return envelope::OpeningKey(std::move(*key), std::move(*recipient));
}

// Whoever holds the first, and whoever holds the last, must be able to open it: known before the texts are handed out.
Result<void> try_shares(std::string_view id, const std::vector<SecretBytes>& texts, std::size_t needed,
                        std::string_view certificate_pem) {
  for (const std::size_t first : {std::size_t{0}, texts.size() - needed}) {
    std::vector<SecretBytes> some;
    for (std::size_t i = first; i < first + needed; ++i) some.emplace_back(texts[i].view());
    if (auto opened = KeyCabinet::open_shares(id, some, certificate_pem); !opened) {
      return in_context("the new shares do not work", opened.error());
    }
  }
  return {};
}

}  // namespace

Result<envelope::OpeningKey> KeyCabinet::open_shares(std::string_view id, const std::vector<SecretBytes>& texts,
                                                     std::string_view certificate_pem) {
  const auto combined = combine(texts);
  if (!combined) return std::unexpected(combined.error());
  if (combined->set.inspection != id) {
    return fail(ErrorCode::conflict, fmt::format("these are shares of inspection '{}'", combined->set.inspection));
  }
  return open_with(*combined, certificate_pem);
}

Result<std::vector<SecretBytes>> KeyCabinet::split_recovery(std::string_view id, std::string_view recovery_passphrase,
                                                            const std::vector<std::string>& holders, std::size_t needed,
                                                            std::int64_t now_s) {
  if (auto checked = check_holders(holders, needed); !checked) return std::unexpected(checked.error());
  const auto key = unlock(id, Half::recovery, recovery_passphrase);
  if (!key) return std::unexpected(key.error());
  const SecretBytes passphrase = draw_shared_passphrase();
  auto locked = lock(key->key(), passphrase.text(), cost_);
  if (!locked) return std::unexpected(locked.error());
  const ShareSet set{.inspection = std::string(id),
                     .set = draw_set(),
                     .needed = needed,
                     .holders = holders,
                     .locked_key_pem = *std::move(locked)};
  auto texts = split(set, passphrase);
  if (!texts) return std::unexpected(texts.error());
  const auto pems = certificates(id);
  if (!pems) return std::unexpected(pems.error());
  if (auto tried = try_shares(id, *texts, needed, pems->recovery); !tried) return std::unexpected(tried.error());
  if (auto listed = register_shares(set, now_s); !listed) return std::unexpected(listed.error());
  return texts;
}

Result<void> KeyCabinet::register_shares(const ShareSet& set, std::int64_t now_s) {
  auto list = copies(set.inspection);
  if (!list) return std::unexpected(list.error());
  for (std::size_t i = 0; i < set.holders.size(); ++i) {
    const RegisteredCopy::Share share{set.set, static_cast<int>(i + 1), static_cast<int>(set.needed)};
    const bool is_listed = std::ranges::any_of(list->copies, [&](const RegisteredCopy& copy) {
      return copy.share && copy.share->set == share.set && copy.share->number == share.number;
    });
    if (!is_listed) list->copies.push_back({Half::recovery, set.holders[i], day_of(now_s), {}, share});
  }
  return write_list(set.inspection, *list);
}

Result<void> KeyCabinet::restore_recovery(std::string_view id, const std::vector<SecretBytes>& texts,
                                          std::string_view certificate_pem, std::string_view new_passphrase,
                                          std::int64_t now_s) {
  if (auto fit = check_passphrase("new recovery", new_passphrase); !fit) return fit;
  const auto combined = combine(texts);
  if (!combined) return std::unexpected(combined.error());
  const auto key = open_shares(id, texts, certificate_pem);
  if (!key) return std::unexpected(key.error());
  const auto locked = lock(key->key(), new_passphrase, cost_);
  if (!locked) return std::unexpected(locked.error());
  const auto folder = folder_of(id);
  if (!folder) return std::unexpected(folder.error());
  if (auto made = make_private_directory(*folder); !made) return made;
  if (auto listed = list_restored(id, now_s); !listed) return listed;
  if (auto listed = register_shares(combined->set, now_s); !listed) return listed;
  if (auto written = write_file(*folder / "recovery.pem", as_bytes(certificate_pem)); !written) return written;
  return write_file(*folder / "recovery.key", as_bytes(*locked));
}

// Before the file is there.
Result<void> KeyCabinet::list_restored(std::string_view id, std::int64_t now_s) {
  auto list = copies(id);
  if (!list && list.error().code != ErrorCode::not_found) return std::unexpected(list.error());
  Register known = list ? *std::move(list) : Register();
  list_beside(known, Half::recovery, day_of(now_s));
  note_earlier_passphrase(known, Half::recovery, day_of(now_s));
  return write_list(id, known);
}

}  // namespace perspective::keys
