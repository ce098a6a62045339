// Every key of the interface's words that the kiosk's sources use stands in every language, and none is left over.
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>

#include "support/source_folder.h"
#include "support/trial_visit.h"

namespace perspective::screen {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = kSourceFolder;

std::set<std::string> keys_in_sources() {
  std::set<std::string> keys;
  const std::regex key("\"(kiosk\\.[a-z_.0-9]+)\"");
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "kiosk")) {
    if (entry.path().extension() != ".cc") continue;
    const std::string source = trial::unwrapped(read_text(entry.path()));
    for (std::sregex_iterator at(source.begin(), source.end(), key), end; at != end; ++at) keys.insert((*at)[1]);
  }
  return keys;
}

TEST(InterfaceWords, HaveEveryKeyThatTheSourcesUse) {
  const auto keys = keys_in_sources();
  ASSERT_GT(keys.size(), 40U);
  for (const auto& entry : fs::directory_iterator(kRoot / "assets/texts")) {
    if (entry.path().extension() != ".json") continue;
    const auto words =
        trial::unwrapped(text::Catalogue::parse(trial::unwrapped(read_text(entry.path())), entry.path().stem()));
    if (words.say("status") == "demonstration") continue;  // may lack texts: the kiosk says the English
    for (const std::string& each : keys) {
      const bool is_stem = each.ends_with('.');  // "kiosk.bar.colours." and a number
      EXPECT_TRUE(is_stem || words.has(each)) << entry.path().filename() << " lacks " << each;
    }
  }
}

TEST(InterfaceWords, AreTheSameKeysInEveryLanguage) {
  const auto english = trial::words("en").keys();
  const auto welsh = trial::words("cy").keys();
  EXPECT_EQ(std::set(english.begin(), english.end()), std::set(welsh.begin(), welsh.end()));
}

}  // namespace
}  // namespace perspective::screen
