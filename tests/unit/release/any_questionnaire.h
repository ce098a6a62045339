// Questionnaires by chance: what another inspectorate might bring. A few items with and without options outside the
// base, some routed, some of their findings nested in or joint with others.
#pragma once

#include <string>
#include <vector>

#include "service.h"

namespace perspective::release {

class AnyQuestionnaire {
 public:
  explicit AnyQuestionnaire(Dice& dice) : dice_(dice) {
    const auto count = dice.between(1, 4);
    for (std::int64_t i = 0; i < count; ++i) add_item();
    const auto findings = dice.between(1, 6);
    for (std::int64_t f = 0; f < findings; ++f) add_finding();
  }
  // Some do not hang together: a finding within another that leaves nobody.
  Result<survey::Questionnaire> parsed() const { return survey::Questionnaire::parse(definition()); }
  std::string definition() const {
    return R"({"format": 1, "id": "any", "version": 1, "languages": ["en"], "items": [)" + joined(items_) +
           R"(], "findings": [)" + joined(findings_) + R"(], "section": []})";
  }

 private:
  static std::string joined(const std::vector<std::string>& all) {
    std::string text;
    for (const auto& each : all) text += (text.empty() ? "" : ",\n  ") + each;
    return text;
  }
  static std::string quoted(const std::string& text) { return '"' + text + '"'; }

  void add_item() {
    const auto i = std::to_string(items_.size());
    const auto options = dice_.between(2, 4);
    std::vector<std::string> ids;
    std::string list;
    for (std::int64_t o = 0; o < options; ++o) {
      ids.push_back("o" + i + std::to_string(o));
      list += std::string(o == 0 ? "" : ", ") + R"({"id": )" + quoted(ids.back()) + "}";
    }
    if (dice_.falls(40)) list += R"(, {"id": "out)" + i + R"(", "base": "outside"})";
    std::string relevant;
    if (!items_.empty() && dice_.falls(40)) {
      const auto above = static_cast<std::size_t>(dice_.between(0, std::ssize(items_) - 1));
      relevant = R"(, "relevant": "${i)" + std::to_string(above) + "} = '" + dice_.one_of(options_[above]) + R"('")";
    }
    items_.push_back(R"({"type": "single_choice", "variable": "i)" + i + R"(", "options": [)" + list + "]" + relevant +
                     "}");
    options_.push_back(ids);
  }

  void add_finding() {
    const auto item = static_cast<std::size_t>(dice_.between(0, std::ssize(items_) - 1));
    std::string counted = quoted(options_[item].front());
    for (std::size_t o = 1; o + 1 < options_[item].size(); ++o)
      if (dice_.falls(40)) counted += ", " + quoted(options_[item][o]);
    if (dice_.falls(25)) counted = quoted(options_[item].back());
    std::string hangs;
    if (!findings_.empty() && dice_.falls(55))
      hangs = std::string(dice_.falls(60) ? R"(, "within": "f)" : R"(, "joint_with": "f)") +
              std::to_string(dice_.between(0, std::ssize(findings_) - 1)) + "\"";
    findings_.push_back(R"({"id": "f)" + std::to_string(findings_.size()) + R"(", "item": "i)" + std::to_string(item) +
                        R"(", "counted": [)" + counted + "]" + hangs + "}");
  }

  Dice& dice_;
  std::vector<std::string> items_;
  std::vector<std::string> findings_;
  std::vector<std::vector<std::string>> options_;
};

}  // namespace perspective::release
