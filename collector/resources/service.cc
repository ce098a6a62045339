#include "resources/service.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "base/clock.h"
#include "base/log.h"
#include "http/server.h"
#include "inspection/files.h"
#include "keys/key_cabinet.h"
#include "resources/admin_api.h"
#include "resources/api_document.h"
#include "resources/backup_api.h"
#include "resources/console_files.h"
#include "resources/data_folder.h"
#include "resources/enrolment_turns.h"
#include "resources/fair_lane.h"
#include "resources/kiosk_api.h"
#include "resources/offline.h"
#include "resources/password_turns.h"
#include "resources/people_door.h"
#include "resources/server_certificate.h"
#include "resources/services.h"
#include "resources/unattended.h"
#include "store/withdrawn_file.h"

namespace perspective::resources {

namespace {

constexpr int kAsioThreads = 2;
constexpr int kPoolThreads = 2;
constexpr int kShortThreads = 4;
constexpr int kLongThreads = 4;
constexpr int kKioskThreads = 2;  // nothing that they ask takes long, but
constexpr int kWishThreads = 1;   // to take answers back: one after the other in any case
constexpr std::size_t kMaxWaiting = 256;

constexpr int kDayMs = 86'400'000;

bool is_loopback(const std::string& host) { return host == "localhost" || host == "::1" || host.starts_with("127."); }

std::string address_to_listen_on(const Service::Setting& setting, const Configuration& configuration) {
  if (setting.listen) return *setting.listen;
  return std::ranges::all_of(configuration.hosts, is_loopback) ? "127.0.0.1" : "0.0.0.0";
}

http::Limits limits_of(const Service::Setting& setting) {
  http::Limits limits;
  limits.kiosks.per_s = setting.requests_per_s;
  return limits;
}

// In the lane, beside the people who ask.
constexpr const char* kHands = "hands that help to open";
constexpr const char* kArrivals = "what arrived";
constexpr const char* kUnattended = "the credentials of systemd";

// As many as there are processors open what arrived, beside who asked.
int helpers() {
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()) - 1, 0, FairLane::kMostAtOnce);
}

}  // namespace

struct Service::Parts {
  explicit Parts(const Setting& setting)
      : folder(setting.data), credentials(setting.credentials), server(limits_of(setting), kAsioThreads) {}

  DataFolder folder;
  std::filesystem::path credentials;
  SystemClock clock;
  std::optional<keys::KeyCabinet> cabinet;
  Services services;
  http::Server server;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<store::WithdrawnFile> withdrawn;
  std::unique_ptr<inspection::Audit> audit;
  std::unique_ptr<inspection::Inspections> inspections;
  std::atomic<bool> are_hired = false;  // who follows other collectors' notices
  std::unique_ptr<inspection::Kiosks> kiosks;
  std::unique_ptr<intake::Intake> intake;
  std::unique_ptr<people::People> people;
  Pool pool{kPoolThreads, kMaxWaiting};
  FairLane short_lane{kShortThreads, kMaxWaiting};
  FairLane lane{kLongThreads, kMaxWaiting};
  FairLane kiosk_lane{kKioskThreads, kMaxWaiting};
  std::atomic<bool> has_missed_wishes = false;  // of what another collector took back
  FairLane wishes{kWishThreads, kMaxWaiting};   // by kiosk
  EnrolmentTurns enrolments;
  PasswordTurns turns;
  std::string address;
  std::string people_address;
  std::string authority_sha256;
  std::mutex backing_up;

  Result<std::uint16_t> open_doors(const Setting& setting, const Configuration& configuration,
                                   const keys::Identity& identity);
  Result<void> open_people_door(const Setting& setting, const Configuration& configuration,
                                const keys::Identity& identity);
  void renew_certificate(http::TlsListener listener, const CertificateOf& certificate);
  Result<void> open_store(const std::string& place);
  Result<void> hire(const Setting& setting, const keys::Identity& identity);
  Result<backup::Manifest> back_up(const Configuration& configuration, const keys::Identity& identity,
                                   const std::filesystem::path& path);
  void follow(const postgres::Notice& notice);
  void note_arrivals(const std::string& inspection, const std::vector<envelope::EnvelopeId>& ids);
  void lock_idle();
  void remind();
  void watch();

  std::mutex watching;       // one at a time
  std::string reminded_day;  // what was due then is in the log
};

Result<std::uint16_t> Service::Parts::open_doors(const Setting& setting, const Configuration& configuration,
                                                 const keys::Identity& identity) {
  http::Router of_people = admin_routes(services);
  http::Router of_kiosks = kiosk_routes(services);
  if (auto added = add_api_document(of_people, setting.assets / "api/people"); !added)
    return std::unexpected(added.error());
  if (auto added = add_api_document(of_kiosks, setting.assets / "api/kiosks"); !added)
    return std::unexpected(added.error());
  if (auto local = server.listen_local(folder.socket(), std::move(of_people)); !local) {
    return std::unexpected(local.error());
  }
  const CertificateOf certificate = own_certificate(identity.authority, configuration.hosts, clock);
  const auto own = certificate();
  if (!own) return std::unexpected(own.error());
  http::TlsListener listener{.address = address_to_listen_on(setting, configuration),
                             .port = setting.port.value_or(configuration.port),
                             .certificate_pem = own->certificate_pem,
                             .key_pem = own->key_pem,
                             .authority_pem = identity.authority.certificate_pem};
  auto port = server.listen_tls(listener, std::move(of_kiosks));
  if (!port) return port;
  address = listener.address + " port " + std::to_string(*port);
  listener.port = *port;
  server.every(kDayMs, [this, listener, certificate] { renew_certificate(listener, certificate); });
  return port;
}

Result<void> Service::Parts::open_people_door(const Setting& setting, const Configuration& configuration,
                                              const keys::Identity& identity) {
  const auto port = setting.people_port ? setting.people_port : configuration.people_port;
  const std::string at = "https://" + host_in_link(configuration.hosts.front()) + ":";
  services.people_at = at + std::to_string(port.value_or(kUsualPeoplePort));
  if (!port) return {};
  const CertificateOf certificate = configuration.people_certificate.empty()
                                        ? own_certificate(identity.authority, configuration.hosts, clock)
                                        : given_certificate(configuration);
  const auto shown = certificate();
  if (!shown) return std::unexpected(shown.error());
  const std::string configured = configuration.people_listen.empty() ? "127.0.0.1" : configuration.people_listen;
  http::TlsListener listener{.address = setting.people_listen.value_or(configured),
                             .port = *port,
                             .certificate_pem = shown->certificate_pem,
                             .key_pem = shown->key_pem,
                             .authority_pem = {}};
  http::Router router = people_routes(services);
  if (auto added = add_api_document(router, setting.assets / "api/people"); !added) return added;
  if (!setting.console.empty()) {
    if (auto added = add_console(router, setting.console); !added) return in_context("the pages", added.error());
  }
  const auto open = server.listen_tls(listener, std::move(router), limits_of_people());
  if (!open) return in_context("the people's port", open.error());
  listener.port = *open;
  people_address = listener.address + " port " + std::to_string(*open);
  services.people_at = at + std::to_string(*open);
  server.every(kDayMs, [this, listener, certificate] { renew_certificate(listener, certificate); });
  return {};
}

void Service::Parts::renew_certificate(http::TlsListener listener, const CertificateOf& certificate) {
  const auto own = certificate();
  if (!own) return log::error("the server's certificate cannot be renewed: " + own.error().what);
  listener.certificate_pem = own->certificate_pem;
  listener.key_pem = own->key_pem;
  if (auto renewed = server.renew(listener); !renewed) log::error(renewed.error().what);
}

// Whatever database was put there: what people took back stays away.
Result<void> Service::Parts::open_store(const std::string& place) {
  auto file = store::WithdrawnFile::open(folder.withdrawn());
  if (!file) return std::unexpected(file.error());
  auto opened = folder.open_store(place, authority_sha256, [this](const auto& notice) { follow(notice); });
  if (!opened) return std::unexpected(opened.error());
  store = *std::move(opened);
  withdrawn = *std::move(file);
  return withdrawn->apply_to(*store);
}

// The services behind the routes, but for Kiosks, which names the port in its invites.
Result<void> Service::Parts::hire(const Setting& setting, const keys::Identity& identity) {
  auto receipt_key = protocol::ReceiptKey::parse(identity.receipt_key_pem);
  if (!receipt_key) return std::unexpected(receipt_key.error());
  audit = std::make_unique<inspection::Audit>(*store, clock, *receipt_key, name_of_this_machine());
  inspections = std::make_unique<inspection::Inspections>(
      *store, *withdrawn, *cabinet, clock,
      inspection::Inspections::Setting{
          .package_key_pem = identity.package.key_pem,
          .package_certificate_pem = identity.package.certificate_pem,
          .receipt_public_key = receipt_key->public_key(),
          .assets = setting.assets,
          .is_swap_allowed = setting.is_swap_allowed,
          .idle_lock_s = setting.idle_lock_s,
          .hands = {.offer = [this](Pool::Work work) { return lane.offer(kHands, std::move(work)); },
                    .most = helpers()}});
  intake = std::make_unique<intake::Intake>(
      *store, *receipt_key, clock, [this](Pool::Work work) { kiosk_lane.run(std::move(work)); },
      [this](const auto& inspection, const auto& ids) { note_arrivals(inspection, ids); },
      [this](const auto&... asked) { return inspections->take_wishes(asked...); },
      [this](const std::string& kiosk, Pool::Work work) { return wishes.offer(kiosk, std::move(work)); },
      setting.requests_per_s > 0 ? protocol::kMostOfOneKiosk : Ration::Bounds());
  auto people_keys = people::Keys::of(as_bytes(identity.authority.key_pem));
  if (!people_keys) return std::unexpected(people_keys.error());
  people = std::make_unique<people::People>(*store, clock, *std::move(people_keys));
  auto stamps = Stamps::of(as_bytes(identity.authority.key_pem));
  if (!stamps) return std::unexpected(stamps.error());
  services.stamps = *std::move(stamps);
  are_hired = true;
  follow({.inspection = {}, .is_withdrawal = true});  // of which there may have been a notice until here
  return {};
}

// What is noted as taken back before the copy begins, the copy has not.
Result<backup::Manifest> Service::Parts::back_up(const Configuration& configuration, const keys::Identity& identity,
                                                 const std::filesystem::path& path) {
  const std::lock_guard one_at_a_time(backing_up);
  const auto taken_back = store->withdrawn();
  if (!taken_back) return std::unexpected(taken_back.error());
  auto copies = registered_copies(*inspections);
  if (!copies) return std::unexpected(copies.error());
  const auto newest = audit->newest();
  if (!newest) return std::unexpected(newest.error());
  backup::Manifest manifest{.made_on = day_of(clock.now_s()),
                            .hosts = configuration.hosts,
                            .port = configuration.port,
                            .withdrawn = static_cast<std::int64_t>(taken_back->size()),
                            .tables = {},
                            .key_copies = *std::move(copies),
                            .audit = {.head = *newest ? inspection::signed_text(**newest) : std::string(),
                                      .public_key = to_hex(audit->public_key())}};
  const backup::Signer signer{.key_pem = identity.package.key_pem,
                              .certificate_pem = identity.package.certificate_pem,
                              .authority_pem = identity.authority.certificate_pem};
  return backup::write(*store, std::move(manifest), signer, path);
}

// As what arrives here: at once, or when the lane is full by the next question instead.
void Service::Parts::follow(const postgres::Notice& notice) {
  if (!are_hired) return;
  const bool is_taken = lane.offer(kArrivals, [this, notice] {
    const bool is_all = notice.is_withdrawal && has_missed_wishes.exchange(false);  // they are in no later notice
    const auto followed = is_all ? inspections->follow({}, true)
                                 : inspections->follow(notice.inspection, notice.is_withdrawal, notice.ids);
    if (followed) return;
    if (notice.is_withdrawal) has_missed_wishes = true;
    log::error(followed.error().what);
  });
  if (!is_taken && notice.is_withdrawal) has_missed_wishes = true;
}

// Opened at once where the inspection is unlocked; when the lane is full, by the next question instead. One offer
// stands for all that arrives until it is taken up, and takes no thread while somebody is at work there.
void Service::Parts::note_arrivals(const std::string& inspection, const std::vector<envelope::EnvelopeId>& ids) {
  if (!inspections->note_arrivals(inspection, ids)) return;
  lane.offer(kArrivals, [this, inspection] {
    if (auto absorbed = inspections->absorb(inspection); !absorbed) log::error(absorbed.error().what);
  });
}

void Service::Parts::lock_idle() {
  for (const auto& inspection : inspections->lock_idle()) {
    const auto minutes = std::to_string(inspections->idle_lock_s() / 60);
    log::info("inspection " + inspection + " was locked: nobody had read anything of it for " + minutes + " minutes");
    const auto head = audit->append({.who = "the collector",
                                     .what = "inspection locked",
                                     .inspection = inspection,
                                     .about = {{"why", "nobody read anything of it for " + minutes + " minutes"}}});
    if (!head) log::error("that is not in the audit: " + head.error().what);
  }
}

// Once a day.
void Service::Parts::remind() {
  const auto today = day_of(clock.now_s());
  if (reminded_day == today) return;
  const auto summaries = inspections->list();
  if (!summaries) return log::error("what is due cannot be told: " + summaries.error().what);
  reminded_day = today;
  for (const auto& summary : *summaries) {
    for (const auto& reminder : summary.reminders) {
      const auto says = "inspection " + summary.id + ": " + reminder.says;
      reminder.is_overdue ? log::warning(says) : log::info(says);
    }
    for (const auto& alarm : summary.alarms) log::warning("alarm: inspection " + summary.id + ": " + alarm.says);
  }
  if (const auto warning = inspections->calendar_warning(); !warning.empty()) log::warning(warning);
}

void Service::Parts::watch() {
  const std::unique_lock lock(watching, std::try_to_lock);
  if (!lock) return;
  lock_idle();
  remind();
  if (auto forgotten = store->forget_ended_records(clock.now_s()); !forgotten) log::error(forgotten.error().what);
}

Result<std::unique_ptr<Service>> Service::open(const Setting& setting) {
  inspection::clear_left_workbooks();
  auto parts = std::make_unique<Parts>(setting);
  const auto configuration = parts->folder.configuration();
  if (!configuration) return std::unexpected(configuration.error());
  auto cabinet = keys::KeyCabinet::open(parts->folder.keys(), setting.passphrase_cost);
  if (!cabinet) return std::unexpected(cabinet.error());
  parts->cabinet.emplace(*std::move(cabinet));
  const auto identity = parts->cabinet->identity();
  if (!identity) return std::unexpected(identity.error());
  auto authority_sha256 = protocol::sha256_of_certificate(identity->authority.certificate_pem);
  if (!authority_sha256) return std::unexpected(authority_sha256.error());
  parts->authority_sha256 = *std::move(authority_sha256);
  // The doors before the store: a second collector is turned away while the first one's store is untouched.
  const auto port = parts->open_doors(setting, *configuration, *identity);
  if (!port) return std::unexpected(port.error());
  if (auto open = parts->open_people_door(setting, *configuration, *identity); !open) {
    return std::unexpected(open.error());
  }
  if (auto opened = parts->open_store(setting.store.value_or(configuration->store)); !opened) {
    return std::unexpected(opened.error());
  }
  if (auto hired = parts->hire(setting, *identity); !hired) return std::unexpected(hired.error());
  parts->kiosks = std::make_unique<inspection::Kiosks>(
      *parts->store, parts->clock,
      protocol::KeyAndCertificate{identity->authority.key_pem, identity->authority.certificate_pem},
      inspection::Kiosks::Address{.host = configuration->hosts.front(), .port = *port});
  parts->services.inspections = parts->inspections.get();
  parts->services.kiosks = parts->kiosks.get();
  parts->services.intake = parts->intake.get();
  parts->services.people = parts->people.get();
  parts->services.audit = parts->audit.get();
  parts->services.pool = &parts->pool;
  parts->services.short_lane = &parts->short_lane;
  parts->services.lane = &parts->lane;
  parts->services.kiosk_lane = &parts->kiosk_lane;
  parts->services.enrolments = &parts->enrolments;
  parts->services.turns = &parts->turns;
  parts->server.every(setting.watch_ms, [raw = parts.get()] { raw->pool.offer([raw] { raw->watch(); }); });
  parts->services.authority_pem = identity->authority.certificate_pem;
  parts->services.assets = setting.assets;
  parts->services.back_up = [parts = parts.get(), configuration = *configuration,
                             identity = *identity](const std::filesystem::path& path) {
    return parts->back_up(configuration, identity, path);
  };
  return std::unique_ptr<Service>(new Service(std::move(parts)));
}

Service::Service(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Service::~Service() { stop(); }

const std::string& Service::address() const { return parts_->address; }

const std::string& Service::people_address() const { return parts_->people_address; }

const std::string& Service::authority_sha256() const { return parts_->authority_sha256; }

void Service::start() {
  parts_->server.start();
  // Beside the first requests: to open many takes a while.
  parts_->lane.offer(kUnattended, [parts = parts_.get()] {
    unlock_unattended(parts->services, parts->credentials, parts->folder.path());
  });
}

void Service::stop() {
  parts_->server.stop();
  parts_->enrolments.close();
  parts_->wishes.close();
  parts_->kiosk_lane.close();
  parts_->lane.close();
  parts_->short_lane.close();
  parts_->pool.close();
  parts_->turns.close();
  // Its queue runs empty; what that calls back is run by the store's writer, now that the pool is closed.
  parts_->store.reset();
}

}  // namespace perspective::resources
