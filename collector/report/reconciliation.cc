#include "report/reconciliation.h"

#include <algorithm>

#include "report/phrase.h"

namespace perspective::report {
namespace {

using Kiosk = Reconciliation::Kiosk;

// Texts one after another. Remembers the first mistake, so that what is written reads as the page does.
class Lines {
 public:
  explicit Lines(const text::Catalogue& phrases) : phrases_(phrases) {}

  std::string say(std::string_view key, const text::Arguments& arguments = {}) {
    auto text = phrases_.format(key, arguments);
    if (text) return *text;
    if (!error_) error_ = text.error();
    return {};
  }
  void add(std::string_view key, const text::Arguments& arguments = {}) { lines_.push_back(say(key, arguments)); }
  void add_number(std::string_view key, std::int64_t number) { lines_.push_back("  " + say(key, {{"count", number}})); }
  void add_text(const std::string& text) { lines_.push_back(text); }
  void add_space() { lines_.emplace_back(); }

  Result<std::vector<std::string>> finished() const {
    if (error_) return std::unexpected(*error_);
    return lines_;
  }
  std::string name_of(const Kiosk& kiosk) {
    return kiosk.is_revoked ? say("report.reconcile.revoked", {{"kiosk", kiosk.name}}) : kiosk.name;
  }

 private:
  const text::Catalogue& phrases_;
  std::vector<std::string> lines_;
  std::optional<Error> error_;
};

void write_silent(const std::vector<Kiosk>& kiosks, const std::string& language, Lines& lines) {
  std::vector<std::string> silent;
  for (const auto& kiosk : kiosks) {
    if (!kiosk.told) silent.push_back(lines.name_of(kiosk));
  }
  if (silent.empty()) return;
  text::Arguments arguments{{"kiosks", text::joined(silent, ", ", ", ")}};
  add_number("count", static_cast<std::int64_t>(silent.size()), language, arguments);
  lines.add("report.reconcile.silent", arguments);
}

// What came, was withdrawn and is not known as a kiosk's any more is not missing.
std::int64_t missing_of(const Reconciliation& sides) {
  std::int64_t missing = 0;
  for (const auto& kiosk : sides.kiosks) missing += kiosk.missing();
  return std::max<std::int64_t>(0, missing - sides.collector.known_by_withdrawal);
}

void write_gaps_of(const Kiosk& kiosk, bool is_any_missing, Lines& lines) {
  if (!kiosk.told) return;
  const text::Arguments arguments{{"kiosk", lines.name_of(kiosk)}, {"sent", kiosk.told->sent},
                                  {"came", kiosk.came_in},         {"missing", kiosk.missing()},
                                  {"surplus", kiosk.surplus()},    {"held", kiosk.held()}};
  if (is_any_missing && kiosk.missing() > 0) lines.add("report.reconcile.missing", arguments);
  if (kiosk.surplus() > 0) lines.add("report.reconcile.surplus", arguments);
  if (kiosk.held() > 0) lines.add("report.reconcile.held", arguments);
}

void write_gaps_of_tokens(const Reconciliation::Tokens& tokens, const std::string& language, Lines& lines) {
  const auto add_gap = [&](std::string_view key, std::int64_t count) {
    if (count == 0) return;
    text::Arguments arguments;
    add_number("count", count, language, arguments);
    lines.add(key, arguments);
  };
  add_gap("report.reconcile.tokens.gap.twice", tokens.spent_twice);
  add_gap("report.reconcile.tokens.gap.never_issued", tokens.never_issued);
}

void write_gaps_of(const Reconciliation::Paper& paper, bool spends_tokens, const std::string& language, Lines& lines) {
  if (paper.waiting > 0) {
    text::Arguments arguments;
    add_number("count", paper.waiting, language, arguments);
    lines.add("report.reconcile.paper.gap", arguments);
  }
  if (!spends_tokens || paper.responses() <= paper.tokens) return;
  lines.add("report.reconcile.paper.gap.tokens", {{"tokens", paper.tokens}, {"responses", paper.responses()}});
}

void write_token_gaps_of(const Kiosk& kiosk, Lines& lines) {
  const std::int64_t started = kiosk.told ? kiosk.told->started : 0;
  const text::Arguments arguments{{"kiosk", lines.name_of(kiosk)},
                                  {"tokens", kiosk.tokens},
                                  {"responses", kiosk.responses()},
                                  {"started", started}};
  if (kiosk.responses() > kiosk.tokens) lines.add("report.reconcile.tokens.gap.too_few", arguments);
  if (kiosk.told && kiosk.tokens > started) lines.add("report.reconcile.tokens.gap.too_many", arguments);
}

void write_kiosks(const std::vector<Kiosk>& kiosks, Lines& lines) {
  Ledger sum;
  std::int64_t reported = 0;
  for (const auto& kiosk : kiosks) {
    if (!kiosk.told) continue;
    ++reported;
    for (const auto& each : kLedgerCounts) sum.*each.count += (*kiosk.told).*each.count;
  }
  lines.add_space();
  lines.add("report.reconcile.kiosks", {{"reported", reported}, {"kiosks", static_cast<std::int64_t>(kiosks.size())}});
  lines.add_number("report.reconcile.started", sum.started);
  lines.add_number("report.reconcile.sent", sum.sent);
  lines.add_number("report.reconcile.withdrawn", sum.withdrawn);
  lines.add_number("report.reconcile.stopped", sum.stopped);
  lines.add_number("report.reconcile.timed_out", sum.timed_out);
  lines.add_number("report.reconcile.lost", sum.lost);
  lines.add_number("report.reconcile.kept", sum.waiting + sum.quarantined);
}

void write_paper(const Reconciliation::Paper& paper, Lines& lines) {
  if (!paper.is_used()) return;
  lines.add_space();
  lines.add("report.reconcile.paper");
  lines.add_number("report.reconcile.paper.counted", paper.counted);
  lines.add_number("report.reconcile.paper.waiting", paper.waiting);
}

void write_collector(const Reconciliation::Collector& collector, Lines& lines) {
  lines.add_space();
  lines.add("report.reconcile.collector");
  lines.add_number("report.reconcile.accepted", collector.accepted);
  lines.add_number("report.reconcile.sealed", collector.still_sealed);
  lines.add_number("report.reconcile.counted", collector.counted);
  lines.add_number("report.reconcile.set_aside", collector.set_aside);
  lines.add_number("report.reconcile.withdrawn", collector.withdrawn);
  if (collector.known_by_withdrawal > 0) lines.add_number("report.reconcile.restored", collector.known_by_withdrawal);
}

void write_tokens(const Reconciliation& sides, Lines& lines) {
  lines.add_space();
  if (!sides.tokens) return lines.add("report.reconcile.tokens.none");
  lines.add("report.reconcile.tokens");
  lines.add_number("report.reconcile.tokens.issued", sides.tokens->issued);
  lines.add_number("report.reconcile.tokens.spent", sides.tokens->spent);
  lines.add_number("report.reconcile.tokens.unused", sides.tokens->unused());
  lines.add_number("report.reconcile.tokens.twice", sides.tokens->spent_twice);
  lines.add_number("report.reconcile.tokens.never_issued", sides.tokens->never_issued);
  lines.add_number("report.reconcile.tokens.no_response", tokens_without_response(sides));
}

}  // namespace

std::int64_t tokens_without_response(const Reconciliation& reconciliation) {
  std::int64_t tokens = reconciliation.paper.tokens_without_response();
  for (const auto& kiosk : reconciliation.kiosks) tokens += kiosk.tokens_without_response();
  return tokens;
}

Result<std::vector<std::string>> gaps_of(const Reconciliation& reconciliation, const text::Catalogue& phrases) {
  Lines lines(phrases);
  if (!reconciliation.has_fieldwork_ended) return lines.finished();
  write_silent(reconciliation.kiosks, phrases.language(), lines);
  const bool is_any_missing = missing_of(reconciliation) > 0;
  for (const auto& kiosk : reconciliation.kiosks) write_gaps_of(kiosk, is_any_missing, lines);
  const auto& collector = reconciliation.collector;
  if (is_any_missing && collector.known_by_withdrawal > 0) {
    lines.add("report.reconcile.restored.gap", {{"count", collector.known_by_withdrawal}});
  }
  if (collector.accepted != collector.accounted_for()) {
    lines.add("report.reconcile.unaccounted", {{"accepted", collector.accepted}, {"found", collector.accounted_for()}});
  }
  write_gaps_of(reconciliation.paper, reconciliation.tokens.has_value(), phrases.language(), lines);
  if (!reconciliation.tokens) return lines.finished();
  write_gaps_of_tokens(*reconciliation.tokens, phrases.language(), lines);
  for (const auto& kiosk : reconciliation.kiosks) write_token_gaps_of(kiosk, lines);
  return lines.finished();
}

Result<std::string> reconciliation_text(const Reconciliation& reconciliation, const std::string& area,
                                        const std::string& inspection, const text::Catalogue& phrases) {
  const auto gaps = gaps_of(reconciliation, phrases);
  if (!gaps) return std::unexpected(gaps.error());
  Lines lines(phrases);
  lines.add("report.mark");
  lines.add_space();
  lines.add("report.reconcile.title", {{"area", area}, {"inspection", inspection}});
  if (!reconciliation.has_fieldwork_ended) {
    lines.add("report.reconcile.open");
  } else {
    if (gaps->empty()) lines.add("report.reconcile.agree");
    for (const auto& gap : *gaps) lines.add_text(gap);
    write_kiosks(reconciliation.kiosks, lines);
    write_paper(reconciliation.paper, lines);
    write_collector(reconciliation.collector, lines);
    write_tokens(reconciliation, lines);
  }
  const auto written = lines.finished();
  if (!written) return std::unexpected(written.error());
  return text::joined(*written, "\n", "\n") + "\n";
}

}  // namespace perspective::report
