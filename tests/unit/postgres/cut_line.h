// A line to the server that loses one answer: what the server says to the next COMMIT, with the connection.
//
// Promise:   what passes, passes unchanged. The server has committed by the time that the line is cut.
// Errors:    the constructor throws std::runtime_error.
// Ownership: owns its socket, its threads and its folder.
// Threads:   any.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

namespace perspective::postgres {

class CutLine {
 public:
  explicit CutLine(std::filesystem::path server_socket);
  CutLine(const CutLine&) = delete;
  CutLine& operator=(const CutLine&) = delete;
  ~CutLine();

  std::string url(const std::string& database) const;
  void lose_next_answer_to_a_commit() { is_armed_ = true; }
  int lost() const { return lost_; }

 private:
  void accept_all();
  void carry(int client);

  const std::filesystem::path server_socket_;
  std::filesystem::path folder_;
  int listener_ = -1;
  std::atomic<bool> is_armed_ = false;
  std::atomic<bool> is_over_ = false;
  std::atomic<int> lost_ = 0;
  std::vector<std::thread> carriers_;
  std::thread thread_;
};

}  // namespace perspective::postgres
