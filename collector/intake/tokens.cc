// Tokens that kiosks report.
#include "base/log.h"
#include "intake/intake.h"
#include "protocol/token_report.h"

namespace perspective::intake {

Result<std::optional<protocol::Receipt>> Intake::spend(std::string_view inspection, std::string_view kiosk,
                                                       ByteView body) {
  if (const auto head = store_.head(inspection); !head) return std::unexpected(head.error());
  const auto proofs = protocol::decode_tokens(body);
  if (!proofs) return std::unexpected(proofs.error());
  std::vector<store::Digest> marks;
  for (const auto& proof : *proofs) marks.push_back(protocol::mark_of(proof));
  const std::string from(kiosk);
  // A kiosk takes none but those that were issued, and tells of all that were ever spent there again and again: of a
  // store that was put back to a backup it has some that were issued since.
  const auto unknown = store_.unknown_tokens(inspection, kiosk, marks);
  if (!unknown) return std::unexpected(unknown.error());
  const auto granted = tokens_.take(from, *unknown, clock_.now_s());
  if (granted == Ration::Granted::no_for_the_first_time) {
    log::warning("kiosk " + from +
                 " has brought too many tokens that nobody issued: those that it brings now are refused, and it keeps "
                 "them. Look at it, and revoke it if it is not what you set up");
  }
  if (granted != Ration::Granted::yes) return std::nullopt;
  if (auto spent = store_.spend_tokens(inspection, kiosk, marks); !spent) {
    tokens_.give_back(from, *unknown);  // they come again
    return std::unexpected(spent.error());
  }
  return protocol::sign_tokens(key_, inspection, body);
}

}  // namespace perspective::intake
