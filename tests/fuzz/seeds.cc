// Writes the seeds of every target below a folder: fuzz_seeds FOLDER. They are made by the project's own functions of
// what the project ships: its questionnaires, texts and test vectors, a visit that was answered. So they follow the
// formats, and none is kept in the repository.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <map>

#include "authoring/folder.h"
#include "keeper/channel.h"
#include "protocol/batch.h"
#include "protocol/bundle.h"
#include "protocol/enrolment.h"
#include "protocol/ledger.h"
#include "protocol/package.h"
#include "protocol/self_report.h"
#include "protocol/token_report.h"
#include "readiness/report.h"
#include "support/source_folder.h"
#include "support/test_keys.h"
#include "support/trial_visit.h"
#include "support/vector_file.h"
#include "survey/routing.h"
#include "survey/submission.h"
#include "xlsform/export.h"

namespace perspective::fuzz {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = kSourceFolder;
constexpr std::size_t kMostBytes = 20'000;  // of one seed: longer ones teach a fuzzer little and slow it

class Seeds {
 public:
  explicit Seeds(fs::path folder) : folder_(std::move(folder)) {}

  void add(const std::string& target, const std::string& name, std::string_view bytes) const {
    if (bytes.size() > kMostBytes) return;
    fs::create_directories(folder_ / target);
    write_file(folder_ / target / name, as_bytes(bytes)).value();
  }

 private:
  fs::path folder_;
};

std::string text_of(ByteView bytes) { return std::string(as_text(bytes)); }

std::vector<fs::path> questionnaires() {
  std::vector<fs::path> folders;
  for (const fs::path& house : {kSource / "assets/questionnaires", kSource / "tests/fixtures"}) {
    for (const auto& entry : fs::directory_iterator(house)) {
      if (fs::exists(entry.path() / "definition.json")) folders.push_back(entry.path());
    }
  }
  return folders;
}

std::string english(const authoring::Catalogues& catalogues) {
  const auto found = catalogues.find("en");
  return found == catalogues.end() ? "{}" : found->second;
}

void add_definitions(const Seeds& seeds) {
  const std::string answers("\x01\x01\x01\x02\x01\x03\x01\x01\x01\x02\x01\x05Words\x01\x01\x02\x02\x03\x03", 23);
  for (const auto& folder : questionnaires()) {
    const auto read = authoring::read_folder(folder).value();
    const auto questionnaire = survey::Questionnaire::parse(read.definition).value();
    std::string picture;
    for (const auto& [name, svg] : authoring::used_pictures(read)) picture = svg;
    const std::string name = folder.filename();
    seeds.add(
        "definition", name,
        read.definition + "\f" + english(read.texts) + "\f" + english(read.section) + "\f" + picture + "\f" + answers);
    seeds.add("definition", name + ".alone", read.definition + "\f\f\f\f" + answers);
    int count = 0;
    for (const auto& item : questionnaire.items) {
      if (item.relevant.is_always()) continue;
      std::string lines = item.relevant.source();
      for (const auto& variable : item.relevant.variables()) {
        lines += "\n" + (variable.size() % 2 == 0 ? std::string("3") : item.variable);
      }
      seeds.add("condition", name + std::to_string(++count), lines);
    }
  }
  const std::string definition(trial::kDefinition);
  seeds.add("definition", "trial", definition + "\f" + std::string(trial::kWords) + "\f{}\f\f" + answers);
}

void add_conditions(const Seeds& seeds) {
  int count = 0;
  for (const char* text :
       {"${a} = 'x' and ${b} != 'y'\nx\nz", "not(selected(${a}, 'x')) or count-selected(${b}) >= 2\nx y\nq r s",
        "(${a} < 3 or ${a} > 5) and not(${b} = \"\")\n4\n", "${a} <= ${b} or ${c} = -1.5e3\n1\n2\n3",
        "not(${a} = '' and (${b} = '' or ${c} = '')) and ${d} = ${e}\n\n1\n\nx\nx", "${a} == 3"}) {
    seeds.add("condition", "own" + std::to_string(++count), text);
  }
}

void add_forms(const Seeds& seeds) {
  for (const auto& folder : questionnaires()) {
    const auto form = xlsform::export_form(authoring::read_folder(folder).value());
    if (form) seeds.add("xlsform", folder.filename(), "f" + text_of(xlsform::write_workbook(form->workbook).value()));
  }
}

void add_vectors(const Seeds& seeds) {
  const auto folder = testing::vectors_folder();
  const auto envelopes = testing::load_vectors(folder, testing::envelope_vectors()).value();
  for (const auto& vector : envelopes) {
    seeds.add("envelope", vector.name, text_of(vector.body));
    const auto plain = envelope::open(vector.body, testing::test_opening_key(folder / "keys", "inspection"));
    if (plain) seeds.add("submission", vector.name, plain->text());
  }
  const auto packages = testing::load_vectors(folder, testing::package_vectors()).value();
  for (const auto& vector : packages) {
    seeds.add("package", vector.name, "b" + text_of(vector.body));
    const auto package = protocol::verify_package(vector.body, testing::test_pem(folder / "keys", "authority.pem"));
    if (package) seeds.add("package", vector.name + ".json", "j" + protocol::to_json(*package));
  }
  const auto bundles = testing::load_vectors(folder, testing::bundle_vectors()).value();
  seeds.add("package", "signed_but_none", R"(j{"format":1})");
  for (const auto& vector : bundles) {
    seeds.add("bundle", vector.name, "b" + text_of(vector.body));
  }
}

std::string submission_of(const survey::Questionnaire& questionnaire, const survey::Answers& answers) {
  const auto kept = survey::prune(questionnaire, answers);
  std::set<std::size_t> all;
  for (std::size_t i = 0; i < questionnaire.items.size(); ++i) all.insert(i);
  return survey::to_json({.envelope = "9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d",
                          .inspection = "croydon-2012",
                          .questionnaire = questionnaire.id,
                          .version = questionnaire.version,
                          .language = "en",
                          .mode = "kiosk",
                          .answers = kept,
                          .absent = survey::absences(questionnaire, kept, all)});
}

survey::Answer first_answer(const survey::Item& item) {
  const auto& options = survey::options_of(item);
  if (options.empty()) return survey::Words{"Warm \"room\".\nBooks."};
  if (std::holds_alternative<survey::MultipleChoice>(item.kind)) return survey::Choices{{options[0].id}};
  return survey::Choice{options[0].id};
}

// Answered by the first option each time, but for one item, which is passed over.
void add_submissions(const Seeds& seeds) {
  const auto definition = read_text(kSource / "tests/fixtures/library-readers/definition.json").value();
  const auto questionnaire = survey::Questionnaire::parse(definition).value();
  for (std::size_t passed_over = 0; passed_over < questionnaire.items.size(); ++passed_over) {
    survey::Answers answers;
    for (const auto& item : questionnaire.items) {
      if (item.variable == questionnaire.items[passed_over].variable) continue;
      answers[item.variable] = first_answer(item);
    }
    seeds.add("submission", "answered" + std::to_string(passed_over), submission_of(questionnaire, answers));
  }
}

void add_cargo(const Seeds& seeds) {
  const Ledger ledger{.started = 3, .sent = 3};
  const std::string proofs(128, 'a');
  std::string envelopes(2 * (16 + 1489), 'e');
  envelopes[0] = 'x';
  const std::string head = "kperspective bundle 2\ncroydon-2012\n";
  seeds.add("bundle", "all", head + proofs + "\n" + protocol::encode_ledger(ledger) + "\n" + envelopes);
  seeds.add("bundle", "tokens", head + proofs + "\n\n");
  seeds.add("bundle", "ledger", head + "\n" + protocol::encode_ledger(ledger) + "\n");
  seeds.add("bundle", "envelopes", head + "\n\n" + envelopes);
  const protocol::CourierReceipts receipts{.inspection = "croydon-2012",
                                           .outcomes = {{{1}, 201, protocol::Receipt{7}, ""}},
                                           .end_of_fieldwork = protocol::Receipt{9}};
  seeds.add("bundle", "receipts", "r" + protocol::to_json(receipts));
}

void add_messages(const Seeds& seeds) {
  const std::vector<protocol::Outcome> outcomes{{{1}, 201, protocol::Receipt{1}, ""}, {{2}, 409, {}, "another"}};
  const std::vector<protocol::SealedEnvelope> batch{{{1}, Bytes(64, 1)}, {{2}, Bytes(64, 2)}};
  const protocol::Invite invite{.host = "collector.example",
                                .port = 8443,
                                .authority_sha256 = std::string(64, 'a'),
                                .secret = "0123456789ABCDEF"};
  seeds.add("message", "batch", "b" + text_of(protocol::encode_batch(batch)));
  seeds.add("message", "outcomes", "o" + protocol::encode_outcomes(outcomes));
  seeds.add("message", "ledger", "l" + protocol::encode_ledger({.started = 5, .stopped = 2, .sent = 3}));
  seeds.add("message", "tokens",
            "t" + text_of(protocol::encode_tokens({protocol::TokenProof{1}, protocol::TokenProof{2}})));
  seeds.add("message", "receipt", "w" + protocol::encode_token_receipt(protocol::Receipt{3}));
  seeds.add("message", "invite", "i" + protocol::to_text(invite));
  seeds.add("message", "request", "c" + protocol::make_device_key().value().request_pem);
  std::string headers;
  for (auto header : protocol::headers_of({.program = "0.1.0", .clock_s = 1'353'585'600, .is_waiting = true})) {
    for (auto at = header.begin(); *at != ':'; ++at) *at = static_cast<char>(std::tolower(*at));
    headers += header + "\n";
  }
  seeds.add("message", "headers", "s" + headers);
}

std::string with_length(const Bytes& packet) {
  return {std::string(1, static_cast<char>(packet.size() % 256)) + static_cast<char>(packet.size() / 256) +
          text_of(packet)};
}

void add_packets(const Seeds& seeds) {
  using namespace keeper;
  std::string all;
  const std::vector<Message> messages = [] {
    std::vector<Message> some;
    some.push_back(State{outbox::State::empty, {readiness::reason_numbered(1).value()}});
    some.push_back(PutFailed{ErrorCode::io, "the disk is full"});
    some.push_back(VisitStarted{"croydon-2012"});
    some.push_back(Put{{outbox::Id{1}, "croydon-2012", Bytes(40, 2)}});
    some.push_back(VisitEnded{outbox::Ending::timed_out});
    some.push_back(Spend{{"croydon-2012", outbox::TokenProof{4}}});
    some.push_back(TokenAnswer{TokenFate::spent_before});
    some.push_back(PinTried{true, 70'000});
    some.push_back(Withdraw{{{outbox::Id{5}, "croydon-2012"}, {outbox::Id{6}, "hove-2012"}}});
    some.push_back(NowSent{readiness::reason_numbered(2)});
    some.push_back(LookedOver{"{}"});
    some.push_back(StickUsed{{.has_copy = true}});
    some.push_back(Show{});
    some.push_back(Deleted{});
    return some;
  }();
  for (const auto& message : messages) {
    const auto packet = encode(message);
    seeds.add("keeper", "packet" + std::to_string(packet[0]), "p" + with_length(packet));
    all += with_length(packet);
  }
  seeds.add("keeper", "packets", "p" + all);
  readiness::Facts facts;
  facts.version = "0.1.0";
  facts.packages = {{"croydon-2012", 3}};
  facts.clock_ahead_s = -4;
  facts.last_day = "2026-11-22";
  facts.sound = readiness::Outlet::headphones;
  facts.has_secure_boot = true;
  seeds.add("keeper", "facts", "f" + readiness::to_json(facts));
}

// At each step of a visit in which everything is answered.
void add_drafts(const Seeds& seeds) {
  visit::Visit visit(trial::setting());
  int count = 0;
  const auto act = [&](const visit::Action& action) {
    visit.apply(action);
    seeds.add("keeper", "draft" + std::to_string(++count), "d" + visit.to_draft());
  };
  for (const visit::Action& action : std::vector<visit::Action>{visit::ChooseLanguage{"en"},
                                                                visit::Next{},
                                                                visit::ShowYours{},
                                                                visit::NextSize{},
                                                                visit::Close{},
                                                                visit::Next{},
                                                                visit::Next{},
                                                                visit::Skip{},
                                                                visit::Choose{"down"},
                                                                visit::Explain{"hard"},
                                                                visit::Next{},
                                                                visit::Choose{"up"},
                                                                visit::Next{},
                                                                visit::Choose{"red"},
                                                                visit::Choose{"blue"},
                                                                visit::Next{},
                                                                visit::Write{"Some words"},
                                                                visit::ShowKeyboard{},
                                                                visit::Close{},
                                                                visit::Next{},
                                                                visit::Change{"a"},
                                                                visit::Choose{"up"},
                                                                visit::Next{},
                                                                visit::ShowTalk{},
                                                                visit::Close{},
                                                                visit::Send{}}) {
    act(action);
  }
  visit.keep_words({"one", "two", "three", "four"});
  visit.finish_sending();
  act(visit::Finish{});
}

void add_requests(const Seeds& seeds) {
  const std::string get = "GET /v1/inspections/croydon%2D2012/tally?as=json&of=%C3%A9 HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string to = " /v1/inspections/croydon-2012/envelopes HTTP/1.1\r\nHost: x\r\n";
  const std::string whole(1, '\0');
  seeds.add("http", "get", whole + get);
  seeds.add("http", "two", whole + get + get);
  seeds.add("http", "pieces", "\x01" + get + get);
  seeds.add("http", "post", whole + "POST" + to + "Content-Length: 5\r\n\r\nhello" + get);
  seeds.add("http", "chunked", whole + "PUT" + to + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" + get);
  seeds.add("http", "asked_first", whole + "POST" + to + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\nabc");
  seeds.add("http", "too_long", whole + "POST" + to + "Content-Length: 200000\r\n\r\n" + std::string(3000, 'a'));
  seeds.add("http", "chunks_too_long",
            whole + "POST" + to + "Transfer-Encoding: chunked\r\n\r\nffff\r\n" + std::string(3000, 'a'));
  seeds.add("http", "who", whole + "DELETE" + to + "Authorization: none\r\n\r\n" + get);
  seeds.add("http", "head", whole + "HEAD /v1/ready HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + get);
  seeds.add("http", "no_http", whole + "\x16\x03\x01 hello\r\n\r\n");
  seeds.add("http", "bad_letters", whole + "GET /v1/inspections/%ff%00/tally?%c3=%28 HTTP/1.1\r\n\r\n");
}

void add_texts(const Seeds& seeds) {
  const std::map<std::string, std::string> texts{
      {"english", "Some words.\nAnd more of them, so that there is more than one line in a narrow column."},
      {"welsh", "Ble mae’r llyfrgell? Dŵr a môr, tŷ â tho."},
      {"urdu", "یہ جگہ کیسی ہے؟ یہاں سب کچھ ٹھیک ہے"},
      {"bengali", "এই জায়গাটা কেমন? এখানে সব ঠিক আছে"},
      {"marks",
       "e\xcc\x81\xcc\x82\xcc\x83 \xe2\x80\xae turned \xe2\x80\xac \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80"},
      {"latin1", "caf\xe9 na\xefve \x80\x9f"},
      {"utf16", std::string("\xff\xfeh\0e\0l\0l\0o\0", 12)},
      {"cut", "h\xc3\xa9 \xf0\x9f\x91\fand \xe2\x82\fmore"},
      {"controls", std::string("a\0b\x01\x1b[2J\x7f\xc2\x85\xe2\x80\xa8z", 16)}};
  for (const auto& [name, text] : texts) {
    for (const char way : {'b', 'w'}) {
      for (char size = 0; size < 3; ++size) {
        const std::string setting{way, size, static_cast<char>(2 * size), static_cast<char>(size * 0x41), size};
        seeds.add("layout", name + way + std::to_string(size), setting + text);
      }
    }
  }
  for (const char size : {'\0', '\1', '\2'}) {
    const std::string setting{'c', size, static_cast<char>(size + 2), size, 0};
    seeds.add("layout", "catalogue" + std::to_string(size), setting + std::string(trial::kWords));
  }
}

}  // namespace

}  // namespace perspective::fuzz

int main(int count, char** arguments) {
  using namespace perspective::fuzz;
  if (count != 2) return 2;
  try {
    const Seeds seeds(arguments[1]);
    for (const auto add : {add_definitions, add_conditions, add_forms, add_vectors, add_submissions, add_cargo,
                           add_messages, add_packets, add_drafts, add_requests, add_texts}) {
      add(seeds);
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "fuzz_seeds: %s\n", error.what());
    return 1;
  }
  return 0;
}
