// How the kiosk reaches its collector: one request, one answer. Two implementations: libcurl, and scripted ones in
// tests.
//
// Promise:   an answer is what the collector itself said, whatever its status; who else answered is an error. A
//            collector that refuses our certificate in the handshake has said 401.
// Errors:    unreachable (retry=true) when nobody answers in time or the network is away; refused when the other end is
//            not the collector of the invite, or its answer is longer than was asked for.
// Threads:   send() from one; interrupt() from any.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"

namespace perspective::upload {

struct Request {
  std::string method = "GET";
  std::string path;                  // begins with /
  std::vector<std::string> headers;  // "Name: value"
  Bytes body;
  std::size_t max_answer_bytes = 64 * 1024;
};

struct Answer {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  Bytes body;

  std::string header(const std::string& name) const;  // empty when it is not there
};

class Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  virtual Result<Answer> send(const Request& request) = 0;
  virtual void interrupt() {}  // a send() that is under way, and every later one, fails soon
};

// Whom we talk to and as whom.
struct Identity {
  std::string host;
  std::uint16_t port = 0;
  std::string authority_pem;    // empty: anybody; only for fetching an authority whose hash is known
  std::string certificate_pem;  // empty: we have none yet
  SecretBytes key_pem;
};

// How long a request may take until it has failed.
struct Patience {
  std::chrono::milliseconds connect{15'000};  // with the handshake
  std::chrono::milliseconds whole{120'000};
  std::chrono::seconds stall{30};  // no byte either way
};

// TLS 1.3 only, only the pinned authority, no proxy, no redirects, no cookies; time-outs on all steps.
class CurlTransport final : public Transport {
 public:
  explicit CurlTransport(Identity identity, Patience patience = {});
  ~CurlTransport() override;

  Result<Answer> send(const Request& request) override;
  void interrupt() override;
  void use(Identity identity);  // from the next send() on; on the thread of send()

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace perspective::upload
