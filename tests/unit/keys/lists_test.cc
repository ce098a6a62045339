// Lists of copies put together: what either knows of a copy stays, and nothing is named twice.
#include <gmock/gmock.h>

#include "keys/copies.h"

namespace perspective::keys {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::vector<std::string> places_of(const Register& list) {
  std::vector<std::string> places;
  for (const auto& copy : list.copies) places.push_back(copy.place + " " + copy.since);
  return places;
}

TEST(AListOfCopies, IsOfTheCollectorWhereItWasMadeAlsoWhereItDoesNotSayWhichThatWas) {
  const Register list{
      .copies = {{Half::inspection, "inspection.key", "2023-11-01"}, {Half::inspection, "stick", "2023-11-02"}}};
  EXPECT_THAT(places_of(as_of_elsewhere(list)),
              ElementsAre("collector where this copy was made: inspection.key 2023-11-01", "stick 2023-11-02",
                          HasSubstr("that is newer 2023-11-02")))
      << "what is newer than the last that it names";
  EXPECT_THAT(places_of(as_of_elsewhere({})), ElementsAre(HasSubstr("that is newer "))) << "and it may name none";
}

TEST(AListOfCopies, NamesEachShareOfEachSetAndEachDayOfACopy) {
  Register list{.copies = {{Half::recovery, "Ann", "2023-11-01", {}, RegisteredCopy::Share{"a", 1, 2}},
                           {Half::inspection, "stick", "2023-11-02"}}};
  put_together(list, {.copies = {{Half::recovery, "Ann", "2023-11-01", {}, RegisteredCopy::Share{"b", 1, 2}},
                                 {Half::inspection, "stick", "2023-11-03"},
                                 {Half::inspection, "stick", "2023-11-02"}}});
  EXPECT_THAT(places_of(list), ElementsAre("Ann 2023-11-01", "stick 2023-11-02", "Ann 2023-11-01", "stick 2023-11-03"));
}

TEST(AListOfCopies, KeepsTheLastDayFromWhichItKnowsNothingOfAnother) {
  const auto of = [](const std::string& day) {
    return as_of_elsewhere({.copies = {}, .copied_at = "leeds", .copied_on = day});
  };
  auto list = of("2023-11-02");
  put_together(list, of("2023-11-03"));
  EXPECT_EQ(list.copies.size(), 1U);
  EXPECT_THAT(places_of(list), ElementsAre(StartsWith("collector on leeds")));
  EXPECT_EQ(list.copies.front().since, "2023-11-03");
  put_together(list, of("2023-11-01"));
  EXPECT_EQ(list.copies.front().since, "2023-11-03");
}

TEST(AListOfCopies, KeepsTheDayOnWhichACopyWasDestroyedWhateverAnotherListSays) {
  RegisteredCopy here{Half::inspection, "stick", "2023-11-02"};
  here.destroyed = "2023-11-05";
  here.passphrase_until = "2023-11-04";
  auto there = here;
  there.destroyed = "2023-11-09";
  there.passphrase_until = "2023-11-09";
  Register list{.copies = {here}};
  put_together(list, {.copies = {there}});
  EXPECT_EQ(list.copies.size(), 1U);
  EXPECT_EQ(list.copies.front().destroyed, "2023-11-05");
  EXPECT_EQ(list.copies.front().passphrase_until, "2023-11-04");
}

}  // namespace
}  // namespace perspective::keys
