// An inspector works through the comments: what was added stays with its comment, sealed, and goes with it.
#include "base/file.h"
#include "support/source_folder.h"
#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class AnInspectorWithComments : public Collector {
 protected:
  void SetUp() override {
    Collector::SetUp();
    auto made = new_inspection("lewes");
    made.languages = {"en", "cy"};
    made.questionnaires = {{kReaders,
                            {{"en", kReadersTexts}, {"cy", kReadersTextsInWelsh}},
                            {{"en", kReadersSection}, {"cy", kReadersSectionInWelsh}}}};
    ASSERT_TRUE(inspections_->create(made));
    afraid_ = sealed(weekly_reader("I am scared to go home, Olwen knows"));
    deliver(afraid_);
    deliver(weekly_reader("My secret wish", "rather_not"));
    ASSERT_TRUE(unlock());
  }
  Comment comment(const std::string& text) {
    const auto comments = *inspections_->comments("lewes");
    for (const auto& each : comments) {
      if (each.text.starts_with(text)) return each;
    }
    return {};
  }
  Result<std::string> add(const std::string& reference, decltype(CommentWork::what) what,
                          const std::string& by = "anna") {
    const auto sealed = inspections_->prepare("lewes", {reference, std::move(what), by});
    if (!sealed) return std::unexpected(sealed.error());
    if (auto kept = inspections_->keep("lewes", *sealed); !kept) return std::unexpected(kept.error());
    return sealed->reference;
  }
  Result<std::string> add_to(const std::string& text, decltype(CommentWork::what) what) {
    return add(comment(text).reference, std::move(what));
  }
  ErrorCode refusal(const std::string& text, decltype(CommentWork::what) what) {
    const auto added = add_to(text, std::move(what));
    return added ? ErrorCode::io : added.error().code;
  }
  std::string section(const std::string& language = "en") { return *inspections_->section("lewes", "full", language); }
  void lock_and_unlock() {
    ASSERT_TRUE(inspections_->lock("lewes"));
    ASSERT_TRUE(unlock());
  }

  store::Envelope afraid_;
};

TEST_F(AnInspectorWithComments, SeesFirstWhatNobodyHasRead) {
  for (int i = 0; i < 6; ++i) deliver(weekly_reader("Chairs " + std::to_string(i)));
  ASSERT_TRUE(add_to("Chairs 3", MarkRead{}));
  ASSERT_TRUE(add_to("My secret", MarkRead{}));
  for (int again = 0; again < 5; ++again) {
    const auto comments = *inspections_->comments("lewes");
    ASSERT_THAT(comments, SizeIs(8));
    for (std::size_t i = 0; i < comments.size(); ++i) EXPECT_EQ(comments[i].read_by.empty(), i < 6) << i;
  }
}

TEST_F(AnInspectorWithComments, LeavesTheirNameAndTheTimeWithWhatTheyRead) {
  clock_.set(kNow + 60);
  ASSERT_TRUE(add_to("I am scared", MarkRead{}));
  clock_.set(kNow + 120);
  ASSERT_TRUE(add(comment("I am scared").reference, MarkRead{}, "bob"));
  lock_and_unlock();
  EXPECT_EQ(comment("I am scared").read_by, "anna") << "the first who read it";
  EXPECT_EQ(comment("I am scared").read_at_s, kNow + 60);
  EXPECT_EQ(comment("My secret").read_by, "");
}

TEST_F(AnInspectorWithComments, FindsAgainWhatTheyWorkedOnByItsReference) {
  const auto scared = comment("I am scared").reference;
  const auto secret_wish = comment("My secret").reference;
  ASSERT_TRUE(add(scared, MarkRead{}));
  restart();
  ASSERT_TRUE(unlock());
  EXPECT_EQ(comment("I am scared").reference, scared);
  EXPECT_NE(comment("My secret").reference, secret_wish) << "nobody has worked on it: drawn anew";
  EXPECT_EQ(add(secret_wish, MarkRead{}).error().code, ErrorCode::not_found);
}

TEST_F(AnInspectorWithComments, GivesACommentCodesInPlaceOfThoseBefore) {
  ASSERT_TRUE(add_to("I am scared", SetCodes{{"home", "fear", "home"}}));
  EXPECT_THAT(comment("I am scared").codes, ElementsAre("fear", "home"));
  ASSERT_TRUE(add_to("I am scared", SetCodes{{"fear"}}));
  lock_and_unlock();
  EXPECT_THAT(comment("I am scared").codes, ElementsAre("fear"));
  EXPECT_THAT(*store_->annotations("lewes"), SizeIs(1));
  ASSERT_TRUE(add_to("I am scared", SetCodes{{" felt  listened to"}}));
  lock_and_unlock();
  EXPECT_THAT(comment("I am scared").codes, ElementsAre("felt listened to"));
  EXPECT_EQ(refusal("I am scared", SetCodes{{"fear, home"}}), ErrorCode::invalid);
}

TEST_F(AnInspectorWithComments, IsShownWhatMayGiveSomebodyAway) {
  const auto scared = comment("I am scared");
  ASSERT_THAT(scared.giveaways, SizeIs(1));
  const auto& [kind, begin, end] = scared.giveaways.front();
  EXPECT_EQ(kind, comments::Giveaway::name);
  EXPECT_EQ(scared.text.substr(begin, end - begin), "Olwen");
}

TEST_F(AnInspectorWithComments, QuotesWithoutWhatWasTakenOutThoughItWasChosenBefore) {
  ASSERT_TRUE(inspections_->choose("lewes", {comment("I am scared").reference, false, {}}));
  ASSERT_THAT(section(), HasSubstr("Olwen"));
  ASSERT_TRUE(add_to("I am scared", Redact{{{"olwen", ""}}}));
  EXPECT_THAT(section(), HasSubstr("I am scared to go home, [name] knows"));
  EXPECT_EQ(comment("I am scared").redacted, "I am scared to go home, [name] knows");
  ASSERT_TRUE(inspections_->choose("lewes", {comment("I am scared").reference, false, "home, Olwen"}));
  lock_and_unlock();
  EXPECT_THAT(section(), HasSubstr("“home, [name]”"));
  EXPECT_THAT(section(), Not(HasSubstr("Olwen")));
  ASSERT_TRUE(add_to("I am scared", Redact{{}, false, true}));
  EXPECT_THAT(section(), HasSubstr("“home, Olwen”")) << "somebody said that it may be printed again";
}

TEST_F(AnInspectorWithComments, PutsNoWordsOfTheirOwnIntoAComment) {
  ASSERT_TRUE(add_to("I am scared", Redact{{{"Olwen", "a worker"}}}));
  EXPECT_EQ(comment("I am scared").redacted, "I am scared to go home, [a worker] knows");
  for (const auto* const as : {"[a] worker [b]", "[]", "all of us said so, and more than that, every day"})
    EXPECT_EQ(refusal("I am scared", Redact{{{"Olwen", as}}}), ErrorCode::invalid) << as;
}

TEST_F(AnInspectorWithComments, TakesOutAllThatIsLikelyAtOnce) {
  ASSERT_TRUE(add_to("I am scared", Redact{{{"home", "[a place]"}}, true}));
  EXPECT_EQ(comment("I am scared").redacted, "I am scared to go [a place], [name] knows");
}

TEST_F(AnInspectorWithComments, TakesOutMoreBesideWhatWasTakenOutBefore) {
  ASSERT_TRUE(add_to("I am scared", Redact{{{"Olwen", "[a worker]"}}}));
  auto redact = Redact{comment("I am scared").replacements};
  redact.replacements.push_back({"home", ""});
  ASSERT_TRUE(add_to("I am scared", redact));
  EXPECT_EQ(comment("I am scared").redacted, "I am scared to go [name], [a worker] knows");
  ASSERT_TRUE(add_to("I am scared", Redact{.replacements = {{"home", "[a place]"}, {"go", "[...]"}}, .is_more = true}));
  EXPECT_EQ(comment("I am scared").redacted, "I am scared to [...] [a place], [a worker] knows");
  ASSERT_TRUE(add_to("I am scared", Redact{{}, false, true}));
  EXPECT_TRUE(comment("I am scared").replacements.empty());
}

TEST_F(AnInspectorWithComments, ChoosesAgainFromTheWordsThatWereChosen) {
  ASSERT_TRUE(inspections_->choose("lewes", {comment("I am scared").reference, true, "home, Olwen"}));
  ASSERT_TRUE(add_to("I am scared", Redact{{{"Olwen", ""}}}));
  const auto chosen = comment("I am scared").chosen;
  EXPECT_EQ(chosen->words, "home, [name]");
  EXPECT_EQ(chosen->as_chosen, "home, Olwen");
}

TEST_F(AnInspectorWithComments, IsToldOfWordsThatDoNotStandThere) {
  EXPECT_EQ(refusal("I am scared", Redact{{{"Olw", "[name]"}}}), ErrorCode::invalid);
  EXPECT_EQ(refusal("I am scared", Redact{}), ErrorCode::invalid);  // or what was taken out would be printed again
  EXPECT_EQ(refusal("I am scared", Redact{{{"", "[name]"}}}), ErrorCode::invalid);
}

TEST_F(AnInspectorWithComments, QuotesATranslationBesideTheWritersWordsInThatLanguageAlone) {
  ASSERT_TRUE(inspections_->choose("lewes", {comment("I am scared").reference, true, {}}));
  ASSERT_TRUE(add_to("I am scared", Translate{"cy", "Mae arna i ofn mynd adref, mae Olwen yn gwybod", "Elin Rees"}));
  EXPECT_THAT(section("cy"),
              HasSubstr("“I am scared to go home, Olwen knows (sic)” (“Mae arna i ofn mynd adref, mae Olwen yn "
                        "gwybod”, cyfieithwyd gan Elin Rees)"));
  EXPECT_THAT(section("en"), HasSubstr("“I am scared to go home, Olwen knows (sic)”"));
  EXPECT_THAT(section("en"), Not(HasSubstr("Mae arna i ofn")));
  EXPECT_EQ(refusal("I am scared", Translate{"fr", "J'ai peur", "Elin Rees"}), ErrorCode::not_found);
  EXPECT_EQ(refusal("I am scared", Translate{"cy", "Mae arna i ofn", ""}), ErrorCode::invalid);
}

TEST_F(AnInspectorWithComments, QuotesNoTranslationOfWhatWasTakenOut) {
  ASSERT_TRUE(add_to("I am scared", Translate{"cy", "Mae arna i ofn, mae Olwen yn gwybod", "Elin Rees"}));
  ASSERT_TRUE(add_to("I am scared", Redact{{{"Olwen", "[enw]"}}}));
  ASSERT_TRUE(inspections_->choose("lewes", {comment("I am scared").reference, false, {}}));
  EXPECT_THAT(section("cy"), HasSubstr("mae [enw] yn gwybod"));
  ASSERT_TRUE(add_to("I am scared", Redact{{}, false, true}));
  ASSERT_TRUE(inspections_->choose("lewes", {comment("I am scared").reference, false, "I am scared"}));
  EXPECT_THAT(section("cy"), Not(HasSubstr("Olwen"))) << "other words were chosen: the translation may say more";
}

TEST_F(AnInspectorWithComments, KeepsAllOfItSealedInOneSize) {
  ASSERT_TRUE(add_to("I am scared", MarkRead{}));
  ASSERT_TRUE(add_to("I am scared", SetCodes{{"fear"}}));
  ASSERT_TRUE(add_to("I am scared", Redact{{{"Olwen", ""}}}));
  ASSERT_TRUE(add_to("I am scared", Translate{"cy", std::string(1900, '"'), "Elin Rees"}));
  const auto concern = *add_to("I am scared", RaiseConcern{"Anna Jones", "afraid of a parent"});
  ASSERT_TRUE(add(concern, Decide{"visit tomorrow"}));
  ASSERT_TRUE(add(concern, CloseConcern{"safe with an aunt"}));
  ASSERT_TRUE(inspections_->choose("lewes", {comment("I am scared").reference, false, {}}));
  const auto annotations = *store_->annotations("lewes");
  ASSERT_THAT(annotations, SizeIs(8));
  for (const auto& each : annotations) EXPECT_EQ(each.body.size(), annotations.front().body.size());
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder_)) {
    if (!file.is_regular_file()) continue;
    const auto content = *read_file(file.path());
    for (const char* words : {"Olwen", "fear", "Elin Rees", "Anna Jones", "parent", "tomorrow", "aunt", "scared"}) {
      EXPECT_EQ(as_text(content).find(words), std::string_view::npos) << words << " in " << file.path();
    }
  }
  EXPECT_EQ(refusal("I am scared", Translate{"cy", std::string(2001, 'x'), "Elin Rees"}), ErrorCode::invalid);
}

TEST_F(AnInspectorWithComments, ChangesNothingOnceItIsPublishedButReadsAndRaisesConcerns) {
  for (const auto state : {State::fieldwork_ended, State::draft_report, State::published}) {
    ASSERT_TRUE(inspections_->advance("lewes", state));
  }
  ASSERT_TRUE(unlock());
  EXPECT_EQ(refusal("I am scared", SetCodes{{"fear"}}), ErrorCode::conflict);
  EXPECT_EQ(refusal("I am scared", Redact{{}, false, true}), ErrorCode::conflict);
  EXPECT_TRUE(add_to("I am scared", MarkRead{}));
  EXPECT_TRUE(add_to("I am scared", RaiseConcern{"Anna Jones", ""}));
}

TEST_F(AnInspectorWithComments, FindsNothingWhileItIsLocked) {
  const auto reference = comment("I am scared").reference;
  ASSERT_TRUE(inspections_->lock("lewes"));
  EXPECT_EQ(add(reference, MarkRead{}).error().code, ErrorCode::refused);
  EXPECT_EQ(inspections_->concerns("lewes").error().code, ErrorCode::refused);
}

class AConcern : public AnInspectorWithComments {
 protected:
  void SetUp() override {
    AnInspectorWithComments::SetUp();
    concern_ = *add_to("I am scared", RaiseConcern{"Anna Jones", "afraid of somebody at home"});
  }
  Concern only() { return inspections_->concerns("lewes")->at(0); }
  std::string concern_;
};

TEST_F(AConcern, NamesTheLeadTheDecisionTheTimeAndTheOutcome) {
  clock_.set(kNow + 3600);
  ASSERT_TRUE(add(concern_, Decide{"social worker visits today"}, "lead"));
  clock_.set(kNow + 7200);
  ASSERT_TRUE(add(concern_, CloseConcern{"a safe place was found"}, "lead"));
  restart();
  ASSERT_TRUE(unlock());
  const auto concern = only();
  EXPECT_EQ(concern.reference, concern_);
  EXPECT_EQ(concern.lead, "Anna Jones");
  EXPECT_EQ(concern.why, "afraid of somebody at home");
  EXPECT_EQ(concern.raised_by, "anna");
  EXPECT_EQ(concern.raised_at_s, kNow);
  ASSERT_THAT(concern.decisions, SizeIs(1));
  EXPECT_EQ(concern.decisions[0].words, "social worker visits today");
  EXPECT_EQ(concern.decisions[0].at_s, kNow + 3600);
  ASSERT_THAT(concern.outcomes, SizeIs(1));
  EXPECT_EQ(concern.outcomes[0].by, "lead");
  EXPECT_EQ(concern.outcomes[0].at_s, kNow + 7200);
}

TEST_F(AConcern, KeepsEveryDecision) {
  ASSERT_TRUE(add(concern_, Decide{"wait"}));
  clock_.set(kNow + 60);
  ASSERT_TRUE(add(concern_, Decide{"go at once"}));
  ASSERT_THAT(only().decisions, SizeIs(2));
  EXPECT_EQ(only().decisions[0].words, "wait");
  EXPECT_EQ(only().decisions[1].words, "go at once");
}

TEST_F(AConcern, HasNoOutcomeBeforeADecisionAndIsNotDecidedWithoutWords) {
  EXPECT_EQ(add(concern_, CloseConcern{"all is well"}).error().code, ErrorCode::conflict);
  EXPECT_EQ(add(concern_, Decide{" \n"}).error().code, ErrorCode::invalid);
  EXPECT_EQ(add("00000000", Decide{"wait"}).error().code, ErrorCode::not_found);
  EXPECT_EQ(add("", Decide{"wait"}).error().code, ErrorCode::not_found);
  EXPECT_EQ(refusal("I am scared", RaiseConcern{"", "why"}), ErrorCode::invalid);
}

TEST_F(AConcern, ShowsItsCommentAndNoOtherOfTheSamePerson) {
  ASSERT_TRUE(only().comment);
  EXPECT_EQ(only().comment->text, "I am scared to go home, Olwen knows");
  EXPECT_THAT(comment("I am scared").concerns, ElementsAre(concern_));
}

TEST_F(AConcern, StaysWithoutTheWordsWhenTheyAreTakenBack) {
  ASSERT_TRUE(add(concern_, Decide{"visit"}));
  ASSERT_TRUE(add_to("I am scared", MarkRead{}));
  ASSERT_TRUE(add_to("I am scared", SetCodes{{"fear"}}));
  ASSERT_TRUE(add_to("I am scared", Redact{{{"Olwen", ""}}}));
  ASSERT_TRUE(add_to("I am scared", Translate{"cy", "Mae arna i ofn", "Elin Rees"}));
  ASSERT_TRUE(add_to("My secret", MarkRead{}));
  ASSERT_THAT(*store_->annotations("lewes"), SizeIs(7));
  ASSERT_TRUE(inspections_->withdraw("lewes", std::vector<envelope::EnvelopeId>{afraid_.id}));
  EXPECT_THAT(*store_->annotations("lewes"), SizeIs(3)) << "at once, not with the next question";
  EXPECT_EQ(comment("I am scared").reference, "");
  EXPECT_EQ(only().comment, std::nullopt);
  EXPECT_EQ(only().lead, "Anna Jones");
  EXPECT_THAT(only().decisions, SizeIs(1));
  EXPECT_THAT(*store_->annotations("lewes"), SizeIs(3)) << "the concern, its decision, and what is another's";
  ASSERT_TRUE(add(concern_, CloseConcern{"safe"}));
  lock_and_unlock();
  EXPECT_THAT(only().outcomes, SizeIs(1));
}

class TwoCollectorsOfOneInspection : public AnInspectorWithComments {
 protected:
  void SetUp() override {
    AnInspectorWithComments::SetUp();
    elsewhere_ = std::move(*store::SqliteStore::open(folder_ / "collector.sqlite"));
    there_ =
        std::make_unique<Inspections>(*elsewhere_, *withdrawn_, *cabinet_, clock_,
                                      Inspections::Setting{.package_key_pem = signer_.key_pem,
                                                           .package_certificate_pem = signer_.certificate_pem,
                                                           .receipt_public_key = Bytes(32, 9),
                                                           .assets = std::filesystem::path(kSourceFolder) / "assets",
                                                           .is_swap_allowed = true});
    ASSERT_TRUE(there_->unlock("lewes", secret(kPassphrase)));
  }
  void TearDown() override {
    there_.reset();
    elsewhere_.reset();
    AnInspectorWithComments::TearDown();
  }
  Comment comment_there(const std::string& text) {
    const auto comments = *there_->comments("lewes");
    for (const auto& each : comments) {
      if (each.text.starts_with(text)) return each;
    }
    return {};
  }
  std::unique_ptr<store::Store> elsewhere_;
  std::unique_ptr<Inspections> there_;
};

TEST_F(TwoCollectorsOfOneInspection, SeeEachOthersMarksUnderOneReference) {
  const auto theirs = comment_there("I am scared").reference;
  ASSERT_NE(theirs, comment("I am scared").reference);
  ASSERT_TRUE(add_to("I am scared", MarkRead{}));
  ASSERT_TRUE(add_to("I am scared", SetCodes{{"fear"}}));
  EXPECT_EQ(comment_there("I am scared").read_by, "anna");
  EXPECT_THAT(comment_there("I am scared").codes, ElementsAre("fear"));
  EXPECT_EQ(comment_there("I am scared").reference, comment("I am scared").reference);
  const auto by_the_old = there_->prepare("lewes", {theirs, SetCodes{{"home"}}, "bob"});
  ASSERT_TRUE(by_the_old) << "who still has the old list in hand can use it";
  ASSERT_TRUE(there_->keep("lewes", *by_the_old));
  EXPECT_THAT(comment("I am scared").codes, ElementsAre("home"));
}

TEST_F(TwoCollectorsOfOneInspection, AgreeWhoReadItFirst) {
  const auto here = inspections_->prepare("lewes", {comment("I am scared").reference, MarkRead{}, "anna"});
  clock_.set(kNow + 1);
  const auto there = there_->prepare("lewes", {comment_there("I am scared").reference, MarkRead{}, "bob"});
  ASSERT_TRUE(there_->keep("lewes", *there));
  ASSERT_TRUE(inspections_->keep("lewes", *here));
  EXPECT_EQ(comment("I am scared").read_by, "anna");
  EXPECT_EQ(comment_there("I am scared").read_by, "anna");
  EXPECT_EQ(comment("I am scared").reference, comment_there("I am scared").reference);
}

TEST_F(TwoCollectorsOfOneInspection, DecideWhatTheOtherRaised) {
  const auto concern = *add_to("I am scared", RaiseConcern{"Anna Jones", ""});
  const auto decided = there_->prepare("lewes", {concern, Decide{"visit"}, "lead"});
  ASSERT_TRUE(decided);
  ASSERT_TRUE(there_->keep("lewes", *decided));
  EXPECT_THAT(inspections_->concerns("lewes")->at(0).decisions, SizeIs(1));
}

}  // namespace
}  // namespace perspective::inspection
