// One catalogue while it is looked at: its places, its messages, and where remarks on it go.
//
// Promise: remarks of one file, as it is in the folder. What is no JSON, no text or no ICU message is told of when
//          this is made; `catalogue` has the rest.
#pragma once

#include <optional>
#include <string>

#include "authoring/json_places.h"
#include "authoring/needs.h"
#include "authoring/remark.h"
#include "text/catalogue.h"

namespace perspective::authoring {

// A file of the folder, to say something of.
class File {
 public:
  File(std::string name, const std::string& json, Remarks& remarks);

  bool is_json() const { return places_.is_json(); }
  void say(Severity severity, const std::string& pointer, std::string what, std::string remedy) const;
  void say_of_key(Severity severity, const std::string& key, std::string what, std::string remedy) const;
  // Of a key that is not there: at the place of `beside`.
  void say_missing(const std::string& key, const std::string& beside, std::string what, std::string remedy) const;
  const std::string& name() const { return name_; }

 private:
  void say_at(Place place, Severity severity, std::string pointer, std::string what, std::string remedy) const;

  std::string name_;
  JsonPlaces places_;
  Remarks* remarks_;
};

struct CatalogueFile {
  CatalogueFile(const std::string& folder, const std::string& language, const std::string& json, Remarks& remarks);

  bool is_readable() const { return catalogue.has_value(); }
  bool is_there(const std::string& key) const { return messages.contains(key); }
  void say_of_missing(const std::vector<Need>& needs) const;  // an error for each

  std::string language;
  File file;
  std::map<std::string, std::string> messages;  // as written, also those in which something is wrong
  std::optional<text::Catalogue> catalogue;     // those in which nothing is
};

}  // namespace perspective::authoring
