// What a handler is asked and what it answers: plain values, free of the library that carries them.
//
// Promise:   path parameters and query values are percent-decoded UTF-8. A body's memory is overwritten before it is
//            given back, since a passphrase may have come in it.
// Threads:   plain values. A Respond may be called from any thread; the first call counts, later ones are ignored,
//            and one that is dropped uncalled answers 500. All must be gone before the Server is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/secret.h"

namespace perspective::http {

// From this many bytes on memory is the system's own pages: they are gone with what was in them when they are given
// back, and cost nothing as long as nobody wrote there. A body is promised more than may ever come.
constexpr std::size_t kPagesFrom = 256 * 1024;
void* take_pages(std::size_t bytes);  // throws std::bad_alloc
void give_back_pages(void* memory, std::size_t bytes);

template <typename T>
struct WipingAllocator {
  using value_type = T;
  WipingAllocator() = default;
  template <typename U>
  WipingAllocator(const WipingAllocator<U>&) {}  // NOLINT: rebinding is what allocators do
  T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    return static_cast<T*>(bytes < kPagesFrom ? ::operator new(bytes) : take_pages(bytes));
  }
  void deallocate(T* memory, std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    if (bytes >= kPagesFrom) return give_back_pages(memory, bytes);
    wipe(memory, bytes);
    ::operator delete(memory);
  }
  bool operator==(const WipingAllocator&) const = default;
};

using Body = std::vector<std::uint8_t, WipingAllocator<std::uint8_t>>;

struct Peer {
  bool is_local = false;        // came over the Unix socket, and is the same user or root
  std::string certificate_pem;  // the authority's word for who it is, as the handshake proved it; empty: showed none
  std::string certificate_serial = {};  // of that certificate, hexadecimal: read once, at the handshake
  std::string certificate_holder = {};  // whose it is: its subject's common name, the same in each that they have
  std::string user = {};                // over the Unix socket: who, in words (local_user.h); else who signed in
  std::string person = {};              // over the Unix socket: the same whichever user they became; else empty
  std::string known_as = {};            // whom a gate knows by what they showed, where that opens nothing too
  std::string address = {};             // over the network: an IPv4 address or an IPv6 household
  std::string token = {};               // by which API token of theirs; empty: none
  std::uint32_t rights = 0;  // what a gate found that they may (router.h), in bits that this room does not know
};

struct Request {
  std::string method;
  std::string path;                                            // as sent, without the query
  std::map<std::string, std::string, std::less<>> parameters;  // {name} of the route's template -> value
  std::map<std::string, std::string, std::less<>> query;
  std::map<std::string, std::string, std::less<>> headers;  // names in lower case
  Body body;
  Peer peer;
  std::function<bool()> has_gone = {};  // has who asks hung up? From any thread, until it is answered; empty: unknown
  std::optional<std::int64_t> as_of = {};  // state at which its condition held, in numbers that this room does not know

  ByteView bytes() const { return body; }
  std::string_view text() const { return as_text(body); }
  // Empty when it was not given.
  std::string parameter(std::string_view name) const;
  std::string query_value(std::string_view name) const;
  std::string header(std::string_view name) const;  // name: in lower case
};

struct GoesOn;

struct Response {
  int status = 200;
  std::string content_type;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;  // beside content type and length
  std::shared_ptr<const GoesOn> goes_on = {};                // the body is only its beginning
};

using Respond = std::function<void(Response)>;
using Handler = std::function<void(Request, Respond)>;

// "Application/JSON; charset=utf-8" -> "Application/JSON"
std::string_view media_type(std::string_view content_type);
std::string lower_case(std::string_view name);  // of a header: ASCII
// A body without an end of its own: `next` is asked (an empty request) period_ms after it was last written what comes
// now. 200: that, perhaps nothing; anything else: no more. Dropped when that is over, when nobody is there any more,
// or when the connection has lasted as long as any may.
struct GoesOn {
  int period_ms = 1000;
  Handler next;
};

Response json_response(int status, std::string json);
Response text_response(std::string text);

}  // namespace perspective::http
