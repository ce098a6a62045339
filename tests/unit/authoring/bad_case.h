// A case of tests/fixtures/bad-definitions: how the good questionnaire is spoilt, and all that must be told then.
// The form of the files is in the README.md there.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "authoring/check.h"
#include "base/file.h"
#include "support/source_folder.h"

namespace perspective::authoring {

inline const std::filesystem::path kBadDefinitions = std::string(kSourceFolder) + "/tests/fixtures/bad-definitions";

struct Told {
  std::string place;  // "error definition.json:21 /items/0/relevant"
  std::string piece;
};

inline std::string place_of(const Remark& remark) {
  return to_text(remark.severity) + " " + remark.file + ":" + std::to_string(remark.line) + " " +
         (remark.pointer.empty() ? "/" : remark.pointer);
}

class BadCase {
 public:
  explicit BadCase(const std::filesystem::path& path) : folder_(*read_folder(kBadDefinitions / "good")) {
    std::istringstream lines(*read_text(path));
    for (std::string line; std::getline(lines, line);) take(line);
    finish();
  }

  const Folder& folder() const { return folder_; }
  const std::vector<Told>& told() const { return told_; }

 private:
  void take(const std::string& line) {
    if (line.starts_with("- ")) {
      if (!new_.empty()) finish();  // the next piece of the same file
      old_ += (old_.empty() ? "" : "\n") + line.substr(2);
    } else if (line.starts_with("+ ")) {
      new_ += (new_.empty() ? "" : "\n") + line.substr(2);
    } else if (line.starts_with("  ") && !told_.empty()) {
      told_.back().piece = line.substr(2);
    } else {
      command(line);
    }
  }

  void command(const std::string& line) {
    finish();
    verb_.clear();
    const std::string rest = line.substr(std::min(line.find(' ') + 1, line.size()));
    if (line.starts_with("edit ") || line.starts_with("write ")) {
      verb_ = line.substr(0, line.find(' '));
      file_ = rest;
    } else if (line.starts_with("remove ")) {
      remove(rest);
    } else if (line.starts_with("told ")) {
      told_.push_back({rest, ""});
    }
  }

  void finish() {
    if (verb_ == "write") text_of(file_) = new_ + "\n";
    if (verb_ == "edit" && !old_.empty()) {
      std::string& text = text_of(file_);
      const auto at = text.find(old_);
      EXPECT_NE(at, std::string::npos) << "not in " << file_ << ": " << old_;
      EXPECT_EQ(text.find(old_, at + 1), std::string::npos) << "twice in " << file_ << ": " << old_;
      if (at != std::string::npos) text.replace(at, old_.size(), new_);
    }
    old_.clear();
    new_.clear();
  }

  void remove(const std::string& file) {
    const std::filesystem::path path = file;
    std::size_t removed = 0;
    if (path.parent_path() == "texts") removed = folder_.texts.erase(path.stem());
    if (path.parent_path() == "section") removed = folder_.section.erase(path.stem());
    if (path.parent_path() == "pictures") removed = folder_.pictures.erase(path.stem());
    EXPECT_GT(removed, 0U) << file << " was not there";
  }

  std::string& text_of(const std::string& file) {
    const std::filesystem::path path = file;
    if (path.parent_path() == "texts") return folder_.texts[path.stem()];
    if (path.parent_path() == "section") return folder_.section[path.stem()];
    if (path.parent_path() == "pictures") return folder_.pictures[path.stem()];
    EXPECT_EQ(file, "definition.json");
    return folder_.definition;
  }

  Folder folder_;
  std::vector<Told> told_;
  std::string verb_;
  std::string file_;
  std::string old_;
  std::string new_;
};

}  // namespace perspective::authoring
