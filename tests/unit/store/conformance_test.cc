#include <unistd.h>

#include <filesystem>

#include "conformance/copy_conformance.h"
#include "conformance/kiosk_again_conformance.h"
#include "conformance/store_conformance.h"
#include "store/sqlite_store.h"

namespace perspective::store {
namespace {

// A name that no other test of this process has.
std::string fresh_name() {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  std::string name = test->name();
  for (auto& c : name) c = c == '/' ? '-' : c;
  return "store-" + std::to_string(::getpid()) + "-" + name;
}

Result<std::unique_ptr<Store>> open_in_memory() { return SqliteStore::open("/" + fresh_name(), "memdb"); }

std::filesystem::path folder() { return std::filesystem::path(testing::TempDir()) / fresh_name(); }
void remove_folder() { std::filesystem::remove_all(folder()); }

Result<std::unique_ptr<Store>> open_on_file() {
  remove_folder();
  std::filesystem::create_directories(folder());
  return SqliteStore::open(folder() / "collector.sqlite");
}

const auto kKinds =
    testing::Values(StoreKind{"InMemory", open_in_memory}, StoreKind{"OnFile", open_on_file, remove_folder});
constexpr auto kName = [](const auto& kind) { return kind.param.name; };

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreConformance, kKinds, kName);
INSTANTIATE_TEST_SUITE_P(Sqlite, StoreConformanceAgain, kKinds, kName);
INSTANTIATE_TEST_SUITE_P(Sqlite, StoreConformanceUnanswered, kKinds, kName);
INSTANTIATE_TEST_SUITE_P(Sqlite, StoreConformanceCopied,
                         testing::Values(StoreKind{"OnFile", open_on_file, remove_folder}), kName);

}  // namespace
}  // namespace perspective::store
