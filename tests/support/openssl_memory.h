// OpenSSL's memory, which can be made to run out.
//
// Promise: a program that includes this gives OpenSSL its memory through it, from before its first allocation on. Who
//          asks for memory while it has run out gets none, and OpenSSL says so to whoever called it.
// Threads: what runs out does so for the thread that said so.
#pragma once

#include <openssl/crypto.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <string_view>

namespace perspective::testing {

class OpenSslMemory {
 public:
  // The `number`th allocation from here on (from 1) fails, and with `for_good` every one behind it.
  static void run_out_at(std::size_t number, bool for_good) {
    left_ = number;
    is_for_good_ = for_good;
    has_failed_ = false;
  }
  // Ends that. Returns whether an allocation failed.
  static bool is_back() {
    left_ = 0;
    return has_failed_;
  }
  static bool is_used() { return kIsUsed; }

 private:
  static bool is_gone(const char* file) {
    if (left_ == 0 || would_end_the_process(file)) return false;
    if (--left_ > 0) return false;
    has_failed_ = true;
    if (is_for_good_) left_ = 1;
    return true;
  }
  static void* allocate(std::size_t bytes, const char* file, int) {
    return is_gone(file) ? nullptr : std::malloc(bytes);
  }
  static void* grow(void* old, std::size_t bytes, const char* file, int) {
    return is_gone(file) ? nullptr : std::realloc(old, bytes);
  }
  static void free(void* memory, const char*, int) { std::free(memory); }

  // OpenSSL 3.0 follows a null pointer where these get none. Nothing half is left by that, but no test goes on.
  static bool would_end_the_process(const char* file) {
    const std::string_view name(file == nullptr ? "" : file);
    return std::ranges::any_of(kNotSurvived, [&](std::string_view one) { return name.ends_with(one); });
  }

  static constexpr std::string_view kNotSurvived[] = {"/kdfs/x942kdf.c", "/kdfs/sskdf.c"};
  static inline thread_local std::size_t left_ = 0;  // 0: none fails
  static inline thread_local bool is_for_good_ = false;
  static inline thread_local bool has_failed_ = false;
  static inline const bool kIsUsed = CRYPTO_set_mem_functions(allocate, grow, free) == 1;
};

}  // namespace perspective::testing
