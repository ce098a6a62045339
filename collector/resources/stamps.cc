#include "resources/stamps.h"

#include <utility>

#include "base/random.h"
#include "people/secrets.h"

namespace perspective::resources {

namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kMarkBytes = 16;

}  // namespace

Stamps::Stamps() : own_(random_bytes(kKeyBytes)), shared_(random_bytes(kKeyBytes)) {}

Result<Stamps> Stamps::of(ByteView root) {
  auto shared = people::hmac_sha256(root, as_bytes(std::string_view("perspective: tags and cursors, 1")));
  if (!shared) return std::unexpected(shared.error());
  Stamps stamps;
  stamps.shared_ = SecretBytes(*std::move(shared));
  return stamps;
}

std::string Stamps::mark(Reach reach, std::string_view use, std::string_view text) const {
  const SecretBytes& key = reach == Reach::of_every_collector ? shared_ : own_;
  const std::string named = std::string(use) + '\0' + std::string(text);
  const auto whole = people::hmac_sha256(key.view(), as_bytes(named));
  return whole ? to_hex(ByteView(*whole).first(kMarkBytes)) : std::string();
}

std::string Stamps::tag(Reach reach, std::string_view content_type, std::string_view body) const {
  const std::string made = mark(reach, content_type, body);
  return made.empty() ? made : "\"" + made + "\"";
}

}  // namespace perspective::resources
