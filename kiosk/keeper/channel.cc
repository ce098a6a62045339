#include "keeper/channel.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>

namespace perspective::keeper {
namespace {

constexpr std::size_t kPutHeadBytes = 17;

std::string reason_of(int error) { return std::generic_category().message(error); }

// Not by insert(): g++ 12, optimising, takes that for an overrun where it saw the vector made.
void append(Bytes& bytes, std::string_view text) {
  const std::size_t end = bytes.size();
  bytes.resize(end + text.size());
  std::ranges::copy(text, bytes.begin() + static_cast<std::ptrdiff_t>(end));
}

// The body of each kind; those without one add nothing.
struct BodyWriter {
  Bytes& out;
  void operator()(const State& state) const {
    out.push_back(static_cast<std::uint8_t>(state.outbox));
    for (const auto reason : state.reasons) out.push_back(static_cast<std::uint8_t>(reason));
  }
  void operator()(const PutFailed& failure) const {
    out.push_back(static_cast<std::uint8_t>(failure.code));
    append(out, failure.what);
  }
  void operator()(const Put& put) const {
    const auto& [id, inspection, body] = put.envelope;
    append(out, as_text(id));
    out.push_back(static_cast<std::uint8_t>(inspection.size()));
    append(out, inspection);
    append(out, as_text(body));
  }
  void operator()(const VisitStarted& started) const { append(out, started.inspection); }
  void operator()(const VisitEnded& ended) const { out.push_back(static_cast<std::uint8_t>(ended.ending)); }
  void operator()(const Spend& spend) const {
    append(out, as_text(spend.token.proof));
    append(out, spend.token.inspection);
  }
  void operator()(const TokenAnswer& answer) const { out.push_back(static_cast<std::uint8_t>(answer.fate)); }
  void operator()(const TryPin& typed) const { append(out, typed.pin.text()); }
  void operator()(const PinTried& tried) const {
    out.push_back(static_cast<std::uint8_t>(tried.is_right));
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(tried.locked_s >> shift));
  }
  void operator()(const Withdraw& withdraw) const {
    for (const auto& [id, inspection] : withdraw.wishes) {
      append(out, as_text(id));
      out.push_back(static_cast<std::uint8_t>(inspection.size()));
      append(out, inspection);
    }
  }
  void operator()(const NowSent& sent) const {
    if (sent.why_not) out.push_back(static_cast<std::uint8_t>(*sent.why_not));
  }
  void operator()(const StickUsed& used) const {
    const auto& news = used.news;
    out.push_back(static_cast<std::uint8_t>(news.fate));
    for (const bool claim : {news.has_copy, news.do_few_wait, news.does_more_wait, news.has_brought_back}) {
      out.push_back(static_cast<std::uint8_t>(claim));
    }
  }
  void operator()(const LookedOver& looked) const { append(out, looked.facts); }
  template <typename Empty>
  void operator()(const Empty&) const {}
};

std::unexpected<Error> bad_packet() { return fail(ErrorCode::corrupt, "channel: a packet that means nothing"); }

Result<Message> decode_state(ByteView body) {
  if (body.empty() || body[0] > static_cast<std::uint8_t>(outbox::State::full)) return bad_packet();
  State state{static_cast<outbox::State>(body[0]), {}};
  for (const auto number : body.subspan(1)) {
    const auto reason = readiness::reason_numbered(number);
    if (!reason) return bad_packet();
    state.reasons.insert(*reason);
  }
  return state;
}

Result<Message> decode_failure(ByteView body) {
  if (body.empty() || body[0] > static_cast<std::uint8_t>(ErrorCode::invalid)) return bad_packet();
  return PutFailed{static_cast<ErrorCode>(body[0]), std::string(as_text(body.subspan(1)))};
}

Result<Message> decode_put(ByteView body) {
  if (body.size() < kPutHeadBytes) return bad_packet();
  Put put;
  std::copy_n(body.begin(), put.envelope.id.size(), put.envelope.id.begin());
  const std::size_t name_bytes = body[kPutHeadBytes - 1];
  body = body.subspan(kPutHeadBytes);
  if (body.size() < name_bytes) return bad_packet();
  put.envelope.inspection = as_text(body.first(name_bytes));
  body = body.subspan(name_bytes);
  put.envelope.body.assign(body.begin(), body.end());
  return put;
}

Result<Message> decode_start(ByteView body) {
  if (body.empty()) return bad_packet();
  return VisitStarted{std::string(as_text(body))};
}

Result<Message> decode_end(ByteView body) {
  if (body.size() != 1 || body[0] > static_cast<std::uint8_t>(outbox::Ending::timed_out)) return bad_packet();
  return VisitEnded{static_cast<outbox::Ending>(body[0])};
}

Result<Message> decode_spend(ByteView body) {
  Spend spend;
  auto& [inspection, proof] = spend.token;
  if (body.size() <= proof.size()) return bad_packet();
  std::copy_n(body.begin(), proof.size(), proof.begin());
  inspection = as_text(body.subspan(proof.size()));
  return spend;
}

Result<Message> decode_token_answer(ByteView body) {
  if (body.size() != 1 || body[0] > static_cast<std::uint8_t>(TokenFate::not_kept)) return bad_packet();
  return TokenAnswer{static_cast<TokenFate>(body[0])};
}

Result<Message> decode_tried(ByteView body) {
  if (body.size() != 5 || body[0] > 1) return bad_packet();
  PinTried tried{.is_right = body[0] == 1};
  for (const auto byte : body.subspan(1)) tried.locked_s = tried.locked_s << 8 | byte;
  return tried;
}

Result<Message> decode_withdraw(ByteView body) {
  Withdraw withdraw;
  while (!body.empty()) {
    if (body.size() < kPutHeadBytes || body.size() < kPutHeadBytes + body[kPutHeadBytes - 1]) return bad_packet();
    auto& [id, inspection] = withdraw.wishes.emplace_back();
    std::copy_n(body.begin(), id.size(), id.begin());
    const std::size_t name_bytes = body[kPutHeadBytes - 1];
    inspection = as_text(body.subspan(kPutHeadBytes, name_bytes));
    body = body.subspan(kPutHeadBytes + name_bytes);
  }
  return withdraw;
}

Result<Message> decode_sent(ByteView body) {
  if (body.empty()) return NowSent{};
  const auto reason = readiness::reason_numbered(body[0]);
  if (body.size() != 1 || !reason) return bad_packet();
  return NowSent{reason};
}

Result<Message> decode_stick(ByteView body) {
  constexpr std::size_t kClaims = 4;
  if (body.size() != 1 + kClaims || body[0] > static_cast<std::uint8_t>(readiness::StickFate::not_enrolled) ||
      std::ranges::any_of(body.subspan(1), [](auto claim) { return claim > 1; })) {
    return bad_packet();
  }
  return StickUsed{{.fate = static_cast<readiness::StickFate>(body[0]),
                    .has_copy = body[1] == 1,
                    .do_few_wait = body[2] == 1,
                    .does_more_wait = body[3] == 1,
                    .has_brought_back = body[4] == 1}};
}

}  // namespace

Bytes encode(const Message& message) {
  Bytes packet{static_cast<std::uint8_t>(message.index())};
  std::visit(BodyWriter{packet}, message);
  return packet;
}

Result<Message> decode(ByteView packet) {
  if (packet.empty()) return bad_packet();
  const auto body = packet.subspan(1);
  switch (packet[0]) {
    case 0:
      return decode_state(body);
    case 3:
      return decode_failure(body);
    case 5:
      return decode_start(body);
    case 6:
      return decode_put(body);
    case 7:
      return decode_end(body);
    case 9:
      return decode_spend(body);
    case 10:
      return decode_token_answer(body);
    case 11:
      return TryPin{SecretBytes(body)};
    case 12:
      return decode_tried(body);
    case 14:
      return decode_withdraw(body);
    case 16:
      return decode_sent(body);
    case 18:
      return LookedOver{std::string(as_text(body))};
    case 20:
      return decode_stick(body);
    default:
      break;
  }
  if (!body.empty()) return bad_packet();
  switch (packet[0]) {
    case 1:
      return Show{};
    case 2:
      return PutOk{};
    case 4:
      return Ready{};
    case 8:
      return DraftTaken{};
    case 13:
      return HasPin{};
    case 15:
      return SendNow{};
    case 17:
      return LookOver{};
    case 19:
      return UseStick{};
    case 21:
      return Deleted{};
    default:
      return bad_packet();
  }
}

Channel& Channel::operator=(Channel&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

Channel::~Channel() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::pair<Channel, Channel>> Channel::open_pair() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return fail(ErrorCode::io, "channel: " + reason_of(errno));
  }
  // Room for the largest packet, whatever the system's default is.
  const int room = 4 * static_cast<int>(kMaxPacketBytes);
  for (const int end : ends) ::setsockopt(end, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
  return std::pair(Channel(ends[0]), Channel(ends[1]));
}

Result<void> Channel::send(const Message& message) const {
  Bytes packet = encode(message);
  if (packet.size() > kMaxPacketBytes) return fail(ErrorCode::invalid, "channel: message too long");
  ssize_t sent = 0;
  do {
    sent = ::send(descriptor_, packet.data(), packet.size(), MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  const int error = errno;
  wipe(packet.data(), packet.size());
  if (sent == static_cast<ssize_t>(packet.size())) return {};
  return fail(error == EPIPE || error == ECONNRESET ? ErrorCode::unreachable : ErrorCode::io,
              "channel: " + reason_of(error));
}

Result<std::optional<Message>> Channel::receive() const {
  Bytes packet(kMaxPacketBytes);
  ssize_t size = 0;
  do {
    // Who goes without having read all that was said to it resets the connection. That is said first, and once; what
    // it had said itself, the end of its visit perhaps, comes after.
    size = ::recv(descriptor_, packet.data(), packet.size(), MSG_DONTWAIT | MSG_TRUNC);
  } while (size < 0 && (errno == EINTR || errno == ECONNRESET));
  if (size == 0) return fail(ErrorCode::unreachable, "channel: the other end is gone");
  if (size < 0 && errno == EAGAIN) return std::optional<Message>();
  if (size < 0) return fail(ErrorCode::io, "channel: " + reason_of(errno));
  if (size > static_cast<ssize_t>(packet.size())) return bad_packet();
  auto message = decode(ByteView(packet).first(static_cast<std::size_t>(size)));
  wipe(packet.data(), static_cast<std::size_t>(size));
  if (!message) return std::unexpected(message.error());
  return std::optional(std::move(*message));
}

}  // namespace perspective::keeper
