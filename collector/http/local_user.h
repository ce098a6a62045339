// Who is at the other end of a Unix socket, as the kernel tells it.
//
// Promise:   "anna (uid 1000)"; where that user is not the one who logged in (sudo, su), "root (uid 0), logged in as
// anna
//            (uid 1000)", as far as the kernel knows of a log-in. Never empty.
//            local_person: of these the one who logged in, where it is known: one name for whoever becomes another
//            user.
// Threads:   any.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

namespace perspective::http {

std::string local_user(uid_t user, pid_t process);
std::string local_person(uid_t user, pid_t process);

// What they say of a user and who logged in.
std::string user_in_words(uid_t user, std::optional<uid_t> logged_in);
std::string person_in_words(uid_t user, std::optional<uid_t> logged_in);

}  // namespace perspective::http
