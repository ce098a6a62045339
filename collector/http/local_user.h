// Who is at the other end of a Unix socket, as the kernel tells it.
//
// Promise:   "anna (uid 1000)"; where that user is not the one who logged in (sudo, su), "root (uid 0), logged in as
// anna
//            (uid 1000)", as far as the kernel knows of a log-in. Never empty.
// Threads:   any.
#pragma once

#include <sys/types.h>

#include <string>

namespace perspective::http {

std::string local_user(uid_t user, pid_t process);

}  // namespace perspective::http
