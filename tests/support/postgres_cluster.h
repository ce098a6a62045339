// A real PostgreSQL server for tests, in a folder of its own that goes with it: reached over a Unix socket alone.
//
// Promise:   runs as an unprivileged user (initdb refuses root). Nothing that it starts outlives this process. Every
//            wait is bounded.
// Errors:    throws std::runtime_error with the server's own words.
// Ownership: owns the server and the folder.
// Threads:   one at a time.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>

namespace perspective {

class PostgresCluster {
 public:
  static std::optional<std::filesystem::path> programs();  // where initdb and postgres are; nothing: not installed

  PostgresCluster();
  PostgresCluster(const PostgresCluster&) = delete;
  PostgresCluster& operator=(const PostgresCluster&) = delete;
  ~PostgresCluster();

  void start();
  void kill();         // as if the machine lost it: SIGKILL to the postmaster; its backends see that it is gone
  void stand_still();  // as if nobody were there, and the line well: SIGSTOP to the postmaster and all that it started
  void go_on();
  void set(const std::string& setting, const std::string& value);  // of postgresql.conf; until start() not in force
  std::string url(const std::string& database) const;
  std::filesystem::path socket() const { return folder_ / ".s.PGSQL.5432"; }
  // The name of a database without tables. The same one, emptied: the files of many would take minutes to delete.
  std::string make_database();

 private:
  void launch();
  void end(int signal);
  void tell_all(int signal) const;

  std::filesystem::path programs_;
  std::filesystem::path folder_;
  pid_t postmaster_ = -1;
};

}  // namespace perspective
