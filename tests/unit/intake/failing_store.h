// A store that fails.
#pragma once

#include "store/store.h"

namespace perspective::intake {

// A store whose disk gives out at each change; what it has to read it reads from a real one.
class FailingStore : public store::Store {
 public:
  explicit FailingStore(store::Store& real) : real_(real) {}
  Result<void> add_inspection(const store::Inspection&, const store::NextEntry&) override { return failure(); }
  Result<void> update_inspection(const store::Inspection&, const store::NextEntry&) override { return failure(); }
  Result<std::vector<store::InspectionHead>> inspections() override { return real_.inspections(); }
  Result<store::InspectionHead> head(std::string_view inspection) override { return real_.head(inspection); }
  Result<store::Inspection> inspection(std::string_view id) override { return real_.inspection(id); }
  void put(store::Batch, store::PutDone done) override { done(failure()); }
  Result<std::vector<store::Envelope>> envelopes(std::string_view id, const std::optional<store::Id>& after,
                                                 std::size_t limit) override {
    return real_.envelopes(id, after, limit);
  }
  Result<std::vector<store::Envelope>> envelopes(std::string_view id, const std::vector<store::Id>& ids) override {
    return real_.envelopes(id, ids);
  }
  Result<void> copy_to(const std::filesystem::path& path) override { return real_.copy_to(path); }
  Result<std::vector<store::Id>> envelope_ids(std::string_view id) override { return real_.envelope_ids(id); }
  Result<std::int64_t> count_envelopes(std::string_view id) override { return real_.count_envelopes(id); }
  Result<std::vector<store::DailyCount>> daily_counts(std::string_view id) override { return real_.daily_counts(id); }
  Result<std::vector<store::Standing>> standings(const std::vector<std::string>& ids) override {
    return real_.standings(ids);
  }
  Result<void> withdraw(std::string_view, std::span<const store::Id>, const store::NextEntry&) override {
    return failure();
  }
  Result<void> withdraw_what_had_come(std::string_view, const store::Id&) override { return failure(); }
  Result<std::vector<store::Withdrawn>> withdrawn() override { return real_.withdrawn(); }
  Result<std::vector<store::Id>> withdrawn_among(std::string_view id, std::span<const store::Id> ids) override {
    return real_.withdrawn_among(id, ids);
  }
  Result<std::int64_t> count_withdrawn(std::string_view id) override { return real_.count_withdrawn(id); }
  Result<void> put_ledger(std::string_view, const store::KioskLedger&) override { return failure(); }
  Result<std::vector<store::KioskLedger>> ledgers(std::string_view id) override { return real_.ledgers(id); }
  Result<void> add_invite(const store::Invite&, const store::NextEntry&) override { return failure(); }
  Result<std::vector<store::Invite>> live_invites(std::int64_t now_s) override { return real_.live_invites(now_s); }
  Result<bool> is_invited(ByteView mark, std::int64_t now_s) override { return real_.is_invited(mark, now_s); }
  Result<void> enrol(ByteView, std::int64_t, const store::Kiosk&, const store::NextEntry&) override {
    return failure();
  }
  Result<std::string> enrolled(ByteView hash, std::int64_t now_s, const store::Digest& key) override {
    return real_.enrolled(hash, now_s, key);
  }
  Result<std::vector<store::Kiosk>> kiosks() override { return real_.kiosks(); }
  Result<store::Kiosk> kiosk_by_serial(std::string_view serial) override { return real_.kiosk_by_serial(serial); }
  Result<void> revoke(std::string_view, const store::NextEntry&) override { return failure(); }
  Result<void> allow(std::string_view, std::string_view, const store::NextEntry&) override { return failure(); }
  Result<void> disallow(std::string_view, std::string_view, const store::NextEntry&) override { return failure(); }
  Result<void> note_contact(std::string_view, const store::Contact&) override { return failure(); }
  Result<void> add_certificate(std::string_view, std::string_view, std::string_view) override { return failure(); }
  Result<void> issue_tokens(const store::Inspection&, const std::vector<store::Digest>&,
                            const store::NextEntry&) override {
    return failure();
  }
  Result<std::vector<store::Digest>> tokens(std::string_view id) override { return real_.tokens(id); }
  Result<void> spend_tokens(std::string_view, std::string_view, const std::vector<store::Digest>&) override {
    return failure();
  }
  Result<std::int64_t> unknown_tokens(std::string_view id, std::string_view kiosk,
                                      const std::vector<store::Digest>& marks) override {
    return real_.unknown_tokens(id, kiosk, marks);
  }
  Result<store::TokenCounts> token_counts(std::string_view id) override { return real_.token_counts(id); }
  Result<std::vector<store::KioskTokens>> tokens_by_kiosk(std::string_view id) override {
    return real_.tokens_by_kiosk(id);
  }
  Result<void> put_annotation(std::string_view, const store::Annotation&, const store::NextEntry&) override {
    return failure();
  }
  Result<void> remove_annotation(std::string_view, const store::Id&) override { return failure(); }
  Result<std::vector<store::Annotation>> annotations(std::string_view id) override { return real_.annotations(id); }
  Result<std::vector<store::PlainCount>> plain_counts(std::string_view id) override { return real_.plain_counts(id); }
  Result<void> put_keying(std::string_view, const store::Keying&, const std::optional<store::Digest>&,
                          const store::NextEntry&) override {
    return failure();
  }
  Result<std::vector<store::Keying>> keyings(std::string_view id) override { return real_.keyings(id); }
  Result<void> remove_keyings(std::string_view, const store::Id&, const store::AfterKeyings&,
                              const store::NextEntry&) override {
    return failure();
  }
  Result<void> append_audit(const store::NextEntry&) override { return failure(); }
  Result<std::vector<store::AuditEntry>> audit(std::int64_t after, std::size_t limit) override {
    return real_.audit(after, limit);
  }
  Result<std::optional<store::AuditEntry>> newest_audit() override { return real_.newest_audit(); }
  Result<void> put_record(const store::Record&, const store::NextEntry&) override { return failure(); }
  Result<store::Record> record(std::string_view kind, std::string_view id) override { return real_.record(kind, id); }
  Result<std::vector<store::Record>> records(std::string_view kind) override { return real_.records(kind); }
  Result<void> remove_record(std::string_view, std::string_view, const store::NextEntry&) override { return failure(); }
  Result<void> forget_ended_records(std::int64_t) override { return failure(); }
  Result<Bytes> salt() override { return real_.salt(); }

 private:
  static std::unexpected<Error> failure() { return fail(ErrorCode::io, "disk full"); }
  store::Store& real_;
};

}  // namespace perspective::intake
