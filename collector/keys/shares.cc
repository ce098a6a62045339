#include "keys/shares.h"

#include <fmt/format.h>
extern "C" {  // its header does not say so
#include <libgfshare.h>
}
#include <openssl/sha.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "base/random.h"

namespace perspective::keys {
namespace {

constexpr std::size_t kPassphraseBytes = 16;  // drawn; twice as many letters
constexpr std::size_t kCheckLetters = 8;
constexpr std::size_t kMaxTextBytes = 16 << 10;
constexpr std::string_view kPemBegin = "-----BEGIN ENCRYPTED PRIVATE KEY-----";
constexpr std::string_view kPemEnd = "-----END ENCRYPTED PRIVATE KEY-----\n";

struct FreeContext {
  void operator()(gfshare_ctx* context) const { gfshare_ctx_free(context); }  // overwrites it first
};
using Context = std::unique_ptr<gfshare_ctx, FreeContext>;

void fill_from_kernel(unsigned char* place, unsigned int size_bytes) {
  Bytes drawn = random_bytes(size_bytes);
  std::ranges::copy(drawn, place);
  wipe(drawn.data(), drawn.size());
}

// A text of which nothing stays behind.
class Scratch {
 public:
  Scratch() { text_.reserve(kMaxTextBytes); }  // so that it is never copied by growing
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { wipe(text_.data(), text_.capacity()); }
  std::back_insert_iterator<std::string> end() { return std::back_inserter(text_); }
  std::string& text() { return text_; }

 private:
  std::string text_;
};

struct Share {
  ShareSet set;
  std::size_t number = 0;
  SecretBytes value;
};

// Finds a slip of the pen in a share that was typed off; it protects from nobody.
std::string check_of(const Share& share) {
  Scratch all;
  fmt::format_to(all.end(), "{}/{}/{}/{}/", share.set.inspection, share.set.set, share.number, share.set.needed);
  for (const std::uint8_t byte : share.value.view()) fmt::format_to(all.end(), "{:02x}", byte);
  Bytes digest(SHA256_DIGEST_LENGTH);
  const ByteView bytes = as_bytes(all.text());
  SHA256(bytes.data(), bytes.size(), digest.data());
  return to_hex(digest).substr(0, kCheckLetters);
}

SecretBytes text_of(const Share& share) {
  const ShareSet& set = share.set;
  Scratch text;
  fmt::format_to(text.end(),
                 "A share of the recovery key of inspection {0}\n\n"
                 "This is share {1} of {2}, for {3}.\n"
                 "Any {4} of the {2} open every answer of this inspection; fewer open none and tell nothing.\n"
                 "Keep it where nobody else can read it, never beside another share. Do not send it by mail.\n"
                 "When you are asked to destroy it, destroy this file and every print of it, and say so.\n\n"
                 "inspection: {0}\nset: {5}\nshare: {1}\nneeded: {4}\n",
                 set.inspection, share.number, set.holders.size(), set.holders[share.number - 1], set.needed, set.set);
  for (const std::string& holder : set.holders) fmt::format_to(text.end(), "holder: {}\n", holder);
  fmt::format_to(text.end(), "secret: ");
  for (const std::uint8_t byte : share.value.view()) fmt::format_to(text.end(), "{:02x}", byte);
  fmt::format_to(text.end(), "\ncheck: {}\n\n{}", check_of(share), set.locked_key_pem);
  return SecretBytes(as_bytes(text.text()));
}

// What follows "name: " on a line of its own; all of them, in their order. The value of "secret" stays where it lies.
std::multimap<std::string_view, std::string_view> fields_of(std::string_view text) {
  std::multimap<std::string_view, std::string_view> fields;
  while (!text.empty()) {
    std::string_view row = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), row.size() + 1));
    if (row.ends_with('\r')) row.remove_suffix(1);
    if (const auto colon = row.find(": "); colon != std::string_view::npos) {
      fields.emplace(row.substr(0, colon), row.substr(colon + 2));
    }
  }
  return fields;
}

std::optional<std::size_t> number_in(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<SecretBytes> secret_in(std::string_view hex) {
  if (hex.size() != 4 * kPassphraseBytes) return std::nullopt;
  SecretBytes bytes(hex.size() / 2);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char* const at = hex.data() + 2 * i;
    const auto [end, error] = std::from_chars(at, at + 2, bytes.span()[i], 16);
    if (error != std::errc() || end != at + 2) return std::nullopt;
  }
  return bytes;
}

std::string pem_in(std::string_view text) {
  const auto begin = text.find(kPemBegin);
  const auto end = text.find(kPemEnd.substr(0, kPemEnd.size() - 1), begin == std::string_view::npos ? 0 : begin);
  if (begin == std::string_view::npos || end == std::string_view::npos) return {};
  std::string pem(text.substr(begin, end - begin));
  std::erase(pem, '\r');
  return pem + std::string(kPemEnd);
}

Result<Share> share_in(const SecretBytes& bytes, std::size_t place) {
  const auto refuse = [&](std::string_view why) {
    return fail(ErrorCode::invalid, fmt::format("the {}. of these files is no share: {}", place, why));
  };
  if (bytes.size() > kMaxTextBytes) return refuse("it is too long");
  const auto fields = fields_of(bytes.text());
  const auto field = [&](std::string_view name) {
    return fields.count(name) == 1 ? fields.find(name)->second : std::string_view();
  };
  const auto number = number_in(field("share"));
  const auto needed = number_in(field("needed"));
  auto secret = secret_in(field("secret"));
  if (!number || !needed || !secret || field("inspection").empty() || field("set").empty()) {
    return refuse("a line is missing, or not as it was (inspection, set, share, needed, secret)");
  }
  Share share{.set = {.inspection = std::string(field("inspection")),
                      .set = std::string(field("set")),
                      .needed = *needed,
                      .holders = {},
                      .locked_key_pem = pem_in(bytes.text())},
              .number = *number,
              .value = *std::move(secret)};
  const auto [first, last] = fields.equal_range("holder");
  for (auto holder = first; holder != last; ++holder) share.set.holders.emplace_back(holder->second);
  if (auto checked = check_holders(share.set.holders, share.set.needed); !checked) return refuse(checked.error().what);
  if (share.number < 1 || share.number > share.set.holders.size()) return refuse("its number is none of its set");
  if (check_of(share) != field("check")) return refuse("its check does not fit; was it typed off? Look at each letter");
  if (share.set.locked_key_pem.empty()) return refuse("the key at its end is missing");
  return share;
}

Result<std::vector<Share>> shares_in(const std::vector<SecretBytes>& texts) {
  std::vector<Share> shares;
  std::set<std::size_t> numbers;
  for (const SecretBytes& text : texts) {
    auto share = share_in(text, shares.size() + 1);
    if (!share) return std::unexpected(share.error());
    if (!numbers.insert(share->number).second) {
      return fail(ErrorCode::conflict, fmt::format("share {} is here twice", share->number));
    }
    if (!shares.empty()) {
      const ShareSet& first = shares.front().set;
      if (first.inspection != share->set.inspection) {
        return fail(ErrorCode::conflict, "these are shares of two inspections, '" + first.inspection + "' and '" +
                                             share->set.inspection + "'");
      }
      if (first.set != share->set.set || first.locked_key_pem != share->set.locked_key_pem ||
          first.needed != share->set.needed) {
        return fail(ErrorCode::conflict, fmt::format("share {} is of another splitting than share {}: sets {} and {}",
                                                     share->number, shares.front().number, share->set.set, first.set));
      }
    }
    shares.push_back(*std::move(share));
  }
  return shares;
}

}  // namespace

SecretBytes draw_shared_passphrase() {
  Bytes drawn = random_bytes(kPassphraseBytes);
  std::string hex = to_hex(drawn);
  SecretBytes passphrase{as_bytes(hex)};
  wipe(drawn.data(), drawn.size());
  wipe(hex.data(), hex.size());
  return passphrase;
}

std::string draw_set() { return to_hex(random_bytes(4)); }

Result<void> check_holders(const std::vector<std::string>& holders, std::size_t needed) {
  if (holders.size() > kMaxHolders) {
    return fail(ErrorCode::invalid, fmt::format("at most {} people hold shares", kMaxHolders));
  }
  if (needed < 2 || needed > holders.size()) {
    return fail(ErrorCode::invalid,
                fmt::format("of {} shares between 2 and {} may be needed, not {}: one alone would be no share",
                            holders.size(), holders.size(), needed));
  }
  std::set<std::string_view> names;
  for (const std::string& holder : holders) {
    const bool is_printable = std::ranges::none_of(holder, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    if (holder.empty() || holder.size() > kMaxHolderCharacters || !is_printable) {
      return fail(ErrorCode::invalid,
                  fmt::format("a holder is named in one line of at most {} characters", kMaxHolderCharacters));
    }
    if (!names.insert(holder).second) return fail(ErrorCode::invalid, "'" + holder + "' is named twice");
  }
  return {};
}

Result<std::vector<SecretBytes>> split(const ShareSet& set, const SecretBytes& passphrase) {
  if (auto checked = check_holders(set.holders, set.needed); !checked) return std::unexpected(checked.error());
  const auto count = static_cast<unsigned int>(set.holders.size());
  std::vector<unsigned char> numbers;
  for (unsigned int number = 1; number <= count; ++number) numbers.push_back(static_cast<unsigned char>(number));
  gfshare_fill_rand = fill_from_kernel;
  const Context context(gfshare_ctx_init_enc(numbers.data(), count, static_cast<unsigned char>(set.needed),
                                             static_cast<unsigned int>(passphrase.size())));
  if (!context) return fail(ErrorCode::io, "there is no memory to split the key in");
  SecretBytes secret(passphrase.view());
  gfshare_ctx_enc_setsecret(context.get(), secret.span().data());
  std::vector<SecretBytes> texts;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    Share share{.set = set, .number = i + 1, .value = SecretBytes(passphrase.size())};
    gfshare_ctx_enc_getshare(context.get(), static_cast<unsigned char>(i), share.value.span().data());
    texts.push_back(text_of(share));
  }
  return texts;
}

Result<Combined> combine(const std::vector<SecretBytes>& texts) {
  if (texts.empty()) return fail(ErrorCode::conflict, "no share was given");
  auto shares = shares_in(texts);
  if (!shares) return std::unexpected(shares.error());
  const std::size_t needed = shares->front().set.needed;
  if (shares->size() < needed) {
    return fail(ErrorCode::conflict, fmt::format("{} shares are needed, and {} {} here", needed, shares->size(),
                                                 shares->size() == 1 ? "is" : "are"));
  }
  std::vector<unsigned char> numbers;
  for (const Share& share : *shares) numbers.push_back(static_cast<unsigned char>(share.number));
  gfshare_fill_rand = fill_from_kernel;  // overwrites the context
  const auto size = static_cast<unsigned int>(shares->front().value.size());
  const Context context(gfshare_ctx_init_dec(numbers.data(), static_cast<unsigned int>(numbers.size()), size));
  if (!context) return fail(ErrorCode::io, "there is no memory to put the shares together in");
  for (std::size_t i = 0; i < shares->size(); ++i) {
    gfshare_ctx_dec_giveshare(context.get(), static_cast<unsigned char>(i), (*shares)[i].value.span().data());
  }
  Combined combined{.set = std::move(shares->front().set), .passphrase = SecretBytes(size)};
  gfshare_ctx_dec_extract(context.get(), combined.passphrase.span().data());
  return combined;
}

}  // namespace perspective::keys
