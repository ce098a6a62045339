// A gate on loopback between a kiosk and a collector: a bad line, made to order.
//
// It knows no TLS. It counts *turns* of a connection: the client's hello (0), the server's answer to it (1), then the
// first request with what is left of the handshake (2), its answer (3), the next request (4), and so on. A server that
// sends session tickets of its own accord would break the count; the collector sends none. A Fault says in which turn,
// after how many of its bytes, and what happens.
//
// Promise:   listens on 127.0.0.1 alone. What passes, passes unchanged and in order, but for the one bit of
//            Happens::flip. Bounded: kMostConnections at once (more are closed at once), kMostHeldBytes a direction and
//            connection (the sender then waits, as on a full line).
// Errors:    the constructor throws std::system_error where the system gives no socket.
// Ownership: owns its thread and every socket; the destructor ends both.
// Threads:   one inside; every function from any.
// Units:     bytes, milliseconds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace perspective::gate {

enum class Happens {
  nothing,
  cut,      // both ends are closed in order, as by a proxy that gives up
  reset,    // both ends get a RST, as from a line that is gone
  silence,  // both stay open; nothing passes any more, what comes is swallowed
  hold,     // this direction waits until release(), then all of it passes, also when its sender has left; at
            // connect: as silence
  flip,     // one bit of the byte at this place is turned; then all passes
};

enum class Where { connect, hello, greeting, request, answer };

struct Fault {
  Where where = Where::connect;
  Happens happens = Happens::nothing;
  int exchange = 0;             // of request and answer: which on this connection, from 0
  std::size_t after_bytes = 0;  // of that turn, which pass first
};

// How whatever passes, passes.
struct Line {
  std::size_t slice_bytes = 0;  // at most so many in one write; 0: as they come
  int delay_ms = 0;             // between two writes of one direction
};

class Gate {
 public:
  static constexpr std::size_t kMostConnections = 64;
  static constexpr std::size_t kMostHeldBytes = 1024 * 1024;

  explicit Gate(std::uint16_t to_port);
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;
  ~Gate();

  std::uint16_t port() const;

  // For connections that are accepted from now on.
  void lead_to(std::uint16_t port);
  void use(const Line& line);
  void always(const Fault& fault);  // every one; {} for none
  void next(const Fault& fault);    // only the next ones, one each, in the order given; then `always` again
  void forgive();                   // no fault any more

  // For connections that are open.
  void release();    // what is held goes on, as if nothing had been
  void reset_all();  // they are gone

  std::size_t accepted() const;  // so far
  std::size_t happened() const;  // how many faults took place
  // Waits until that many faults took place since the gate was made. False: not within 20 s.
  bool await_happened(std::size_t count) const;
  // Waits until all that was held is delivered, and both ends of every connection that had a fault know its end.
  bool await_over() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace perspective::gate
