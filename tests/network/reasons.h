// What a supervisor is told for each cause, learned from the sender itself over a line that a test holds in its hand:
// tests compare with that and need not know the words.
#pragma once

#include <functional>
#include <string>

#include "base/random.h"
#include "outbox/outbox.h"
#include "upload/sender.h"

namespace perspective::network {

enum class Cause { unreachable, stranger, not_accepted, busy, strange };

class CausedTransport final : public upload::Transport {
 public:
  explicit CausedTransport(Cause cause) : cause_(cause) {}
  Result<upload::Answer> send(const upload::Request&) override {
    switch (cause_) {
      case Cause::unreachable:
        return fail(ErrorCode::unreachable, "nobody", true);
      case Cause::stranger:
        return fail(ErrorCode::refused, "a stranger", true);
      case Cause::not_accepted:
        return upload::Answer{403, {}, {}};
      case Cause::busy:
        return upload::Answer{503, {}, {}};
      case Cause::strange:
        return upload::Answer{418, {}, {}};
    }
    return fail(ErrorCode::io, "no such cause");
  }

 private:
  Cause cause_;
};

inline auto reason_for(Cause cause) {
  const auto folder = std::filesystem::temp_directory_path() / ("perspective-reason-" + to_hex(random_bytes(8)));
  std::filesystem::create_directory(folder);
  const auto outbox = outbox::Outbox::open(folder / "outbox.sqlite").value();
  EXPECT_TRUE(outbox->put({{1}, "lewes", Bytes(100, 1)}));
  CausedTransport transport(cause);
  upload::Sender sender(*outbox, transport, [](const std::string&) { return Bytes(32, 1); });
  const auto step = sender.step();
  std::filesystem::remove_all(folder);
  return step.notice;
}

}  // namespace perspective::network
