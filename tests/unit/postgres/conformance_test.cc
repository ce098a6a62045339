#include "conformance/copy_conformance.h"
#include "conformance/kiosk_again_conformance.h"
#include "conformance/store_conformance.h"
#include "server.h"

namespace perspective::store {
namespace {

Result<std::unique_ptr<Store>> open_empty() { return postgres::open_store(postgres::server()->make_database()); }

const auto kKinds = testing::Values(StoreKind{"OnServer", open_empty, [] {}, postgres::need_server});
const auto kName = [](const auto& kind) { return kind.param.name; };

INSTANTIATE_TEST_SUITE_P(Postgres, StoreConformance, kKinds, kName);
INSTANTIATE_TEST_SUITE_P(Postgres, StoreConformanceAgain, kKinds, kName);
INSTANTIATE_TEST_SUITE_P(Postgres, StoreConformanceUnanswered, kKinds, kName);
INSTANTIATE_TEST_SUITE_P(Postgres, StoreConformanceCopied, kKinds, kName);

}  // namespace
}  // namespace perspective::store
