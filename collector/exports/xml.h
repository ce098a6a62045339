// Inside collector/exports: XML written element by element (libxml2's text writer), indented.
//
// Errors:    io where the library gives up.
// Ownership: a Writer owns what it has written so far.
// Threads:   one at a time.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace perspective::exports {

class XmlWriter {
 public:
  using Attributes = std::initializer_list<std::pair<std::string, std::string>>;

  XmlWriter();
  XmlWriter(const XmlWriter&) = delete;
  XmlWriter& operator=(const XmlWriter&) = delete;
  ~XmlWriter();

  void open(const std::string& name, Attributes attributes = {});
  void close();
  void element(const std::string& name, const std::string& text, Attributes attributes = {});
  Result<std::string> finish();  // closes what is open

 private:
  void note(int result) { has_failed_ = has_failed_ || result < 0; }
  struct State;
  std::unique_ptr<State> state_;
  bool has_failed_ = false;
};

}  // namespace perspective::exports
