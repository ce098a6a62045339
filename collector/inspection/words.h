// Words of respondents, in locked memory, from unlocking to locking.
//
// Promise:   a view from keep() stays where it is until the object goes; then its memory is overwritten. forget()
//            overwrites the words of one at once.
// Threads:   one at a time.
#pragma once

#include <string_view>
#include <vector>

#include "base/secret.h"

namespace perspective::inspection {

class Words {
 public:
  std::string_view keep(std::string_view text);
  void forget(std::string_view kept);  // what keep() gave

 private:
  std::vector<SecretBytes> blocks_;  // few and large: each is a mapping of its own, and the kernel has a limit on those
  std::size_t used_bytes_ = 0;       // of the last block
};

}  // namespace perspective::inspection
