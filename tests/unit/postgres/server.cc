#include "server.h"

#include <cstdlib>

namespace perspective::postgres {
namespace {

class Server : public testing::Environment {
 public:
  void SetUp() override {
    if (!PostgresCluster::programs()) return;
    cluster_ = std::make_unique<PostgresCluster>();
    cluster_->start();
  }
  void TearDown() override { cluster_.reset(); }
  PostgresCluster* cluster() { return cluster_.get(); }

 private:
  std::unique_ptr<PostgresCluster> cluster_;
};

// gtest owns it.
Server* const kServer = [] {
  auto* const server = new Server;
  testing::AddGlobalTestEnvironment(server);
  return server;
}();

}  // namespace

PostgresCluster* server() { return kServer->cluster(); }

void need_server() {
  if (server() != nullptr) return;
  if (std::getenv("CI") != nullptr) FAIL() << "PostgreSQL is not installed, and CI tests both stores";
  GTEST_SKIP() << "PostgreSQL is not installed: installer/install-dependencies test";
}

}  // namespace perspective::postgres
