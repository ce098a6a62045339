// A folder of a kiosk's own, with an outbox in it; gone at the end of the test.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>

#include "base/random.h"
#include "outbox/outbox.h"
#include "scripted_collector.h"

namespace perspective::upload {

class KioskFolder : public ::testing::Test {
 protected:
  static std::filesystem::path new_folder() {
    auto folder = std::filesystem::temp_directory_path() / ("kiosk-" + to_hex(random_bytes(8)));
    std::filesystem::create_directory(folder);
    return folder;
  }
  ~KioskFolder() override { std::filesystem::remove_all(folder_); }

  static outbox::Envelope envelope(std::uint8_t number, std::string inspection = "croydon-2012") {
    outbox::Envelope made{{}, std::move(inspection), Bytes(ScriptedCollector::envelope_bytes(), number)};
    made.id.fill(number);
    return made;
  }
  void put(std::uint8_t number, const std::string& inspection = "croydon-2012") {
    ASSERT_TRUE(outbox_->put(envelope(number, inspection)));
  }
  outbox::State state() { return outbox_->state().value(); }

  std::filesystem::path folder_ = new_folder();
  std::unique_ptr<outbox::Outbox> outbox_ = outbox::Outbox::open(folder_ / "outbox.sqlite").value();
};

}  // namespace perspective::upload
