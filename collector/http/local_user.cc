#include "http/local_user.h"

#include <pwd.h>

#include <fstream>
#include <vector>

namespace perspective::http {
namespace {

constexpr std::size_t kNameBytes = 16 * 1024;
constexpr uid_t kNobodyLoggedIn = static_cast<uid_t>(-1);

std::string in_words(uid_t user) {
  std::vector<char> memory(kNameBytes);
  passwd entry{};
  passwd* found = nullptr;
  const bool has_name = ::getpwuid_r(user, &entry, memory.data(), memory.size(), &found) == 0 && found != nullptr;
  return (has_name ? std::string(entry.pw_name) + " (uid " : std::string("unnamed (uid ")) + std::to_string(user) + ")";
}

// Set by PAM at the log-in, kept by whatever that session starts.
std::optional<uid_t> who_logged_in(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/loginuid");
  uid_t user = kNobodyLoggedIn;
  if (!(file >> user) || user == kNobodyLoggedIn) return std::nullopt;
  return user;
}

}  // namespace

std::string user_in_words(uid_t user, std::optional<uid_t> logged_in) {
  if (!logged_in || *logged_in == user) return in_words(user);
  return in_words(user) + ", logged in as " + in_words(*logged_in);
}

std::string person_in_words(uid_t user, std::optional<uid_t> logged_in) { return in_words(logged_in.value_or(user)); }

std::string local_user(uid_t user, pid_t process) { return user_in_words(user, who_logged_in(process)); }

std::string local_person(uid_t user, pid_t process) { return person_in_words(user, who_logged_in(process)); }

}  // namespace perspective::http
