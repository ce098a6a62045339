// Marks that only a collector makes: ETags of answers, cursors of lists, and an order that tells nothing.
//
// Promise:   keyed, so that nobody can try what an answer may have said against its tag. Those `of_this_start` are good
//            until this collector ends: a tag of answers that was kept outlives no key that could tell what it was of.
//            Those `of_every_collector` are the same on all collectors of one store, and after a restart.
// Errors:    of: as people/secrets.h. A mark is empty where OpenSSL cannot, as without memory.
// Threads:   any.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"

namespace perspective::resources {

enum class Reach { of_this_start, of_every_collector };

class Stamps {
 public:
  Stamps();  // both of this start
  static Result<Stamps> of(ByteView root);

  // 128 bits in hexadecimal of `text`; `use` keeps those of one use apart from all others.
  std::string mark(Reach reach, std::string_view use, std::string_view text) const;
  std::string tag(Reach reach, std::string_view content_type, std::string_view body) const;  // with its quotes; strong

 private:
  SecretBytes own_;
  SecretBytes shared_;
};

}  // namespace perspective::resources
