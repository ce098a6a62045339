// What keeper and child say to each other, and how: messages over a pair of SOCK_SEQPACKET sockets.
//
// A message is one packet: its kind (1 byte), then the body (PutRequest: id (16), length of the inspection (1), its
// name, the envelope; PutFailed: a number (1), then text; State: a number (1), then one for each reason; VisitStarted:
// the inspection's name; VisitEnded: a number (1); Spend: the proof (32), the inspection's name; TokenAnswer: a number
// (1); TryPin: the digits; PinTried: right (1), seconds (4); Withdraw: for each wish id (16), length of the inspection
// (1), its name; NowSent: a reason (1), or nothing; LookedOver: JSON; StickUsed: a number (1), then four claims (1
// each)). Nothing else crosses, and no message holds an
// answer in clear: the draft stays in memory that both map (draft_memory.h).
//
//   keeper -> child   state (before all else, and whenever it changes), has_pin (before show), show, put_ok,
//                     put_failed, token_answer, pin_tried, now_sent, looked_over, stick_used
//   child -> keeper   ready (the window is open, hidden or not), visit_started, draft_taken (before it looks at a draft
//                     that it found), spend (once a token was typed that is genuine), put, deleted, withdraw,
//                     visit_ended (then it exits), try_pin, send_now, look_over, use_stick
//
// Promise:   receive() gives whole messages or an error; a packet that is none of these is corrupt. What was sent or
//            received is overwritten: it may have been a PIN.
// Errors:    unreachable when the other end is gone; corrupt as said; io otherwise.
// Ownership: owns its descriptor.
// Threads:   one.
// Units:     sizes in bytes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "outbox/outbox.h"
#include "readiness/reason.h"
#include "readiness/stick.h"

namespace perspective::keeper {

struct State {
  outbox::State outbox = outbox::State::empty;
  readiness::Reasons reasons;  // for the supervisor
  bool operator==(const State&) const = default;
};
struct Show {};
struct PutOk {};
struct PutFailed {
  ErrorCode code = ErrorCode::io;
  std::string what;
};
struct Ready {};
struct VisitStarted {
  std::string inspection;
};
struct Put {
  outbox::Envelope envelope;
};
struct VisitEnded {
  outbox::Ending ending = outbox::Ending::lost;
};
struct DraftTaken {};
struct Deleted {};  // instead of put, and answered as that
struct Spend {
  outbox::Token token;
};
enum class TokenFate { spent, spent_before, not_kept };
struct TokenAnswer {
  TokenFate fate = TokenFate::not_kept;
};

struct TryPin {
  SecretBytes pin;
};
struct PinTried {
  bool is_right = false;
  std::uint32_t locked_s = 0;  // no PIN is looked at for so long
};
struct HasPin {};
struct SendNow {};
struct NowSent {
  std::optional<readiness::Reason> why_not;  // nothing: all that waited was sent
};
struct LookOver {};
struct LookedOver {
  std::string facts;  // readiness/report.h
};

struct UseStick {};
struct StickUsed {
  readiness::StickNews news;
};

struct Withdraw {  // answered as Put
  struct Wish {
    outbox::Id id{};
    std::string inspection;
  };
  std::vector<Wish> wishes;
};

using Message = std::variant<State, Show, PutOk, PutFailed, Ready, VisitStarted, Put, VisitEnded, DraftTaken, Spend,
                             TokenAnswer, TryPin, PinTried, HasPin, Withdraw, SendNow, NowSent, LookOver, LookedOver,
                             UseStick, StickUsed, Deleted>;

Bytes encode(const Message& message);
Result<Message> decode(ByteView packet);

class Channel {
 public:
  static constexpr std::size_t kMaxPacketBytes = 160 * 1024;  // an envelope and its head

  explicit Channel(int descriptor) : descriptor_(descriptor) {}
  Channel(Channel&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Channel& operator=(Channel&& other) noexcept;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  ~Channel();

  // Keeper's end and child's end, both closed on exec.
  static Result<std::pair<Channel, Channel>> open_pair();

  Result<void> send(const Message& message) const;
  Result<std::optional<Message>> receive() const;  // nothing: no message is there now
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace perspective::keeper
