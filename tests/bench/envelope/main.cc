// Sealing and opening an envelope, each beside what nobody can do without: the elliptic curve and the cipher, called by
// hand on the same bytes, without a format round them.
#include <openssl/ec.h>
#include <openssl/evp.h>

#include <CLI/CLI.hpp>
#include <array>
#include <filesystem>
#include <memory>

#include "bench/samples.h"
#include "envelope/envelope.h"
#include "support/kiosk_package.h"
#include "support/source_folder.h"

namespace perspective::bench {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;
using Secret = std::array<unsigned char, 32>;
using Nonce = std::array<unsigned char, 12>;
constexpr int kTagBytes = 16;
using Tag = std::array<unsigned char, kTagBytes>;

struct Encrypted {
  Bytes bytes;
  Nonce nonce{};
  Tag tag{};
};

void must(bool is_so) {
  if (!is_so) throw std::runtime_error("OpenSSL refused a call of the reference");
}

Key new_key() { return {EVP_EC_gen("P-256"), EVP_PKEY_free}; }

Secret agreed(EVP_PKEY* own, EVP_PKEY* other) {
  const KeyContext context(EVP_PKEY_CTX_new(own, nullptr), EVP_PKEY_CTX_free);
  Secret secret{};
  std::size_t size = secret.size();
  must(EVP_PKEY_derive_init(context.get()) == 1 && EVP_PKEY_derive_set_peer(context.get(), other) == 1 &&
       EVP_PKEY_derive(context.get(), secret.data(), &size) == 1 && size == secret.size());
  return secret;
}

Encrypted encrypted(const Bytes& plain, const Secret& key) {
  Encrypted made{.bytes = Bytes(plain.size())};
  const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  int size = 0;
  must(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), made.nonce.data()) == 1 &&
       EVP_EncryptUpdate(cipher.get(), made.bytes.data(), &size, plain.data(), static_cast<int>(plain.size())) == 1 &&
       EVP_EncryptFinal_ex(cipher.get(), made.bytes.data() + size, &size) == 1 &&
       EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, made.tag.data()) == 1);
  return made;
}

Bytes decrypted(Encrypted& sealed, const Secret& key) {
  Bytes plain(sealed.bytes.size());
  const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  int size = 0;
  must(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), sealed.nonce.data()) == 1 &&
       EVP_DecryptUpdate(cipher.get(), plain.data(), &size, sealed.bytes.data(),
                         static_cast<int>(sealed.bytes.size())) == 1 &&
       EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, sealed.tag.data()) == 1 &&
       EVP_DecryptFinal_ex(cipher.get(), plain.data() + size, &size) == 1);
  return plain;
}

// The mean of one call, in microseconds.
template <typename Work>
double mean_us(int calls, Work&& work) {
  return microseconds([&] {
           for (int i = 0; i < calls; ++i) work();
         }) /
         calls;
}

Samples measured(int rounds, int calls, std::size_t padded_bytes) {
  const kiosk_package::Keys keys;
  const auto& inspection = keys.inspection.key;
  const auto& recovery = keys.recovery.key.recipient();
  const Bytes plain(padded_bytes, 'x');
  const Bytes envelope = unwrapped(envelope::seal(plain, padded_bytes, inspection.recipient(), recovery));
  const Key first = new_key();
  const Key second = new_key();
  const Key sender = new_key();
  must(first && second && sender);
  Encrypted raw = encrypted(plain, agreed(sender.get(), first.get()));

  const auto seal = [&] { unwrapped(envelope::seal(plain, padded_bytes, inspection.recipient(), recovery)); };
  const auto seal_by_hand = [&] {
    const Key once = new_key();
    agreed(once.get(), second.get());
    encrypted(plain, agreed(once.get(), first.get()));
  };
  const auto open = [&] { unwrapped(envelope::open(envelope, inspection)); };
  const auto open_by_hand = [&] { decrypted(raw, agreed(first.get(), sender.get())); };

  Samples samples;
  for (int round = 0; round < rounds; ++round) {
    samples.add("seal_us", mean_us(calls, seal));
    samples.add("seal_by_hand_us", mean_us(calls, seal_by_hand));
    samples.add("open_us", mean_us(calls, open));
    samples.add("open_by_hand_us", mean_us(calls, open_by_hand));
  }
  return samples;
}

// That of an inspection with every questionnaire of the project.
std::size_t usual_padded_bytes(const std::filesystem::path& questionnaires) {
  std::vector<std::filesystem::path> all;
  for (const auto& entry : std::filesystem::directory_iterator(questionnaires)) {
    if (std::filesystem::exists(entry.path() / "definition.json")) all.push_back(entry.path());
  }
  return kiosk_package::package({}, all).padded_bytes;
}

int main_of(int count, char** words) {
  int rounds = 15;
  int calls = 200;
  CLI::App app("Seals and opens, and does the same by hand.", "bench_envelope");
  app.add_option("--rounds", rounds)->check(CLI::PositiveNumber);
  app.add_option("--calls", calls, "Calls a round")->check(CLI::PositiveNumber);
  CLI11_PARSE(app, count, words);
  const std::filesystem::path assets = std::string(kSourceFolder) + "/assets";
  measured(rounds, calls, usual_padded_bytes(assets / "questionnaires")).print();
  return 0;
}

}  // namespace
}  // namespace perspective::bench

int main(int count, char** words) {
  return perspective::bench::end_of("bench_envelope", perspective::bench::main_of, count, words);
}
