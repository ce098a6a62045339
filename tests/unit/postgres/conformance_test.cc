#include "conformance/store_conformance.h"

#include "server.h"

namespace perspective::store {
namespace {

Result<std::unique_ptr<Store>> open_empty() { return postgres::open_store(postgres::server()->make_database()); }

INSTANTIATE_TEST_SUITE_P(Postgres, StoreConformance,
                         testing::Values(StoreKind{"OnServer", open_empty, [] {}, postgres::need_server}),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace perspective::store
