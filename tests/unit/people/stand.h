// A store in a file of its own, a clock set by hand, accounts whose passwords cost little.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "people/accounts.h"
#include "people/totp.h"
#include "store/sqlite_store.h"

namespace perspective::people {

constexpr std::string_view kGood = "grey tin ladder";
constexpr std::string_view kOther = "seven wet pianos";

class People : public testing::Test {
 protected:
  void SetUp() override {
    const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
    path_ = std::filesystem::path(testing::TempDir()) /
            (std::string(test->name()) + "-" + std::to_string(::getpid()) + ".sqlite");
    std::filesystem::remove(path_);
    store_ = *store::SqliteStore::open(path_);
    accounts_.emplace(*store_, clock_, keys_, cheap_);
  }
  void TearDown() override {
    store_.reset();
    for (const char* const end : {"", "-wal", "-shm"}) std::filesystem::remove(path_.string() + end);
  }

  static ByteView bytes(std::string_view text) { return as_bytes(text); }
  // Invited and joined.
  void have(const std::string& name, std::vector<Role> roles = {Role::inspector}) {
    const auto link = accounts_->invite({.name = name, .shown = "Ada Lovelace", .roles = std::move(roles)});
    ASSERT_TRUE(link) << link.error().what;
    const auto joined = accounts_->join(name, *link, bytes(kGood));
    ASSERT_TRUE(joined) << joined.error().what;
  }
  // With an authenticator; its secret.
  SecretBytes have_authenticator(const std::string& name) {
    auto secret = *accounts_->begin_authenticator(name, bytes(kGood));
    recovery_ = *accounts_->confirm_authenticator(name, *code_at(secret.view(), clock_.now_s() / kStep_s));
    return secret;
  }
  Account account(std::string_view name) { return *accounts_->find(name); }
  std::vector<store::Record> records(std::string_view kind) { return *store_->records(kind); }
  void pass(std::int64_t seconds) { clock_.set(clock_.now_s() + seconds); }

  HandSetClock clock_{1'800'000'000};
  const Keys keys_ = *Keys::of(as_bytes(std::string_view("root")));
  const Cost cheap_{.log2_n = 4, .r = 8, .p = 1};
  std::filesystem::path path_;
  std::unique_ptr<store::Store> store_;
  std::optional<Accounts> accounts_;
  std::vector<std::string> recovery_;
};

}  // namespace perspective::people
