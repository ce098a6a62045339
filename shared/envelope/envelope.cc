#include "envelope/envelope.h"

#include <openssl/ec.h>
#include <openssl/err.h>

#include <algorithm>
#include <climits>
#include <cstring>

#include "envelope/key_pair.h"
#include "envelope/openssl.h"
#include "envelope/profile.h"

namespace perspective::envelope {
namespace {

bool add_recipient(CMS_ContentInfo* cms, X509* certificate) {
  CMS_RecipientInfo* info = CMS_add1_recipient_cert(cms, certificate, CMS_USE_KEYID | CMS_KEY_PARAM);
  if (info == nullptr || CMS_RecipientInfo_type(info) != CMS_RECIPINFO_AGREE) return false;
  // OpenSSL's default is SHA-1. The wrap follows the cipher: AES-256.
  EVP_PKEY_CTX* context = CMS_RecipientInfo_get0_pkey_ctx(info);
  return context != nullptr && EVP_PKEY_CTX_set_ecdh_kdf_md(context, EVP_sha256()) == 1;
}

openssl::Cms begin(const Recipient& inspection, const Recipient& recovery) {
  openssl::Cms cms(CMS_AuthEnvelopedData_create(EVP_aes_256_gcm()));
  // Detached is the default, and would leave the content out without a word.
  if (!cms || CMS_set_detached(cms.get(), 0) != 1 || !add_recipient(cms.get(), inspection.certificate()) ||
      !add_recipient(cms.get(), recovery.certificate())) {
    return nullptr;
  }
  return cms;
}

// CMS_final() would read the plaintext through buffers that nobody wipes; the cipher's own are.
bool encrypt(CMS_ContentInfo* cms, ByteView padded) {
  const openssl::Bio chain(CMS_dataInit(cms, nullptr));
  if (!chain) return false;
  std::size_t written = 0;
  return BIO_write_ex(chain.get(), padded.data(), padded.size(), &written) == 1 && written == padded.size() &&
         BIO_flush(chain.get()) == 1 && CMS_dataFinal(cms, chain.get()) == 1;
}

Result<Bytes> encode(CMS_ContentInfo* cms) {
  unsigned char* der = nullptr;
  const int length = i2d_CMS_ContentInfo(cms, &der);
  if (length <= 0) return openssl::failure(ErrorCode::io, "cannot encode the envelope");
  Bytes bytes(der, der + length);
  OPENSSL_free(der);
  return bytes;
}

// Straight into locked memory. The tag is judged at the end; until then nothing leaves this function.
Result<SecretBytes> decrypt(CMS_ContentInfo* cms, std::size_t content_bytes) {
  const openssl::Bio chain(CMS_dataInit(cms, nullptr));
  if (!chain) return openssl::failure(ErrorCode::corrupt, "envelope: cannot be decrypted");
  SecretBytes plaintext(content_bytes);
  std::size_t done = 0;
  std::size_t got = 0;
  while (done < content_bytes &&
         BIO_read_ex(chain.get(), plaintext.span().data() + done, content_bytes - done, &got) == 1 && got > 0) {
    done += got;
  }
  std::uint8_t beyond = 0;
  const bool has_more = BIO_read_ex(chain.get(), &beyond, 1, &got) == 1 && got > 0;
  wipe(&beyond, sizeof beyond);
  if (done != content_bytes || has_more || BIO_get_cipher_status(chain.get()) != 1) {
    ERR_clear_error();  // the queue is the thread's; the next caller should not find our reason in it
    return fail(ErrorCode::corrupt, "envelope: the tag does not match: its bytes were changed");
  }
  return plaintext;
}

}  // namespace

Result<Bytes> seal(ByteView plaintext, std::size_t padded_bytes, const Recipient& inspection,
                   const Recipient& recovery) {
  if (plaintext.size() > padded_bytes || padded_bytes == 0 || padded_bytes > INT_MAX) {
    return fail(ErrorCode::invalid, "envelope: " + std::to_string(plaintext.size()) + " bytes do not fit into " +
                                        std::to_string(padded_bytes));
  }
  if (inspection.key_identifier() == recovery.key_identifier()) {
    return fail(ErrorCode::invalid, "envelope: the inspection's key and the recovery key are the same");
  }
  SecretBytes padded(padded_bytes);
  if (!plaintext.empty()) std::memcpy(padded.span().data(), plaintext.data(), plaintext.size());
  std::ranges::fill(padded.span().subspan(plaintext.size()), static_cast<std::uint8_t>(' '));
  const openssl::Cms cms = begin(inspection, recovery);
  if (!cms || !encrypt(cms.get(), padded.view())) return openssl::failure(ErrorCode::io, "cannot seal the envelope");
  auto sealed = encode(cms.get());
  if (!sealed) return sealed;
  // Without memory OpenSSL may leave out what it was asked for and say nothing; nobody could open that.
  if (auto checked = check_profile(*sealed); !checked)
    return fail(ErrorCode::io, "cannot seal the " + checked.error().what);
  return sealed;
}

Result<SecretBytes> open(ByteView envelope, const OpeningKey& key) {
  const auto profile = check_profile(envelope);
  if (!profile) return std::unexpected(profile.error());
  const Bytes identifier = key.recipient().key_identifier();
  const auto is_ours = [&](ByteView other) { return std::ranges::equal(other, identifier); };
  if (std::ranges::count_if(profile->key_identifiers, is_ours) != 1) {
    return fail(ErrorCode::refused, "envelope: it is sealed to other keys than this one");
  }
  const unsigned char* position = envelope.data();
  const openssl::Cms cms(d2i_CMS_ContentInfo(nullptr, &position, static_cast<long>(envelope.size())));
  if (!cms) return openssl::failure(ErrorCode::corrupt, "envelope: OpenSSL cannot read it");
  if (CMS_decrypt_set1_pkey(cms.get(), key.key(), key.recipient().certificate()) != 1) {
    return openssl::failure(ErrorCode::corrupt, "envelope: its content key cannot be unwrapped");
  }
  return decrypt(cms.get(), profile->content_bytes);
}

Result<std::size_t> envelope_bytes(std::size_t padded_bytes) {
  const auto inspection = make_key_pair("inspection", 0);
  if (!inspection) return std::unexpected(inspection.error());
  const auto recovery = make_key_pair("recovery", 0);
  if (!recovery) return std::unexpected(recovery.error());
  const auto sealed = seal({}, padded_bytes, inspection->key.recipient(), recovery->key.recipient());
  if (!sealed) return std::unexpected(sealed.error());
  return sealed->size();
}

}  // namespace perspective::envelope
