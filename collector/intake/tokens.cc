// Tokens that kiosks report.
#include "intake/intake.h"
#include "protocol/token_report.h"

namespace perspective::intake {

Result<protocol::Receipt> Intake::spend(std::string_view inspection, std::string_view kiosk, ByteView body) {
  if (const auto head = store_.head(inspection); !head) return std::unexpected(head.error());
  const auto proofs = protocol::decode_tokens(body);
  if (!proofs) return std::unexpected(proofs.error());
  std::vector<store::Digest> marks;
  for (const auto& proof : *proofs) marks.push_back(protocol::mark_of(proof));
  if (auto spent = store_.spend_tokens(inspection, kiosk, marks); !spent) return std::unexpected(spent.error());
  return protocol::sign_tokens(key_, inspection, body);
}

}  // namespace perspective::intake
