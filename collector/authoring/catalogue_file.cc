#include "authoring/catalogue_file.h"

#include <boost/json.hpp>

#include "survey/json_shape.h"

namespace perspective::authoring {

namespace json = boost::json;

File::File(std::string name, const std::string& json, Remarks& remarks)
    : name_(std::move(name)), places_(json), remarks_(&remarks) {
  for (const auto& mistake : places_.mistakes()) {
    say_at(mistake.place, Severity::error, mistake.pointer, mistake.what, mistake.remedy);
  }
}

void File::say_at(Place place, Severity severity, std::string pointer, std::string what, std::string remedy) const {
  remarks_->push_back(
      {name_, place.line, place.column, severity, std::move(pointer), std::move(what), std::move(remedy)});
}

void File::say(Severity severity, const std::string& pointer, std::string what, std::string remedy) const {
  say_at(places_.of(pointer), severity, pointer, std::move(what), std::move(remedy));
}

void File::say_of_key(Severity severity, const std::string& key, std::string what, std::string remedy) const {
  say(severity, "/" + survey::pointer_part(key), std::move(what), std::move(remedy));
}

void File::say_missing(const std::string& key, const std::string& beside, std::string what, std::string remedy) const {
  const Place place = places_.of(beside.empty() ? "" : "/" + survey::pointer_part(beside));
  say_at(place, Severity::error, "/" + survey::pointer_part(key), std::move(what), std::move(remedy));
}

CatalogueFile::CatalogueFile(const std::string& folder, const std::string& code, const std::string& text,
                             Remarks& remarks)
    : language(code), file(folder + "/" + code + ".json", text, remarks) {
  if (!file.is_json()) return;
  const json::value document = json::parse(json::string_view(text.data(), text.size()));
  if (!document.is_object()) {
    file.say(Severity::error, "", "is no object", "write { \"key\": \"text\", ... }");
    return;
  }
  for (const auto& pair : document.get_object()) {
    const auto* message = pair.value().if_string();
    messages.emplace(pair.key(), message != nullptr ? std::string(*message) : std::string());
  }
  std::map<std::string, Error> mistakes;
  auto parsed = text::Catalogue::parse_what_can_be(text, code, mistakes);
  for (const auto& [key, error] : mistakes) {
    file.say_of_key(Severity::error, key, "cannot be said: " + error.what, "assets/README.md, \"Catalogues\"");
  }
  if (parsed) catalogue = std::move(*parsed);
}

void CatalogueFile::say_of_missing(const std::vector<Need>& needs) const {
  std::string beside;  // the last one before it that is there
  for (const auto& need : needs) {
    if (is_there(need.key)) {
      beside = need.key;
      continue;
    }
    const std::string asked_for =
        need.pointer.empty() ? "every questionnaire has it" : "definition.json asks for it at " + need.pointer;
    file.say_missing(need.key, beside, "is missing: " + asked_for, "add \"" + need.key + "\"");
  }
}

}  // namespace perspective::authoring
