#include "network/other_ends.h"

namespace perspective::network {
namespace {

void run_openssl(const std::string& arguments) {
  const std::string command = "openssl " + arguments + " 2>&1";
  std::unique_ptr<FILE, int (*)(FILE*)> output(::popen(command.c_str(), "re"), &::pclose);
  std::string said;
  std::array<char, 256> part{};
  while (output && std::fgets(part.data(), part.size(), output.get()) != nullptr) said += part.data();
  EXPECT_EQ(::pclose(output.release()), 0) << command << "\n" << said;
}

}  // namespace

protocol::KeyAndCertificate self_signed(const std::filesystem::path& folder) {
  const std::string key = folder / "self.key";
  const std::string certificate = folder / "self.pem";
  run_openssl(
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=127.0.0.1 -days 30 -addext "
      "subjectAltName=IP:127.0.0.1 -addext extendedKeyUsage=serverAuth -keyout " +
      key + " -out " + certificate);
  return {read_text(key).value(), read_text(certificate).value()};
}

void make_rsa_server(const std::filesystem::path& folder, const protocol::KeyAndCertificate& authority) {
  const std::string at = folder.string() + "/";
  EXPECT_TRUE(write_file(folder / "authority.key", as_bytes(authority.key_pem)));
  EXPECT_TRUE(write_file(folder / "authority.pem", as_bytes(authority.certificate_pem)));
  const std::string extensions =
      "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\nkeyUsage=digitalSignature,keyEncipherment\n";
  EXPECT_TRUE(write_file(folder / "extensions", as_bytes(extensions)));
  run_openssl("req -newkey rsa:2048 -nodes -subj /CN=127.0.0.1 -keyout " + at + "key.pem -out " + at + "request.pem");
  run_openssl("x509 -req -days 30 -in " + at + "request.pem -CA " + at + "authority.pem -CAkey " + at +
              "authority.key -extfile " + at + "extensions -out " + at + "certificate.pem");
}

}  // namespace perspective::network
