// Golden texts: reviewed as prose. UPDATE_GOLDEN=1 rewrites them.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "support/reference_case.h"
#include "support/source_folder.h"

namespace perspective::report {

inline void expect_golden(const std::string& name, const std::string& text) {
  const auto path = "tests/golden/" + name;
  if (std::getenv("UPDATE_GOLDEN") != nullptr)
    std::ofstream(std::string(kSourceFolder) + "/" + path, std::ios::binary) << text;
  EXPECT_EQ(text, reference_case::read(path)) << "UPDATE_GOLDEN=1 rewrites " << path;
}

}  // namespace perspective::report
