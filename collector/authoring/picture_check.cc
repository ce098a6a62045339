#include "authoring/picture_check.h"

#include <fmt/format.h>

#include "survey/picture.h"

namespace perspective::authoring {
namespace {

class PictureCheck {
 public:
  PictureCheck(const survey::Questionnaire& questionnaire, const Folder& folder, const File& definition,
               Remarks& remarks)
      : questionnaire_(questionnaire), folder_(folder), definition_(definition), remarks_(remarks) {}

  void all() {
    const auto used = survey::picture_names(questionnaire_);
    if (questionnaire_.practice) item(*questionnaire_.practice, "/practice", !used.empty());
    std::size_t options_in_all = 0;
    for (std::size_t i = 0; i < questionnaire_.items.size(); ++i) {
      options_in_all += survey::options_of(questionnaire_.items[i]).size();
      item(questionnaire_.items[i], fmt::format("/items/{}", i), !used.empty());
    }
    if (used.empty() && options_in_all > 0) {
      definition_.say(Severity::warning, "/items", fmt::format("none of the {} options has a picture", options_in_all),
                      "give each a \"picture\", the name of a file in pictures/");
    }
    for (const auto& [name, svg] : folder_.pictures) drawing(name, svg, used.contains(name));
    for (const auto& [name, svg] : folder_.shared_pictures) {
      if (used.contains(name) && !folder_.pictures.contains(name)) drawing(name, svg, true);
    }
  }

 private:
  void item(const survey::Item& item, const std::string& pointer, bool others_have_one) const {
    if (item.variable.empty()) return;  // told of by the reader
    std::string without;
    const auto& options = survey::options_of(item);
    for (std::size_t i = 0; i < options.size(); ++i) {
      if (options[i].picture.empty()) without += (without.empty() ? "" : ", ") + options[i].id;
      if (options[i].picture.empty() || picture(folder_, options[i].picture) != nullptr) continue;
      definition_.say(Severity::error, fmt::format("{}/options/{}/picture", pointer, i),
                      "names a picture that there is not: " + options[i].picture,
                      "check its spelling, or draw pictures/" + options[i].picture + ".svg");
    }
    if (without.empty() || !others_have_one) return;
    definition_.say(Severity::warning, pointer + "/options", "has no picture for " + without,
                    "give each a \"picture\", the name of a file in pictures/");
  }

  void drawing(const std::string& name, const std::string& svg, bool is_used) const {
    const std::string file = "pictures/" + name + ".svg";
    if (const auto fault = survey::fault_of_picture(svg)) {
      remarks_.push_back({file, fault->line, 1, Severity::error, "", fault->what,
                          "draw it of plain shapes in currentColor; assets/README.md says of which"});
    }
    if (!is_used) {
      remarks_.push_back({file, 1, 1, Severity::warning, "", "is named by no option", "name it, or take it out"});
    }
  }

  const survey::Questionnaire& questionnaire_;
  const Folder& folder_;
  const File& definition_;
  Remarks& remarks_;
};

}  // namespace

void check_pictures(const survey::Questionnaire& questionnaire, const Folder& folder, const File& definition,
                    Remarks& remarks) {
  PictureCheck(questionnaire, folder, definition, remarks).all();
}

}  // namespace perspective::authoring
