#include "support/postgres_cluster.h"

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

namespace perspective {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kLimit{60};
constexpr std::chrono::milliseconds kPause{20};

// Debian's package makes the user postgres.
const passwd* user() {
  if (::geteuid() != 0) return nullptr;
  const passwd* const found = ::getpwnam("postgres");
  if (found == nullptr) throw std::runtime_error("there is no user postgres to run a server as");
  return found;
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Its output goes to `log`. It ends when we do.
pid_t start_program(const std::vector<std::string>& words, const fs::path& folder, const fs::path& log) {
  const passwd* const owner = user();
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child != 0) return child;
  if (owner != nullptr &&
      (::setgroups(0, nullptr) != 0 || ::setgid(owner->pw_gid) != 0 || ::setuid(owner->pw_uid) != 0)) {
    ::_exit(126);
  }
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
  const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (::getppid() != parent || output < 0 || ::chdir(folder.c_str()) != 0) ::_exit(126);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  ::setenv("LC_ALL", "C.UTF-8", 1);
  std::vector<char*> arguments;
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  ::execv(arguments.front(), arguments.data());
  ::_exit(127);
}

bool has_ended(pid_t child, int& status) { return ::waitpid(child, &status, WNOHANG) == child; }

}  // namespace

std::optional<fs::path> PostgresCluster::programs() {
  std::vector<fs::path> found;
  std::error_code error;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", error)) {
    if (fs::exists(version.path() / "bin" / "initdb")) found.push_back(version.path() / "bin");
  }
  if (found.empty()) return std::nullopt;
  return *std::ranges::max_element(found);
}

PostgresCluster::PostgresCluster() {
  const auto installed = programs();
  if (!installed) throw std::runtime_error("PostgreSQL is not installed (Debian package postgresql)");
  programs_ = *installed;
  std::string name = (fs::temp_directory_path() / "perspective-pg-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for a server");
  folder_ = name;
  const passwd* const owner = user();
  if (owner != nullptr && ::chown(name.c_str(), owner->pw_uid, owner->pw_gid) != 0) {
    throw std::runtime_error("the folder can not be given away");
  }
  const auto log = folder_ / "initdb.log";
  const pid_t initdb = start_program({(programs_ / "initdb").string(), "--pgdata=data", "--username=perspective",
                                      "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"},
                                     folder_, log);
  int status = 0;
  for (const auto begun = Clock::now(); !has_ended(initdb, status); std::this_thread::sleep_for(kPause)) {
    if (Clock::now() - begun > kLimit) ::kill(initdb, SIGKILL);
  }
  if (status != 0) throw std::runtime_error("initdb: " + text_of(log));
}

PostgresCluster::~PostgresCluster() {
  end(SIGQUIT);  // at once: nothing of it is needed any more
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void PostgresCluster::launch() {
  postmaster_ = start_program({(programs_ / "postgres").string(), "-D", "data", "-c", "listen_addresses=", "-c",
                               "unix_socket_directories=" + folder_.string(), "-c", "shared_buffers=32MB"},
                              folder_, folder_ / "server.log");
}

void PostgresCluster::start() {
  const auto log = folder_ / "server.log";
  launch();
  for (const auto begun = Clock::now(); PQping(url("postgres").c_str()) != PQPING_OK;
       std::this_thread::sleep_for(kPause)) {
    int status = 0;
    if (has_ended(postmaster_, status)) {
      postmaster_ = -1;
      if (Clock::now() - begun > kLimit) throw std::runtime_error("postgres: " + text_of(log));
      launch();  // backends of the one that was killed may still be about to see it
    }
    if (Clock::now() - begun > kLimit) throw std::runtime_error("postgres does not answer: " + text_of(log));
  }
}

void PostgresCluster::kill() { end(SIGKILL); }

// The postmaster first, so that it starts nothing meanwhile.
void PostgresCluster::tell_all(int signal) const {
  if (postmaster_ < 0) return;
  ::kill(postmaster_, signal);
  const auto id = std::to_string(postmaster_);
  std::istringstream children(text_of(fs::path("/proc") / id / "task" / id / "children"));
  for (pid_t child = 0; children >> child;) ::kill(child, signal);
}

void PostgresCluster::stand_still() { tell_all(SIGSTOP); }

void PostgresCluster::go_on() { tell_all(SIGCONT); }

void PostgresCluster::set(const std::string& setting, const std::string& value) {
  std::ofstream(folder_ / "data" / "postgresql.conf", std::ios::app) << setting << " = " << value << "\n";
}

void PostgresCluster::end(int signal) {
  if (postmaster_ < 0) return;
  ::kill(postmaster_, signal);
  int status = 0;
  for (const auto begun = Clock::now(); !has_ended(postmaster_, status); std::this_thread::sleep_for(kPause)) {
    if (Clock::now() - begun > kLimit) ::kill(postmaster_, SIGKILL);
  }
  postmaster_ = -1;
}

std::string PostgresCluster::url(const std::string& database) const {
  std::string host;
  for (const char c : folder_.string()) host += c == '/' ? "%2F" : std::string(1, c);
  return "postgresql://perspective@" + host + "/" + database;
}

std::string PostgresCluster::make_database() {
  const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(url("postgres").c_str()), PQfinish);
  const std::unique_ptr<PGresult, decltype(&PQclear)> emptied(
      PQexec(connection.get(),
             "SET client_min_messages = warning; DROP SCHEMA IF EXISTS perspective CASCADE; "
             "ALTER DATABASE postgres RESET ALL"),
      PQclear);
  if (PQresultStatus(emptied.get()) != PGRES_COMMAND_OK) throw std::runtime_error(PQerrorMessage(connection.get()));
  return "postgres";
}

}  // namespace perspective
