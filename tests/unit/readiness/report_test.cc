#include "readiness/report.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/file.h"
#include "support/source_folder.h"
#include "text/catalogue.h"

namespace perspective::readiness {
namespace {

Facts well() {
  Facts facts;
  facts.version = "0.4";
  facts.packages = {{"croydon-2012", 3}};
  facts.disk_free_mb = 5000;
  facts.clock_ahead_s = 20;
  facts.certificate_days = 200;
  facts.last_day = "2026-11-25";
  facts.sound = Outlet::headphones;
  facts.screen_width_mm = 310;
  facts.screen_height_mm = 174;
  facts.is_pin_set = true;
  facts.are_dumps_off = true;
  facts.is_program_guarded = true;
  facts.files_sha256 = std::string(64, 'a');
  facts.settings_sha256 = std::string(64, 'b');
  facts.is_folder_private = true;
  facts.has_secure_boot = true;
  facts.is_kernel_locked = true;
  return facts;
}

Finding finding(const Facts& facts, const std::string& code) {
  const auto findings = findings_of(facts);
  const auto found = std::ranges::find(findings, code, &Finding::code);
  EXPECT_NE(found, findings.end()) << code;
  return found == findings.end() ? Finding{} : *found;
}

TEST(ReadyKiosk, WantsNoAttention) {
  for (const auto& each : findings_of(well())) EXPECT_EQ(each.grade, Grade::good) << each.code;
}

TEST(UnreadyKiosk, WantsAttentionForEachThingThatIsNotAsItShouldBe) {
  const std::vector<std::pair<std::string, void (*)(Facts&)>> spoilt = {
      {"packages", [](Facts& facts) { facts.packages.clear(); }},
      {"packages", [](Facts& facts) { facts.are_packages_genuine = false; }},
      {"last_day", [](Facts& facts) { facts.last_day.clear(); }},
      {"certificate", [](Facts& facts) { facts.certificate_days = 29; }},
      {"certificate", [](Facts& facts) { facts.certificate_days = -1; }},
      {"certificate", [](Facts& facts) { facts.certificate_days.reset(); }},
      {"clock", [](Facts& facts) { facts.clock_ahead_s = 16 * 60; }},
      {"clock", [](Facts& facts) { facts.clock_ahead_s = -16 * 60; }},
      {"disk", [](Facts& facts) { facts.disk_free_mb = 1023; }},
      {"sound", [](Facts& facts) { facts.sound = Outlet::none; }},
      {"pin", [](Facts& facts) { facts.is_pin_set = false; }},
      {"swap", [](Facts& facts) { facts.is_swap_on = true; }},
      {"dumps", [](Facts& facts) { facts.are_dumps_off = false; }},
      {"program", [](Facts& facts) { facts.is_program_guarded = false; }},
      {"files", [](Facts& facts) { facts.changed_files = "/usr/bin/perspective-kiosk"; }},
      {"folder", [](Facts& facts) { facts.is_folder_private = false; }},
      {"secure_boot", [](Facts& facts) { facts.has_secure_boot = false; }},
      {"kernel", [](Facts& facts) { facts.is_kernel_locked = false; }},
  };
  for (const auto& [code, spoil] : spoilt) {
    Facts facts = well();
    spoil(facts);
    EXPECT_EQ(finding(facts, code).grade, Grade::attention) << code;
    const auto all = findings_of(facts);
    EXPECT_EQ(std::ranges::count(all, Grade::attention, &Finding::grade), 1) << code;
  }
}

TEST(UnreadyKiosk, DoesNotCallWellWhatItCannotKnow) {
  const Facts nothing;
  for (const auto* code : {"disk", "clock", "sound", "screen", "files", "settings", "secure_boot", "kernel"}) {
    EXPECT_EQ(finding(nothing, code).grade, Grade::unknown) << code;
  }
}

// A number that changes with each envelope would tell who sent.
TEST(ReadyKiosk, TellsTheDiskInWholeGigabytes) {
  Facts before = well();
  Facts after = well();
  after.disk_free_mb = *before.disk_free_mb - 1;
  EXPECT_EQ(finding(before, "disk").numbers, finding(after, "disk").numbers);
}

TEST(ReadyKiosk, SaysItsMeasurementInGroupsThatCanBeReadOut) {
  EXPECT_EQ(finding(well(), "files").names.at("sum"),
            "aaaaaaaa aaaaaaaa aaaaaaaa aaaaaaaa aaaaaaaa aaaaaaaa aaaaaaaa aaaaaaaa");
}

// Every kiosk has its own, so nobody here can say whether they are right: whoever set them up compares.
TEST(ReadyKiosk, SaysTheMeasurementOfItsOwnSettingsAndDoesNotJudgeThem) {
  Facts facts = well();
  EXPECT_EQ(finding(facts, "settings").grade, Grade::good);
  facts.changed_settings = "/etc/perspective/kiosk.conf";
  const auto found = finding(facts, "settings");
  EXPECT_EQ(found.grade, Grade::unknown);
  EXPECT_EQ(found.names.at("names"), "/etc/perspective/kiosk.conf");
  EXPECT_EQ(found.names.at("sum").substr(0, 9), "bbbbbbbb ");
}

TEST(ReadinessReport, EachFindingHasItsWordsInBothLanguages) {
  std::vector<Facts> all = {well(), Facts()};
  all.push_back(well());
  all.back().are_packages_genuine = false;
  all.back().certificate_days = -1;
  all.back().clock_ahead_s = 9999;
  all.back().disk_free_mb = 1;
  all.back().sound = Outlet::none;
  all.back().changed_files = "/usr/bin/perspective-kiosk";
  all.back().changed_settings = "/etc/perspective/kiosk.conf";
  all.back().has_secure_boot = all.back().is_kernel_locked = false;
  all.push_back(well());
  all.back().clock_ahead_s = -9999;
  all.back().sound = Outlet::loudspeaker;
  for (const auto* language : {"en", "cy"}) {
    const auto path = std::string(kSourceFolder) + "/assets/texts/" + language + ".json";
    const auto words = text::Catalogue::parse(read_text(path).value(), language).value();
    for (const Facts& facts : all) {
      for (const auto& each : findings_of(facts)) {
        EXPECT_TRUE(words.has("kiosk.ready." + each.code)) << each.code;
        EXPECT_TRUE(words.has("kiosk.ready." + each.code + "." + each.value)) << each.code << "." << each.value;
      }
    }
  }
}

TEST(ReadinessReport, CrossesToTheWindowWhole) {
  for (const Facts& facts : {well(), Facts()}) {
    const auto back = from_json(to_json(facts));
    ASSERT_TRUE(back);
    EXPECT_EQ(to_json(*back), to_json(facts));
  }
  for (const auto* nonsense : {"", "{}", "[]", R"({"version": 1})"}) EXPECT_FALSE(from_json(nonsense)) << nonsense;
}

}  // namespace
}  // namespace perspective::readiness
