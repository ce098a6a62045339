// What happens to a store between two steps of whoever works with it.
#pragma once

#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "support/source_folder.h"
#include "unit/inspection/collector.h"
#include "unit/intake/failing_store.h"

namespace perspective::inspection {

// A store in which something happens just before a change, or just after a reading.
class InterruptedStore : public intake::FailingStore {
 public:
  explicit InterruptedStore(store::Store& real) : FailingStore(real), real_(real) {}
  std::function<void()> before_put_record;
  std::function<void()> before_update;
  std::function<void()> after_reading_record;
  std::function<void()> before_annotations;

  Result<store::Record> record(std::string_view kind, std::string_view id) override {
    auto record = real_.record(kind, id);
    happen(after_reading_record);
    return record;
  }
  Result<std::vector<store::Annotation>> annotations(std::string_view inspection) override {
    happen(before_annotations);
    return real_.annotations(inspection);
  }
  Result<void> put_record(const store::Record& record, const store::NextEntry& entry) override {
    happen(before_put_record);
    return real_.put_record(record, entry);
  }
  Result<void> update_inspection(const store::Inspection& inspection, const store::NextEntry& entry) override {
    happen(before_update);
    return real_.update_inspection(inspection, entry);
  }
  Result<void> add_inspection(const store::Inspection& inspection, const store::NextEntry& entry) override {
    return real_.add_inspection(inspection, entry);
  }
  Result<void> withdraw(std::string_view inspection, std::span<const store::Id> ids,
                        const store::NextEntry& entry) override {
    return real_.withdraw(inspection, ids, entry);
  }

 private:
  static void happen(std::function<void()>& what) {
    if (what) std::exchange(what, nullptr)();
  }
  store::Store& real_;
};

// A collector on such a store, and others on the same one below it.
class InterruptedCollector : public Collector {
 protected:
  std::unique_ptr<Inspections> on(store::Store& store) {
    Inspections::Setting setting{.package_key_pem = signer_.key_pem,
                                 .package_certificate_pem = signer_.certificate_pem,
                                 .receipt_public_key = Bytes(32, 9),
                                 .assets = std::filesystem::path(kSourceFolder) / "assets",
                                 .is_swap_on = [] { return false; }};
    return std::make_unique<Inspections>(store, *withdrawn_, *cabinet_, clock_, std::move(setting));
  }
};

}  // namespace perspective::inspection
