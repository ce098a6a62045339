#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "generate.h"
#include "inspection/audit_chain.h"

namespace perspective::vectors {
namespace {

using Chain = std::vector<store::AuditEntry>;

constexpr std::int64_t kFirst_s = 1'353'585'600;  // 22 November 2012, noon

class Audits {
 public:
  explicit Audits(Workshop& workshop) : workshop_(workshop) {}

  protocol::ReceiptKey key(const std::string& name) const {
    return protocol::ReceiptKey::parse(workshop_.pem(name + ".key")).value();
  }

  // Written on, by the collector's own code; `who` makes two chains differ.
  Chain written(Chain chain, std::size_t entries, const std::string& who = "anna (uid 1000)",
                const std::string& by = "receipt") const {
    const std::vector<std::string> what{"inspection created", "tokens issued", "inspection unlocked", "tally read",
                                        "inspection locked"};
    while (chain.size() < entries) {
      inspection::AuditEvent event{.who = who, .what = what.at(chain.size()), .inspection = kInspection};
      if (event.what == "tokens issued") event.about = {{"count", "40"}};
      const auto newest = chain.empty() ? std::nullopt : std::optional(chain.back());
      const auto now_s = kFirst_s + 60 * static_cast<std::int64_t>(chain.size());
      chain.push_back(inspection::next_entry(event, now_s, "collector.example", newest, key(by)).value());
    }
    return chain;
  }
  Chain whole() const { return written({}, 5); }

  void add(const std::string& name, const std::string& expect, const std::string& comment, const Chain& chain,
           const std::optional<store::AuditEntry>& since = {}) const {
    std::string text = "perspective audit 1\nkey " + to_hex(key("receipt").public_key()) + "\n";
    for (const auto& entry : chain) {
      text += std::to_string(entry.number) + " " + to_hex(entry.signature) + " " + entry.line + "\n";
    }
    Lines lines{{"expect", expect}, {"key", "receipt"}, {"comment", comment}};
    if (since) lines["since"] = inspection::to_text(inspection::head_of(*since));
    workshop_.add(testing::audit_vectors(), name, std::move(lines), Bytes(text.begin(), text.end()));
  }

 private:
  Workshop& workshop_;
};

void replace(std::string& line, const std::string& what, const std::string& by) {
  line.replace(line.find(what), what.size(), by);
}

// The places closed up, as if nothing were missing.
Chain renumbered(Chain chain) {
  for (std::size_t i = 0; i < chain.size(); ++i) chain[i].number = static_cast<std::int64_t>(i) + 1;
  return chain;
}

Chain without(Chain chain, std::size_t index) {
  chain.erase(chain.begin() + static_cast<std::ptrdiff_t>(index));
  return chain;
}

Chain exchanged(Chain chain, std::size_t a, std::size_t b) {
  std::swap(chain[a], chain[b]);
  return renumbered(chain);
}

void add_whole(const Audits& make) {
  const auto whole = make.whole();
  make.add("ok", "ok", "Five entries.", whole);
  make.add("ok_since", "ok", "Five entries, of which the third was the last when its head was kept.", whole, whole[2]);
  make.add("ok_since_last", "ok", "The head that was kept is the last entry's.", whole, whole[4]);
  make.add("ok_empty", "ok", "Nothing yet.", {});
}

void add_changed(const Audits& make) {
  auto changed = make.whole();
  replace(changed[2].line, "anna", "otto");
  make.add("changed", "changed", "Another name in entry 3.", changed);
  auto last = make.whole();
  replace(last[4].line, "locked", "closed");
  make.add("changed_last", "changed", "Another word in the last entry, which no other names.", last);
  auto no_json = make.whole();
  no_json[1].line = "nothing";
  make.add("changed_no_json", "changed", "Entry 2 says nothing.", no_json);
  make.add("changed_by_another_key", "changed", "Entries 3 to 5 written anew by somebody with another key.",
           make.written(make.written({}, 2), 5, "otto (uid 1001)", "other-receipt"));
  auto signature = make.whole();
  signature[2].signature[40] ^= 1;
  make.add("signature", "signature", "One bit of the signature of entry 3.", signature);
  auto gone = make.whole();
  gone[2].signature.pop_back();
  make.add("signature_cut_short", "signature", "The signature of entry 3 without its last byte.", gone);
}

void add_moved(const Audits& make) {
  const auto whole = make.whole();
  make.add("dropped", "dropped", "Without entry 3.", without(whole, 2));
  make.add("dropped_renumbered", "dropped", "Without entry 3, and the places behind it closed up.",
           renumbered(without(whole, 2)));
  make.add("dropped_first", "dropped", "Without entry 1.", without(whole, 0));
  make.add("swapped", "swapped", "Entries 2 and 4 in each other's places.", exchanged(whole, 1, 3));
  make.add("swapped_neighbours", "swapped", "Entries 2 and 3 in each other's places.", exchanged(whole, 1, 2));
  auto moved = whole;
  moved.push_back(moved[1]);
  make.add("swapped_moved", "swapped", "Entry 2 moved to the end.", renumbered(without(moved, 1)));
  auto twice = whole;
  twice.insert(twice.begin() + 2, twice[2]);
  make.add("twice", "twice", "Entry 3 twice, and the places behind it moved on.", renumbered(twice));
}

void add_cut(const Audits& make) {
  const auto whole = make.whole();
  const auto three = make.written({}, 3);
  make.add("cut_off", "cut-off", "Three entries; the head of the fifth was kept.", three, whole[4]);
  make.add("cut_off_all", "cut-off", "No entry; the head of the fifth was kept.", {}, whole[4]);
  const auto other = make.written(three, 5, "otto (uid 1001)");
  make.add("replaced", "replaced", "Put back to entry 3 and written on: entry 4 is not the one whose head was kept.",
           other, whole[3]);
  auto mixed = whole;
  mixed[3] = other[3];
  make.add("replaced_one", "replaced", "Entry 4 of another such chain: genuine, but entry 5 names the first one.",
           mixed);
}

}  // namespace

void add_audits(Workshop& workshop) {
  const Audits make(workshop);
  add_whole(make);
  add_changed(make);
  add_moved(make);
  add_cut(make);
}

}  // namespace perspective::vectors
