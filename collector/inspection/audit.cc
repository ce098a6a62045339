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

Result<Audit::Verdict> Audit::verify(const std::optional<AuditHead>& since, const std::function<bool()>& has_gone) {
  std::vector<AuditHead> heads;
  if (since) heads.push_back(*since);
  {
    const std::lock_guard lock(mutex_);
    if (last_ && last_ != since) heads.push_back(*last_);
  }
  WholeChain chain(key_.public_key(), heads);
  Verdict verdict;
  std::optional<store::AuditEntry> newest;
  bool is_whole = true;
  const auto walked = for_each([&](store::AuditEntry entry) {
    is_whole = chain.take(entry);
    ++verdict.entries;
    newest = std::move(entry);
    return is_whole && !has_gone();
  });
  if (!walked) return std::unexpected(walked.error());
  if (has_gone()) return fail(ErrorCode::refused, "whoever asked has gone");
  if (newest) verdict.head = signed_text(*newest);
  if (is_whole && chain.ends_whole()) return verdict;
  return faults_in(heads);
}

// Until the visitor says no.
Result<void> Audit::for_each(const std::function<bool(store::AuditEntry)>& visit) {
  std::int64_t last = 0;
  for (std::size_t read = kPage; read == kPage;) {
    auto page = store_.audit(last, kPage);
    if (!page) return std::unexpected(page.error());
    read = page->size();
    if (read > 0) last = page->back().number;
    for (auto& entry : *page)
      if (!visit(std::move(entry))) return {};
  }
  return {};
}

// Which takes all entries at once: one may have changed places with any other.
Result<Audit::Verdict> Audit::faults_in(const std::vector<AuditHead>& heads) {
  std::vector<store::AuditEntry> all;
  const auto walked = for_each([&](store::AuditEntry entry) {
    all.push_back(std::move(entry));
    return true;
  });
  if (!walked) return std::unexpected(walked.error());
  Verdict verdict{.entries = static_cast<std::int64_t>(all.size())};
  if (!all.empty()) verdict.head = signed_text(all.back());
  verdict.faults = inspection::verify(all, key_.public_key(), heads);
  return verdict;
}

}  // namespace perspective::inspection
