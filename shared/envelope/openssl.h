// OpenSSL's objects, freed by themselves. For .cc files of the folders that may include OpenSSL.
//
// Promise:   last_error() gives the newest reason of this thread in OpenSSL's words and empties its queue; the words
//            name functions and formats, never data.
// Threads:   plain values.
#pragma once

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace perspective::openssl {

template <auto kFree>
struct Free {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};

using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Cms = std::unique_ptr<CMS_ContentInfo, Free<CMS_ContentInfo_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Request = std::unique_ptr<X509_REQ, Free<X509_REQ_free>>;
using Digester = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;

std::string last_error();
// An Error with `doing` and OpenSSL's reason.
std::unexpected<Error> failure(ErrorCode code, std::string_view doing);

Bio read_only(ByteView bytes);  // a view: the bytes outlive the Bio
Bio memory();                   // grows; for what is public
Bio secret_memory();            // grows; wiped when freed
Bytes content_of(BIO* bio);

Result<Certificate> parse_certificate(std::string_view pem);
Result<std::string> to_pem(X509* certificate);
Result<Key> parse_private_key(std::string_view pem);    // PKCS#8 in clear
Result<std::string> private_key_to_pem(EVP_PKEY* key);  // likewise; the caller keeps it private
Result<Key> make_p256_key();

}  // namespace perspective::openssl
