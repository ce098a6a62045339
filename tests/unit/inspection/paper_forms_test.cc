// How many forms are made at once: in memory, as one file.
#include <fmt/format.h>

#include <array>

#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr std::array kFruits{"apple", "banana", "cherry", "date",  "fig",    "grape",  "kiwi",
                             "lemon", "lime",   "mango",  "melon", "orange", "papaya", "peach",
                             "pear",  "plum",   "quince", "sloe",  "damson", "rhubarb"};

class FormsToPrint : public Collector {
 protected:
  // So many questions more, each of twenty answers.
  void create_with(int questions) {
    auto order = new_inspection("lewes");
    auto& readers = order.questionnaires.front();
    std::string items;
    std::string words;
    for (int i = 0; i < questions; ++i) {
      std::string options;
      words += fmt::format(R"("item.q{}": "Which fruit do you like?", )", i);
      for (const std::string fruit : kFruits) {
        options += fmt::format(R"({}{{"id": "{}"}})", options.empty() ? "" : ", ", fruit);
        words += fmt::format(R"("item.q{0}.{1}": "{1}", )", i, fruit);
      }
      items += fmt::format(R"({{"type": "single_choice", "variable": "q{}", "options": [{}]}}, )", i, options);
    }
    const std::string begins = R"("items": [)";
    readers.definition.insert(readers.definition.find(begins) + begins.size(), items);
    readers.texts.at("en").insert(readers.texts.at("en").find('{') + 1, words);
    const auto created = inspections_->create(order);
    ASSERT_TRUE(created) << created.error().what;
  }
  Result<std::string> print(std::size_t copies) {
    return inspections_->paper_forms("lewes",
                                     {.questionnaire = {}, .language = {}, .style = "standard", .copies = copies});
  }
};

TEST_F(FormsToPrint, AreAHundredAtOnceOfWhatIsOrdinary) {
  create_with(0);
  EXPECT_TRUE(print(100));
  for (const std::size_t none : {0UZ, 101UZ}) {
    const auto refused = print(none);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid);
    EXPECT_THAT(refused.error().what, AllOf(HasSubstr("1 to 100 forms"), HasSubstr("ask again for more")));
  }
}

TEST_F(FormsToPrint, AreFewerAtOnceTheLongerEachIs) {
  create_with(200);
  EXPECT_TRUE(print(1));
  const auto too_many = print(5);
  ASSERT_FALSE(too_many);
  EXPECT_THAT(too_many.error().what, HasSubstr("1 to 4 forms of this questionnaire at once"));
}

}  // namespace
}  // namespace perspective::inspection
