// What the tests of every Store stand on: a kind of store, and words for what is done with one.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "store/store.h"

namespace perspective::store {

struct StoreKind {
  std::string name;
  std::function<Result<std::unique_ptr<Store>>()> open_empty;
  std::function<void()> tidy_up = [] {};  // after the store is gone
  std::function<void()> need = [] {};     // skips the test where something is not installed
};

inline void PrintTo(const StoreKind& kind, std::ostream* out) { *out << kind.name; }

class StoreConformance : public testing::TestWithParam<StoreKind> {
 protected:
  void SetUp() override {
    GetParam().need();
    if (IsSkipped() || HasFatalFailure()) return;
    auto opened = GetParam().open_empty();
    ASSERT_TRUE(opened) << opened.error().what;
    store_ = std::move(*opened);
    add_inspection("croydon");
  }
  void TearDown() override {
    store_.reset();
    GetParam().tidy_up();
  }

  void add_inspection(const std::string& id) {
    const auto added = store_->add_inspection(inspection(id));
    ASSERT_TRUE(added) << added.error().what;
  }
  static Inspection inspection(const std::string& id) {
    InspectionHead head{.id = id, .area = "Area of " + id, .state = "open", .envelope_bytes = 100};
    return {.head = head, .definition = R"({"of":")" + id + "\"}", .package = {1, 2, 3}};
  }
  static Envelope envelope(std::uint8_t id, std::uint8_t content = 1) {
    Envelope made;
    made.id.fill(id);
    made.digest.fill(content);
    made.body = Bytes(100, content);
    return made;
  }
  std::vector<PutOutcome> put(const std::string& inspection, std::vector<Envelope> envelopes,
                              const std::string& kiosk = "kiosk-a", const std::string& day = "2026-11-22") {
    std::promise<Result<std::vector<PutOutcome>>> outcomes;
    store_->put({inspection, kiosk, day, std::move(envelopes)},
                [&](auto done) { outcomes.set_value(std::move(done)); });
    auto put = outcomes.get_future().get();
    EXPECT_TRUE(put) << put.error().what;
    return put ? *put : std::vector<PutOutcome>();
  }
  void close(const std::string& id) {
    auto closed = inspection(id);
    closed.head.is_accepting = false;
    ASSERT_TRUE(store_->update_inspection(closed));
  }
  static Kiosk kiosk(const std::string& id) {
    return {.id = id, .name = "Front desk", .serial = "0a" + id, .inspections = {}};
  }
  Result<void> enrol(const std::string& id, std::int64_t expires_s, std::int64_t now_s, std::uint8_t secret = 9) {
    if (auto added = store_->add_invite({{secret, 9}, "croydon", "Front desk", expires_s}); !added) return added;
    return store_->enrol(Bytes{secret, 9}, now_s, kiosk(id));
  }

  std::unique_ptr<Store> store_;
};

}  // namespace perspective::store
