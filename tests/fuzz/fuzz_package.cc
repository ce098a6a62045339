// What may come as a package: bytes of a stranger ('b'), or a JSON text that an authority's package key signed ('j').
//
// Must hold: a stranger's bytes are none, but for those that the vectors hold; what is taken is written and read again
//            to the same, has questionnaires that can be asked, and sizes that fit them.
#include <set>

#include "protocol/package.h"
#include "protocol/signed_manifest.h"
#include "support/test_keys.h"
#include "support/vector_file.h"
#include "survey/questionnaire.h"
#include "survey/submission.h"
#include "target.h"

namespace perspective::protocol {
namespace {

using fuzz::must;

fuzz::Milestone genuine("a signature is the authority's");
fuzz::Milestone signed_but_not_one("what was signed is no package");
fuzz::Milestone taken("a signed text is a package");

struct Authority {
  std::string pem = testing::test_pem(testing::vectors_folder() / "keys", "authority.pem");
  std::string key = testing::test_pem(testing::vectors_folder() / "keys", "package.key");
  std::string certificate = testing::test_pem(testing::vectors_folder() / "keys", "package.pem");
  std::set<std::string> known;  // all that it ever signed

  Authority() {
    const auto vectors = testing::load_vectors(testing::vectors_folder(), testing::package_vectors()).value();
    for (const auto& vector : vectors) {
      if (const auto package = verify_package(vector.body, pem)) known.insert(to_json(*package));
    }
    must(!known.empty(), "some vector is a package");
  }
};

void check_package(const Package& package) {
  const std::string json = to_json(package);
  const auto again = package_from_json(json);
  must(again && to_json(*again) == json, "a package is written and read again to the same");
  must(!package.questionnaires.empty() && !package.languages.empty(), "there is something to ask, in a language");
  must(package.envelope_bytes > package.padded_bytes && package.envelope_bytes <= kMaxEnvelopeBytes, "it has sizes");
  for (const auto& [id, packed] : package.questionnaires) {
    const auto questionnaire = survey::Questionnaire::parse(packed.definition);
    must(questionnaire && questionnaire->id == id, "each questionnaire can be asked");
    must(survey::longest_submission_bytes(std::span(&*questionnaire, 1), package.inspection) <= package.padded_bytes,
         "the longest submission fits");
  }
}

void take_bytes(const Authority& authority, ByteView bytes) {
  const auto package = verify_package(bytes, authority.pem);
  if (!package) return fuzz::must_be_an_answer(package.error());
  genuine.reach();
  must(authority.known.contains(to_json(*package)), "only what the authority signed is taken");
}

void take_json(const Authority& authority, std::string_view json) {
  const auto bytes = sign_manifest(as_bytes(json), authority.key, authority.certificate);
  if (!bytes) return;  // longer than may be signed
  const auto package = verify_package(*bytes, authority.pem);
  must(package.has_value() == package_from_json(json).has_value(), "signed or not, it reads the same");
  if (!package) {
    signed_but_not_one.reach();
    return fuzz::must_be_an_answer(package.error());
  }
  taken.reach();
  check_package(*package);
}

}  // namespace
}  // namespace perspective::protocol

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace perspective::protocol;
  static const Authority authority;
  const auto input = perspective::fuzz::input_of(data, size);
  if (input.way == 'b') take_bytes(authority, input.rest);
  if (input.way == 'j') take_json(authority, input.text());
  return 0;
}
