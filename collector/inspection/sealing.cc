#include "inspection/sealing.h"

#include "base/secret.h"
#include "envelope/envelope.h"

namespace perspective::inspection {

Result<Bytes> seal_padded(std::string plain, std::size_t padded_bytes, const protocol::Package& package) {
  const auto inspection = envelope::Recipient::parse(package.inspection_certificate);
  const auto recovery = envelope::Recipient::parse(package.recovery_certificate);
  Result<Bytes> sealed = fail(ErrorCode::invalid, "a certificate of the package cannot be used");
  if (plain.size() > padded_bytes)
    sealed = fail(ErrorCode::invalid, "that is too long to be kept");
  else if (inspection && recovery)
    sealed = envelope::seal(as_bytes(plain), padded_bytes, *inspection, *recovery);
  wipe(plain.data(), plain.size());
  return sealed;
}

}  // namespace perspective::inspection
