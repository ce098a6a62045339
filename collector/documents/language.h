// Inside collector/documents: a language as word processors want it, with a country.
#pragma once

#include <string>
#include <string_view>

namespace perspective::documents {

// "en" -> "en", "GB"; "cy" -> "cy", "GB"; "pt-BR" -> "pt", "BR"; "ur" -> "ur", "".
struct LanguageAndCountry {
  std::string language;
  std::string country;
  std::string tag() const { return country.empty() ? language : language + "-" + country; }
};

inline LanguageAndCountry with_country(std::string_view language) {
  const auto dash = language.find('-');
  if (dash != std::string_view::npos)
    return {std::string(language.substr(0, dash)), std::string(language.substr(dash + 1))};
  const bool is_of_the_inspectorate = language == "en" || language == "cy";
  return {std::string(language), is_of_the_inspectorate ? "GB" : ""};
}

}  // namespace perspective::documents
