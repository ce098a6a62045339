// Inside the gate: one connection, two directions.
//
// Ownership: owns both sockets.
// Threads:   the gate's own.
#pragma once

#include <poll.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "support/gate.h"

namespace perspective::gate {

class Connection {
 public:
  // server: -1 where the client is met by the gate alone.
  Connection(int client, int server, const Fault& fault, const Line& line);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  // Two entries, client's and server's; lessens wait_ms to when a delay ends.
  void wish(std::vector<pollfd>& polled, int& wait_ms) const;
  void work(const pollfd& client, const pollfd& server);

  void strike_at_once();
  void release();
  void reset();
  bool has_happened() const { return has_happened_; }
  bool is_over() const { return is_over_; }

 private:
  using Time = std::chrono::steady_clock::time_point;
  struct Flow {
    int from = -1;
    int to = -1;
    std::vector<std::uint8_t> waiting;  // may go on
    std::vector<std::uint8_t> held;     // may not, until released
    bool is_holding = false;
    bool has_ended = false;  // the sender has said all
    bool is_told = false;    // and the other end knows
    Time next_write{};
  };

  void read(Flow& flow, bool is_up);
  void take(Flow& flow, bool is_up, const std::uint8_t* bytes, std::size_t count);
  void write(Flow& flow);
  void strike(Flow& flow, const std::uint8_t* rest, std::size_t count);
  void swallow(int& socket);
  void finish();
  bool is_wanted_turn() const;
  int events_of(const Flow& reads, const Flow& writes) const;

  const Fault fault_;
  const Line line_;
  Flow up_;
  Flow down_;
  int client_;
  int server_;
  int turn_ = 0;
  std::size_t turn_bytes_ = 0;
  bool has_happened_ = false;
  bool is_silent_ = false;
  bool is_ending_ = false;  // as soon as what may go on has gone
  bool is_over_ = false;
};

}  // namespace perspective::gate
