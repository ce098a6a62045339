#include "attack/pooled/season.h"

#include <stdlib.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "base/clock.h"
#include "base/random.h"
#include "resources/data_folder.h"
#include "resources/service.h"
#include "support/cheap_keys.h"
#include "support/kiosk_package.h"
#include "support/power_cut_disk.h"
#include "support/sealing.h"
#include "support/source_folder.h"
#include "unit/http/web_client.h"
#include "unit/inspection/readers.h"
#include "upload/enrolment.h"
#include "upload/packages.h"
#include "upload/sender.h"

namespace perspective::attack {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using kiosk_package::unwrapped;

constexpr const char* kInspection = "lewes";
constexpr const char* kOutbox = "/outbox.sqlite";
constexpr std::uint64_t kMostOverABatch = 4;                   // visits while nothing could be sent
constexpr int kRoundsOfOneUnlocking = 3;                       // it takes a while, as it should
constexpr int kRoundsOfAStand = 20;                            // all comments on one page, and little is read anew
constexpr int kStepsOfSending = 3;                             // the pause, the batch, and nothing more
constexpr std::size_t kTraceDigits = 12;                       // of an id or digest in hexadecimal: not there by chance
constexpr std::string_view kLetters = "ghijklmnopqrstuvwxyz";  // no hexadecimal digit: no comment looks like an id
constexpr std::size_t kLettersOfAComment = 12;

// Random words: their alphabetical order is no guess, as the order in which somebody thinks of words is not.
std::string drawn_words() {
  std::string words;
  for (std::size_t i = 0; i < kLettersOfAComment; ++i) words += kLetters.at(random_below(kLetters.size()));
  return words;
}

std::string new_inspection() {
  return json::serialize(json::object{
      {"id", kInspection},
      {"area", "Lewes"},
      {"languages", json::array{"en"}},
      {"passphrase", inspection::kPassphrase},
      {"recovery_passphrase", inspection::kRecoveryPassphrase},
      {"questionnaires",
       json::array{json::object{{"definition", json::parse(inspection::kReaders)},
                                {"texts", json::object{{"en", inspection::kReadersTexts}}},
                                {"section", json::object{{"en", json::parse(inspection::kReadersSection)}}}}}}});
}

class Folder {
 public:
  Folder() {
    char name[] = "/tmp/perspective-pooled-XXXXXX";
    if (::mkdtemp(name) == nullptr) throw std::runtime_error("no folder");
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }
  fs::path operator/(const char* name) const { return path_ / name; }

 private:
  fs::path path_;
};

outbox::Options on_this_disk() {
  outbox::Options chosen;
  chosen.vfs = testing::PowerCutDisk::kName;
  chosen.reserve = [](const fs::path&, std::uint64_t) { return true; };
  return chosen;
}

std::unique_ptr<resources::Service> served(const fs::path& folder) {
  const fs::path assets = fs::path(kSourceFolder) / "assets";
  unwrapped(resources::DataFolder(folder).make({.hosts = {"127.0.0.1"}, .port = 0}, SystemClock()));
  auto service = unwrapped(resources::Service::open({.data = folder,
                                                     .assets = assets,
                                                     .listen = {},
                                                     .port = {},
                                                     .is_swap_allowed = true,
                                                     .passphrase_cost = keys::kCheap}));
  service->start();
  return service;
}

struct Stand {
  Folder folder;
  std::unique_ptr<resources::Service> service = served(folder / "collector");
  WebClient inspector{"http://collector"};
  testing::PowerCutDisk disk;
  std::unique_ptr<outbox::Outbox> box = unwrapped(outbox::Outbox::open(kOutbox, on_this_disk()));
  upload::Enrolment kiosk;
  protocol::Package package;
  std::unique_ptr<upload::Transport> line;
  std::vector<std::string> pages;   // of results, as they were handed out
  std::vector<std::string> audits;  // which name the kiosk where it was let in, and nothing of an envelope

  Stand() {
    inspector.socket = folder / "collector" / "admin.sock";
    asked("POST", "/v1/inspections", new_inspection());
    const auto invite = asked("POST", "/v1/invites", R"({"inspection":"lewes","name":"Front office"})").at("invite");
    kiosk = unwrapped(upload::enrol(std::string(invite.as_string()), folder / "kiosk", upload::make_curl_transport));
    line = upload::make_curl_transport(kiosk.identity());
    upload::PackageShelf shelf(folder / "kiosk", kiosk.authority_pem);
    unwrapped(shelf.fetch(*line));
    package = shelf.load().packages.at(0);
  }

  json::object asked(const std::string& method, const std::string& path, const std::string& body) {
    const auto answer = inspector.send(method, path, body.empty() ? nullptr : &body);
    if (answer.status / 100 != 2) throw std::runtime_error(path + ": " + answer.body);
    return json::parse(answer.body).as_object();
  }
  std::string page(const std::string& path) {
    auto answer = inspector.get("/v1/inspections" + path);
    if (answer.status != 200) throw std::runtime_error(path + ": " + answer.body);
    pages.push_back(answer.header + answer.body);
    return std::move(answer.body);
  }
  void unlock_anew() {
    asked("POST", "/v1/inspections/lewes/lock", "{}");
    asked("POST", "/v1/inspections/lewes/unlock",
          json::serialize(json::object{{"passphrase", inspection::kPassphrase}}));
  }

  Visit visit() {
    const auto words = drawn_words();
    auto one = kiosk_package::sealed(package, inspection::weekly_reader(words));
    const outbox::Envelope sealed{one.id, kInspection, std::move(one.body)};
    Visit made{.id = one.id, .digest = protocol::digest_of(sealed.body), .words = words};
    unwrapped(box->put(sealed));
    return made;
  }
  std::vector<outbox::Id> send(const std::vector<Visit>& visits);
  Look look(const std::vector<Visit>& visits);
  void search(const Round& round, std::set<std::string>& traces) const;
};

// Between the sender and TLS: in which order the envelopes go.
class Tapped final : public upload::Transport {
 public:
  Tapped(upload::Transport& line, const std::vector<Visit>& visits) : line_(line), visits_(visits) {}

  Result<upload::Answer> send(const upload::Request& request) override {
    std::map<std::ptrdiff_t, outbox::Id> found;
    for (const Visit& visit : visits_) {
      const auto at = std::ranges::search(request.body, visit.id).begin();
      if (at != request.body.end()) found[at - request.body.begin()] = visit.id;
    }
    for (const auto& [at, id] : found) sent.push_back(id);
    return line_.send(request);
  }

  std::vector<outbox::Id> sent;

 private:
  upload::Transport& line_;
  const std::vector<Visit>& visits_;
};

std::vector<outbox::Id> Stand::send(const std::vector<Visit>& visits) {
  Tapped tapped(*line, visits);
  upload::Sender sender(*box, tapped, [&](const std::string&) {
    return upload::Sender::Terms{.receipt_key = package.receipt_key, .at_least = package.smallest_batch};
  });
  for (int step = 0; step < kStepsOfSending; ++step) sender.step();
  if (tapped.sent.size() != visits.size()) throw std::runtime_error("a batch did not go");
  return tapped.sent;
}

Look Stand::look(const std::vector<Visit>& visits) {
  Look seen;
  std::vector<std::pair<std::string, std::string>> by_reference;
  const auto comments = json::parse(page("/lewes/comments?limit=500")).at("comments").as_array();
  for (const auto& comment : comments) {
    const std::string words(comment.at("text").as_string());
    if (std::ranges::find(visits, words, &Visit::words) == visits.end()) continue;  // of an earlier batch
    seen.list.push_back(words);
    by_reference.emplace_back(comment.at("reference").as_string(), words);
  }
  std::ranges::sort(by_reference);
  for (const auto& [reference, words] : by_reference) {
    seen.references.push_back(words);
    asked("POST", "/v1/inspections/lewes/quotations", json::serialize(json::object{{"reference", reference}}));
    asked("POST", "/v1/inspections/lewes/comments/" + reference + "/read", "{}");
  }
  asked("POST", "/v1/inspections/lewes/comments/" + by_reference.at(0).first + "/concerns", R"({"lead":"Anna"})");
  const std::string section = page("/lewes/section?kind=full&language=en&reason=look");
  std::map<std::size_t, std::string> places;
  for (const Visit& visit : visits) places[section.find(visit.words)] = visit.words;
  for (const auto& [place, words] : places) seen.section.push_back(words);
  for (const char* path :
       {"", "/lewes/tally?format=text&reason=look", "/lewes/tally?format=json&reason=look", "/lewes/concerns"}) {
    page(path);
  }
  pages.push_back(inspector.get("/v1/alarms").body);
  audits.push_back(inspector.get("/v1/audit?limit=500").body);
  return seen;
}

void Stand::search(const Round& round, std::set<std::string>& traces) const {
  std::unordered_map<std::string, const char*> looked_for;  // each piece of an id or digest, and whose it is
  const auto look_for = [&](const std::string& hex, const char* what) {
    for (std::size_t at = 0; at + kTraceDigits <= hex.size(); ++at)
      looked_for.emplace(hex.substr(at, kTraceDigits), what);
  };
  for (const Visit& visit : round.visits) {
    look_for(to_hex(visit.id), "an envelope's id");
    look_for(to_hex(visit.digest), "an envelope's digest");
  }
  const auto look_on = [&](const std::string& page) {
    for (std::size_t at = 0; at + kTraceDigits <= page.size(); ++at) {
      const auto found = looked_for.find(page.substr(at, kTraceDigits));
      if (found != looked_for.end()) traces.insert(found->second);
    }
  };
  for (const std::string& page : pages) {
    if (page.find(kiosk.kiosk) != std::string::npos) traces.insert("the kiosk's name");
    look_on(page);
  }
  for (const std::string& page : audits) look_on(page);
}

}  // namespace

Season season(int rounds) {
  Season season;
  std::unique_ptr<Stand> stand;
  for (int number = 0; number < rounds; ++number) {
    if (number % kRoundsOfAStand == 0) {
      stand.reset();  // the disk of the last is gone before the next has one
      stand = std::make_unique<Stand>();
      stand->unlock_anew();
    }
    Round round;
    const std::size_t visits = stand->package.smallest_batch + random_below(kMostOverABatch);
    while (round.visits.size() < visits) round.visits.push_back(stand->visit());
    round.sent = stand->send(round.visits);
    stand->pages.clear();
    stand->audits.clear();  // of earlier rounds: before these visits, whose ids are drawn
    round.arrived = stand->look(round.visits);
    if (number % kRoundsOfOneUnlocking == 0) {
      stand->unlock_anew();
      round.unlocked = stand->look(round.visits);
    }
    stand->search(round, season.traces);
    season.rounds.push_back(std::move(round));
  }
  return season;
}

}  // namespace perspective::attack
