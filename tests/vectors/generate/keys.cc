#include "envelope/key_pair.h"
#include "generate.h"
#include "protocol/enrolment.h"
#include "protocol/receipt.h"

namespace perspective::vectors {
namespace {

constexpr std::int64_t kNow_s = 1'700'000'000;
constexpr int kDays = 36500;
// PEM lets other text stand before it.
constexpr const char* kWarning = "TEST KEY of tests/vectors: it is public and protects nothing. Never use it.\n";
constexpr const char* kNote = "Of a test key in tests/vectors. Never use it.\n";

class Folder {
 public:
  explicit Folder(std::filesystem::path path) : path_(std::move(path)) { std::filesystem::create_directories(path_); }
  bool has(const std::string& file) const { return std::filesystem::exists(path_ / file); }
  std::string read(const std::string& file) const { return testing::test_pem(path_, file); }
  void write(const std::string& name, const std::string& key, const std::string& certificate) const {
    std::ofstream(path_ / (name + ".key")) << kWarning << key;
    std::ofstream(path_ / (name + ".pem")) << kNote << certificate;
  }

 private:
  std::filesystem::path path_;
};

void make_recipients(const Folder& folder) {
  for (const char* name : {"inspection", "recovery", "stranger"}) {
    if (folder.has(std::string(name) + ".key")) continue;
    const auto pair = envelope::make_key_pair(name, kNow_s).value();
    folder.write(name, openssl::private_key_to_pem(pair.key.key()).value(), pair.certificate_pem);
  }
  if (folder.has("p384.key")) return;
  testing::Shell shell;
  if (shell.run("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out k\n"
                "openssl req -x509 -new -key k -subj /CN=p384 -days 36500 -out c")) {
    folder.write("p384", shell.text("k"), shell.text("c"));
  }
}

void make_signers(const Folder& folder) {
  using protocol::Use;
  for (const char* name : {"authority", "other-authority"}) {  // two of one name
    if (folder.has(std::string(name) + ".key")) continue;
    const auto authority = protocol::make_authority("collector", kNow_s, kDays).value();
    folder.write(name, authority.key_pem, authority.certificate_pem);
  }
  const auto issue = [&](const std::string& name, const std::string& by, Use use, std::int64_t from_s, int days) {
    if (folder.has(name + ".key")) return;
    const std::vector<std::string> hosts =
        use == Use::server ? std::vector<std::string>{"localhost"} : std::vector<std::string>{};
    const auto made =
        protocol::issue({folder.read(by + ".key"), folder.read(by + ".pem")}, use, hosts, from_s, days).value();
    folder.write(name, made.key_pem, made.certificate_pem);
  };
  issue("package", "authority", Use::package_signing, kNow_s, kDays);
  issue("expired", "authority", Use::package_signing, kNow_s - 5000 * 86400LL, 1);
  issue("server", "authority", Use::server, kNow_s, kDays);
  issue("other-package", "other-authority", Use::package_signing, kNow_s, kDays);
}

void make_kiosks(const Folder& folder) {
  const auto enrol = [&](const std::string& name, const std::string& by, std::int64_t from_s, int days) {
    if (folder.has(name + ".key")) return;
    const auto device = protocol::make_device_key().value();
    const auto certificate = protocol::issue_kiosk({folder.read(by + ".key"), folder.read(by + ".pem")},
                                                   device.request_pem, "k-5f0c2a91", from_s, days);
    folder.write(name, device.key_pem, certificate.value());
  };
  enrol("kiosk", "authority", kNow_s, kDays);
  enrol("expired-kiosk", "authority", kNow_s - 5000 * 86400LL, 1);
  enrol("other-kiosk", "other-authority", kNow_s, kDays);
}

void make_receipt_keys(const Folder& folder) {
  for (const char* name : {"receipt", "other-receipt"}) {
    if (folder.has(std::string(name) + ".key")) continue;
    testing::Shell shell;
    shell.write("k", as_bytes(protocol::ReceiptKey::generate_pem().value()));
    if (shell.run("openssl pkey -in k -pubout -out p")) folder.write(name, shell.text("k"), shell.text("p"));
  }
}

}  // namespace

void make_keys(const std::filesystem::path& keys) {
  const Folder folder(keys);
  make_recipients(folder);
  make_signers(folder);
  make_kiosks(folder);
  make_receipt_keys(folder);
}

}  // namespace perspective::vectors
