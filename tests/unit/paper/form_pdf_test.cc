#include "paper/form_pdf.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "paper/reference.h"
#include "support/reference_case.h"

namespace perspective::paper {
namespace {

namespace fs = std::filesystem;
using reference_case::catalogue_in;
using reference_case::unwrapped;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr auto* kChildren = "assets/questionnaires/children-and-young-people";
constexpr auto* kVictims = "assets/questionnaires/victims";
constexpr auto* kPark = "tests/fixtures/town-park";

survey::Pictures pictures_of(const survey::Questionnaire& questionnaire) {
  survey::Pictures pictures;
  for (const auto& name : survey::picture_names(questionnaire)) {
    pictures[name] = reference_case::read("assets/questionnaires/pictures/" + name + ".svg");
  }
  return pictures;
}

struct Wanted {
  std::string folder = kChildren;
  std::string language = "en";
  Style style = Style::standard;
  bool has_token = false;
  std::vector<std::string> references = {"BCD-FGH-JKX"};
};

std::string pdf_of(const Wanted& wanted) {
  const auto questionnaire = reference_case::questionnaire_in(wanted.folder);
  const auto words = catalogue_in("assets/paper", wanted.language);
  const auto texts = catalogue_in(wanted.folder + "/texts", wanted.language);
  const auto form = unwrapped(
      form_of(questionnaire, texts, words, {.area = "Croydon", .style = wanted.style, .has_token = wanted.has_token}));
  return unwrapped(forms_pdf(form, wanted.style, words, pictures_of(questionnaire), wanted.references));
}

// What a tool says of it.
std::string told(const std::string& pdf, const std::string& before, const std::string& after) {
  const auto file = fs::path(testing::TempDir()) / ("form-" + std::to_string(::getpid()) + ".pdf");
  EXPECT_TRUE(write_file(file, as_bytes(pdf)));
  std::string text;
  std::FILE* pipe = popen((before + " '" + file.string() + "' " + after + " 2>&1").c_str(), "r");
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) text += static_cast<char>(c);
  EXPECT_EQ(pclose(pipe), 0);
  fs::remove(file);
  return text;
}
std::string as_read(const std::string& pdf) { return told(pdf, "pdftotext -layout", "-"); }
std::string structure_of(const std::string& pdf) { return told(pdf, "pdfinfo -struct-text", ""); }
std::vector<std::string> pages_of(const std::string& text) {
  std::vector<std::string> pages;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\f', at), text.size());
    pages.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return pages;
}
std::size_t count_of(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++count;
  return count;
}

TEST(FormOnPaper, AsksEveryQuestionInTheWordsOfTheScreen) {
  const auto text = as_read(pdf_of({.folder = kVictims}));
  for (const auto* words : {"1.", "Did the YOS tell you what it could do for you?", "I am not sure", "9.",
                            "Did anyone help you to answer?", "Inspection: Croydon", "Victim Support on"}) {
    EXPECT_THAT(text, HasSubstr(words));
  }
}

TEST(FormOnPaper, SaysInWordsWhoAnswersAQuestionAndWhereToGoOn) {
  const auto text = as_read(pdf_of({}));
  EXPECT_THAT(text, HasSubstr("Only answer this if you ticked “A referral order” in question 9."));
  EXPECT_THAT(text, HasSubstr("Only answer this if you wrote something in question 8, 21, 24, 26 or 28."));
  EXPECT_THAT(text, HasSubstr("→ Go to question 13"));
  EXPECT_THAT(text, HasSubstr("Now go to question 16."));
  EXPECT_THAT(text, HasSubstr("Only answer this if you answered question 7."));
}

TEST(FormOnPaper, SaysThatAnswersTellWhereToGoOnWhereOneDoes) {
  EXPECT_THAT(as_read(pdf_of({})), HasSubstr("Some answers say which question comes next."));
  EXPECT_THAT(as_read(pdf_of({.folder = kVictims})), Not(HasSubstr("Some answers say")));
}

TEST(FormOnPaper, SaysNothingThatIsTrueOfAComputerOnly) {
  for (const auto* folder : {kChildren, kVictims}) {
    for (const auto* language : {"en", "cy"}) {
      EXPECT_THAT(as_read(pdf_of({.folder = folder, .language = language})),
                  AllOf(Not(HasSubstr("press")), Not(HasSubstr("computer")), Not(HasSubstr("cyfrifiadur")),
                        Not(HasSubstr("pwyso"))));
    }
  }
}

TEST(FormOnPaper, HasNeitherTokenAndReferenceOnOneSheet) {
  const auto pages = pages_of(as_read(pdf_of({.has_token = true})));
  // The cover is a sheet of its own, its back too.
  EXPECT_THAT(pages[0] + pages[1], AllOf(HasSubstr("Your slip"), Not(HasSubstr("BCD"))));
  for (std::size_t i = 2; i < pages.size(); ++i) {
    EXPECT_THAT(pages[i], AllOf(HasSubstr("BCD‑FGH‑JKX"), Not(HasSubstr("Your slip")))) << i;
  }
}

TEST(FormOnPaper, AsksForNoTokenWhereNoVisitSpendsOne) {
  EXPECT_THAT(as_read(pdf_of({.has_token = false})), Not(HasSubstr("slip")));
}

TEST(FormOnPaper, HasASheetToKeepWithWhatTakesAnswersBack) {
  const auto pages = pages_of(as_read(pdf_of({})));
  ASSERT_EQ(pages.size() % 2, 0U);
  EXPECT_THAT(pages[pages.size() - 2],
              AllOf(HasSubstr("Keep this sheet"), HasSubstr("take your answers back"),
                    HasSubstr("The letters of your form: BCD‑FGH‑JKX"), HasSubstr("Who can I talk to?")));
}

TEST(FormOnPaper, DiffersFromItsCopiesInTheReferenceAlone) {
  const auto text = as_read(pdf_of({.folder = kVictims, .references = {"BCD-FGH-JKX", "ZYX-WVT-SRM"}}));
  auto pages = pages_of(text);
  const auto half = pages.size() / 2;
  for (std::size_t i = 0; i < half; ++i) {
    std::string other = pages[half + i];
    for (auto at = other.find("ZYX‑WVT‑SRM"); at != std::string::npos; at = other.find("ZYX‑WVT‑SRM")) {
      other.replace(at, std::string("ZYX‑WVT‑SRM").size(), "BCD‑FGH‑JKX");
    }
    const auto squeezed = [](std::string page) {
      std::erase(page, ' ');
      return page;
    };
    EXPECT_EQ(squeezed(pages[i]), squeezed(other));
  }
}

TEST(FormOnPaper, IsTaggedForWhoeverListens) {
  const auto structure = structure_of(pdf_of({.folder = kVictims, .style = Style::easy_read}));
  EXPECT_EQ(count_of(structure, "H1 (block)"), 1U);
  EXPECT_EQ(count_of(structure, "H3 (block)"), 9U);
  EXPECT_GT(count_of(structure, "LI (block)"), 20U);
  EXPECT_THAT(structure, HasSubstr("Did anyone help you to answer?"));
  // Footers are no part of what is read.
  EXPECT_THAT(structure, AllOf(Not(HasSubstr("Page 1 of")), Not(HasSubstr("Form BCD"))));
}

TEST(FormOnPaper, SaysWhatIsOnEachPicture) {
  const auto pdf = pdf_of({.folder = kVictims, .style = Style::easy_read});
  EXPECT_EQ(count_of(structure_of(pdf), "Figure"), 24U);
  EXPECT_EQ(count_of(pdf, "/Alt <FEFF"), 24U);
  std::string tick = "/Alt <FEFF";  // in UTF-16
  for (const char c : std::string("A speech bubble with a tick")) {
    char unit[5];
    std::snprintf(unit, sizeof unit, "%04X", static_cast<unsigned>(c));
    tick += unit;
  }
  EXPECT_EQ(count_of(pdf, tick + ">"), 5U);
}

// One drawing of each, however many options have it: a form of thousands is no larger for its pictures.
TEST(FormOnPaper, HoldsEachPictureOnceHoweverOftenItIsShown) {
  const Wanted once = {.folder = kVictims, .style = Style::easy_read};
  Wanted often = once;
  often.references.assign(4, once.references.front());
  const auto drawings = [](const std::string& pdf) { return count_of(pdf, "/Subtype /Form"); };
  EXPECT_GT(drawings(pdf_of(once)), 3U);
  EXPECT_EQ(drawings(pdf_of(often)), drawings(pdf_of(once)));
}

TEST(FormOnPaper, HasPicturesInEasyReadAlone) {
  EXPECT_EQ(count_of(structure_of(pdf_of({.folder = kVictims})), "Figure"), 0U);
}

TEST(FormOnPaper, SaysItsTitleAndLanguage) {
  const auto pdf = pdf_of({.folder = kVictims, .language = "cy"});
  EXPECT_THAT(told(pdf, "pdfinfo", ""),
              AllOf(HasSubstr("Cwestiynau i ddioddefwyr trosedd"), HasSubstr("Tagged:          yes")));
  EXPECT_THAT(pdf, AllOf(HasSubstr("/Lang (cy)"), HasSubstr("/DisplayDocTitle true")));
}

TEST(FormOnPaper, IsWholeForAReaderThatChecks) {
  for (const auto style : {Style::standard, Style::large_print, Style::easy_read}) {
    EXPECT_THAT(told(pdf_of({.style = style}), "pdftotext", "/dev/null"), testing::IsEmpty());
  }
}

TEST(FormOnPaper, HasItsLettersInTheSizeThatWasAskedFor) {
  const auto sizes = [](Style style) {
    return told(pdf_of({.folder = kVictims, .style = style}), "pdftotext -bbox", "-");
  };
  // "Yes" stands higher the larger it is: its box, by poppler.
  const auto height_of_yes = [&](Style style) {
    const auto boxes = sizes(style);
    const auto at = boxes.rfind("<word", boxes.find(">Yes<"));
    double top = 0;
    double bottom = 0;
    EXPECT_EQ(std::sscanf(boxes.c_str() + boxes.find("yMin=", at), "yMin=\"%lf\"", &top), 1);
    EXPECT_EQ(std::sscanf(boxes.c_str() + boxes.find("yMax=", at), "yMax=\"%lf\"", &bottom), 1);
    return bottom - top;
  };
  const double standard = height_of_yes(Style::standard);
  EXPECT_NEAR(height_of_yes(Style::large_print) / standard, 18.0 / 12, 0.02);
  EXPECT_NEAR(height_of_yes(Style::easy_read) / standard, 15.0 / 12, 0.02);
}

// Where the box of an option is beside its words: to the left of "Yes", to the right of its Urdu.
TEST(FormOnPaper, IsMirroredFromRightToLeft) {
  const auto pdf = pdf_of({.folder = kPark, .language = "ur", .has_token = true});
  const auto boxes = told(pdf, "pdftotext -bbox", "-");
  // The number of the first option, behind the cover and its back: in the half where lines begin.
  const auto at = boxes.find(">1<", boxes.find("<page", boxes.find("<page", boxes.find("<page") + 1) + 1));
  ASSERT_NE(at, std::string::npos);
  double left = 0;
  const auto word = boxes.rfind("<word", at);
  ASSERT_EQ(std::sscanf(boxes.c_str() + boxes.find("xMin=", word), "xMin=\"%lf\"", &left), 1);
  EXPECT_GT(left, 300);
  EXPECT_THAT(pdf, HasSubstr("/Lang (ur)"));
}

// PERSPECTIVE_FORMS=FOLDER keeps them, to be looked at.
TEST(FormOnPaper, CanBePrintedInEveryStyleAndLanguageThatWeHave) {
  const char* const folder = std::getenv("PERSPECTIVE_FORMS");
  const std::vector<std::pair<std::string, std::string>> all = {{kChildren, "en"},
                                                                {kChildren, "cy"},
                                                                {kVictims, "en"},
                                                                {kVictims, "cy"},
                                                                {kPark, "en"},
                                                                {kPark, "ur"},
                                                                {"tests/fixtures/library-readers", "en"}};
  for (const auto& [questionnaire, language] : all) {
    for (const auto& [style, name] :
         {std::pair{Style::standard, "standard"}, std::pair{Style::large_print, "large-print"},
          std::pair{Style::easy_read, "easy-read"}}) {
      const auto pdf = pdf_of({.folder = questionnaire,
                               .language = language,
                               .style = style,
                               .has_token = true,
                               .references = {"BCD-FGH-JKX"}});
      EXPECT_THAT(pdf, HasSubstr("%PDF-1."));
      if (folder == nullptr) continue;
      const auto file = fs::path(questionnaire).filename().string() + "-" + language + "-" + name + ".pdf";
      EXPECT_TRUE(write_file(fs::path(folder) / file, as_bytes(pdf)));
    }
  }
}

}  // namespace
}  // namespace perspective::paper
