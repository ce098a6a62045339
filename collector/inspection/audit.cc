#include "inspection/audit.h"

#include <utility>

#include "base/log.h"

namespace perspective::inspection {
namespace {

constexpr std::size_t kPage = 500;

}  // namespace

Audit::Audit(store::Store& store, const Clock& clock, protocol::ReceiptKey key, std::string host)
    : store_(store), clock_(clock), key_(std::move(key)), host_(std::move(host)) {}

Result<void> Audit::with(const AuditEvent& event, const Change& change) {
  store::AuditEntry written;
  const auto next = [&](const std::optional<store::AuditEntry>& newest) -> Result<store::AuditEntry> {
    const std::int64_t last = newest ? newest->number : 0;
    if (event.as_of && *event.as_of != last) {
      return fail(ErrorCode::conflict, "something else was done at the same moment; try again", true);
    }
    auto entry = next_entry(event, clock_.now_s(), host_, newest, key_);
    if (entry) written = *entry;
    return entry;
  };
  if (auto changed = change(next); !changed) return changed;
  if (written.number == 0) return {};  // nothing was to be changed
  log::info("audit head " + signed_text(written));
  const std::lock_guard lock(mutex_);
  if (!last_ || written.number > last_->number) last_ = head_of(written);
  return {};
}

Result<std::string> Audit::append(const AuditEvent& event) {
  std::string head;
  const auto appended = with(event, [&](const store::NextEntry& entry) {
    return store_.append_audit([&](const std::optional<store::AuditEntry>& newest) -> Result<store::AuditEntry> {
      auto made = entry(newest);
      if (made) head = signed_text(*made);
      return made;
    });
  });
  if (!appended) return std::unexpected(appended.error());
  return head;
}

Result<std::vector<store::AuditEntry>> Audit::entries(std::int64_t after, std::size_t limit) {
  return store_.audit(after, limit);
}

Result<std::optional<store::AuditEntry>> Audit::newest() { return store_.newest_audit(); }

Result<Audit::Verdict> Audit::verify(const std::optional<AuditHead>& since) {
  std::vector<AuditHead> heads;
  if (since) heads.push_back(*since);
  {
    const std::lock_guard lock(mutex_);
    if (last_ && last_ != since) heads.push_back(*last_);
  }
  std::vector<store::AuditEntry> all;
  for (std::size_t read = kPage; read == kPage;) {
    const auto page = store_.audit(all.empty() ? 0 : all.back().number, kPage);
    if (!page) return std::unexpected(page.error());
    read = page->size();
    all.insert(all.end(), page->begin(), page->end());
  }
  Verdict verdict{.entries = static_cast<std::int64_t>(all.size())};
  if (!all.empty()) verdict.head = signed_text(all.back());
  verdict.faults = inspection::verify(all, key_.public_key(), heads);
  return verdict;
}

}  // namespace perspective::inspection
