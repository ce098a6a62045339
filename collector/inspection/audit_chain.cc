#include "inspection/audit_chain.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "base/clock.h"

namespace perspective::inspection {
namespace {

namespace json = boost::json;

// Each begins with what it is for: hash and signature are good for nothing else.
constexpr std::string_view kEntryWords = "perspective audit entry 1\n";
constexpr std::string_view kHeadWords = "perspective audit head 1\n";

protocol::Digest hash_of(std::string_view line) {
  return protocol::digest_of(as_bytes(std::string(kEntryWords) + std::string(line)));
}

std::string hex_of(const protocol::Digest& hash) { return to_hex(ByteView(hash)); }

std::string words_to_sign(const AuditHead& head) {
  return fmt::format("{}{} {}\n", kHeadWords, head.number, hex_of(head.hash));
}

struct Told {
  std::int64_t number = 0;
  std::string before;
};

std::optional<Told> told_by(const std::string& line) {
  boost::system::error_code error;
  const auto value = json::parse(line, error);
  if (error || !value.is_object()) return std::nullopt;
  const auto* const number = value.get_object().if_contains("number");
  const auto* const before = value.get_object().if_contains("before");
  if (number == nullptr || !number->is_int64() || before == nullptr || !before->is_string()) return std::nullopt;
  return Told{number->get_int64(), std::string(before->get_string())};
}

// One entry as it lies there.
struct Link {
  std::int64_t place = 0;   // in the store
  std::int64_t number = 0;  // as it says itself; where that cannot be believed its place
  protocol::Digest hash{};
  std::string before;
  bool is_signed = false;
};

Link link_of(const store::AuditEntry& entry, ByteView public_key) {
  Link link{
      .place = entry.number, .number = entry.number, .hash = hash_of(entry.line), .before = {}, .is_signed = false};
  auto told = told_by(entry.line);
  protocol::Receipt signature{};
  if (!told || entry.signature.size() != signature.size()) {
    if (told) link.before = told->before;
    return link;
  }
  std::ranges::copy(entry.signature, signature.begin());
  link.is_signed = protocol::is_signed(signature, as_bytes(words_to_sign({told->number, link.hash})), public_key);
  if (link.is_signed) link.number = told->number;
  link.before = std::move(told->before);
  return link;
}

class Verification {
 public:
  Verification(const std::vector<store::AuditEntry>& entries, ByteView public_key) {
    links_.reserve(entries.size());
    for (const auto& entry : entries) {
      links_.push_back(link_of(entry, public_key));
      by_number_.emplace(links_.back().number, links_.size() - 1);
    }
  }

  std::vector<AuditFault> run(const std::vector<AuditHead>& since) {
    check_signatures();
    check_order();
    check_numbers();
    check_links();
    for (const auto& head : since) check_head(head);
    return std::move(faults_);
  }

 private:
  using Kind = AuditFault::Kind;
  void add(Kind kind, std::string says) { faults_.push_back({kind, std::move(says)}); }

  static std::string entries_in_words(std::int64_t first, std::int64_t last) {
    return first == last ? fmt::format("Entry {}", first) : fmt::format("Entries {} to {}", first, last);
  }

  const Link* find(std::int64_t number) const {
    const auto found = by_number_.find(number);
    return found == by_number_.end() ? nullptr : &links_[found->second];
  }

  void check_signatures() {
    for (std::size_t i = 0; i < links_.size(); ++i) {
      const auto& link = links_[i];
      if (link.is_signed) continue;
      const Link* const next = find(link.number + 1);
      if (next != nullptr && next->is_signed && next->before == hex_of(link.hash)) {
        add(Kind::signature,
            fmt::format("The signature of entry {0} was changed; what the entry says was not, for entry {1} "
                        "still names it.",
                        link.number, link.number + 1));
      } else {
        add(Kind::changed,
            fmt::format("Entry {} was changed, or not written by this collector: its signature is not over "
                        "what it says.",
                        link.number));
      }
    }
  }

  // The numbers that the entries say of themselves must rise.
  void check_order() {
    for (std::size_t i = 0; i + 1 < links_.size(); ++i) {
      const auto here = links_[i].number;
      const auto next = links_[i + 1].number;
      if (here == next) add(Kind::twice, fmt::format("Entry {} is there twice.", here));
      if (here <= next) continue;
      const auto partner = std::ranges::find_if(
          links_, [&](const Link& link) { return link.number == links_[i].place && link.place == here; });
      add(Kind::swapped, partner != links_.end()
                             ? fmt::format("Entries {} and {} have changed places.", links_[i].place, here)
                             : fmt::format("Entry {} stands behind entry {}: it was moved.", next, here));
      if (partner != links_.end()) i = std::max(i, static_cast<std::size_t>(partner - links_.begin()));
    }
  }

  void check_numbers() {
    std::vector<std::int64_t> numbers;
    for (const auto& link : links_) numbers.push_back(link.number);
    std::ranges::sort(numbers);
    std::int64_t expected = 1;
    for (const auto number : numbers) {
      if (number > expected) {
        add(Kind::dropped,
            fmt::format("{} {} missing: {} entry {}.", entries_in_words(expected, number - 1),
                        expected == number - 1 ? "is" : "are",
                        expected == 1 ? "the audit begins with" : fmt::format("entry {} is followed by", expected - 1),
                        number));
      }
      expected = std::max(expected, number + 1);
    }
  }

  void check_links() {
    for (const auto& link : links_) {
      if (!link.is_signed) continue;
      if (link.number == 1) {
        if (link.before != hex_of({}))
          add(Kind::replaced, "Entry 1 names one before it: it is not the first of this audit.");
        continue;
      }
      const Link* const before = find(link.number - 1);
      if (before == nullptr || !before->is_signed || hex_of(before->hash) == link.before) continue;
      add(Kind::replaced,
          fmt::format("Entry {} was written after another entry {} than the one that is here: one of the two "
                      "was put in its place.",
                      link.number, link.number - 1));
    }
  }

  void check_head(const AuditHead& head) {
    const std::int64_t last = by_number_.empty() ? 0 : by_number_.rbegin()->first;
    if (head.number > last) {
      add(Kind::cut_off, fmt::format("{} {} cut off: the audit ends with {}, and once it ended with entry {}.",
                                     entries_in_words(last + 1, head.number), last + 1 == head.number ? "was" : "were",
                                     last == 0 ? "nothing" : fmt::format("entry {}", last), head.number));
      return;
    }
    const Link* const there = find(head.number);
    if (there != nullptr && there->hash == head.hash) return;
    if (there == nullptr) return;  // told as missing
    add(Kind::replaced,
        fmt::format("Entry {} is not the one whose head was kept: it was replaced, or the head is another "
                    "collector's.",
                    head.number));
  }

  std::vector<Link> links_;
  std::map<std::int64_t, std::size_t> by_number_;
  std::vector<AuditFault> faults_;
};

}  // namespace

WholeChain::WholeChain(Bytes public_key, std::vector<AuditHead> since)
    : public_key_(std::move(public_key)), unmet_(std::move(since)) {}

bool WholeChain::take(const store::AuditEntry& next) {
  const auto link = link_of(next, public_key_);
  const bool is_next = link.is_signed && link.number == last_.number + 1 && link.place == link.number;
  if (!is_next || link.before != hex_of(last_.hash)) return false;
  last_ = {link.number, link.hash};
  std::erase(unmet_, last_);
  return true;
}

bool WholeChain::ends_whole() const { return unmet_.empty(); }

std::string to_text(const AuditHead& head) { return fmt::format("{}:{}", head.number, hex_of(head.hash)); }

Result<AuditHead> head_from(std::string_view text) {
  AuditHead head;
  const auto colon = text.find(':');
  const auto* const end = text.data() + std::min(colon, text.size());
  const auto parsed = std::from_chars(text.data(), end, head.number);
  const auto hex = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  const auto hash = from_hex(hex.substr(0, hex.find(':')));
  if (parsed.ec != std::errc() || parsed.ptr != end || head.number < 1 || !hash || hash->size() != head.hash.size()) {
    return fail(ErrorCode::invalid,
                "that is no head of an audit: one is a number, a colon, and 64 digits and letters a to f, as "
                "`audit verify` and the collector's log have it");
  }
  std::ranges::copy(*hash, head.hash.begin());
  return head;
}

AuditHead head_of(const store::AuditEntry& entry) { return {entry.number, hash_of(entry.line)}; }

std::string signed_text(const store::AuditEntry& entry) {
  return to_text(head_of(entry)) + ":" + to_hex(entry.signature);
}

Result<store::AuditEntry> next_entry(const AuditEvent& event, std::int64_t now_s, const std::string& host,
                                     const std::optional<store::AuditEntry>& newest, const protocol::ReceiptKey& key) {
  json::object line{{"number", newest ? newest->number + 1 : 1},
                    {"at", time_text(now_s)},
                    {"who", event.who},
                    {"host", host},
                    {"what", event.what}};
  if (!event.inspection.empty()) line["inspection"] = event.inspection;
  if (!event.about.empty()) line["about"] = json::value_from(event.about);
  line["before"] = hex_of(newest ? hash_of(newest->line) : protocol::Digest{});
  store::AuditEntry entry{.number = line["number"].get_int64(), .line = json::serialize(line), .signature = {}};
  const auto signature = key.sign(as_bytes(words_to_sign(head_of(entry))));
  if (!signature) return std::unexpected(signature.error());
  entry.signature.assign(signature->begin(), signature->end());
  return entry;
}

std::string_view to_text(AuditFault::Kind kind) {
  switch (kind) {
    case AuditFault::Kind::changed:
      return "changed";
    case AuditFault::Kind::signature:
      return "signature";
    case AuditFault::Kind::dropped:
      return "dropped";
    case AuditFault::Kind::swapped:
      return "swapped";
    case AuditFault::Kind::twice:
      return "twice";
    case AuditFault::Kind::replaced:
      return "replaced";
    case AuditFault::Kind::cut_off:
      break;
  }
  return "cut-off";
}

std::vector<AuditFault> verify(const std::vector<store::AuditEntry>& entries, ByteView public_key,
                               const std::vector<AuditHead>& since) {
  return Verification(entries, public_key).run(since);
}

}  // namespace perspective::inspection
