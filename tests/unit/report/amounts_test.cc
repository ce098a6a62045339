// Which amounts a text names, in figures, in words and without a number, in English and in Welsh.
#include "report/amounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "draft_of.h"

namespace perspective::report {
namespace {

namespace rc = reference_case;

AmountWords words_of(const std::string& language) { return rc::unwrapped(AmountWords::of(rc::phrases(language))); }

std::string names_in(const AmountWords& words, std::string_view text) {
  std::string names;
  for (const auto& amount : words.in(text)) names += (names.empty() ? "" : "; ") + amount.name;
  return names;
}

struct Row {
  const char* text;
  const char* names;
};

// Two that stand side by side are two only where the language would not make one of them.
constexpr Row kEnglish[] = {
    {"Twenty-one of the 17, 88%; both, and one more - three.", "21; 17; 88%; both; 1; 3"},
    {"twenty one, or Twenty, one of whom was late", "21; 20; 1"},
    {"one hundred and five; One hundred five; a hundred", "105; 105; 100"},
    {"88 per cent, fifty percent, 12.5%, 1,234 and １７", "88%; 50%; 12.5%; 1234; 17"},
    {"All of them said so", "all"},
    {"All or nearly all of the 17", "all or nearly all; 17"},
    {"Nearly all, or almost everyone", "nearly all; nearly all"},
    {"all but one of the 21", "all but; 1; 21"},
    {"Everyone came; everybody, each child, every one", "all; all; all; all"},
    {"None, no one, no-one, nobody, not one, no child", "none; none; none; none; none; none"},
    {"few or none, and few", "few or none; few"},
    {"half, a third, two thirds, a quarter, ¾, one fifth", "half; third; 2; third; quarter; quarter; 1; fifth"},
    {"More than half; most; the majority", "more than half; more than half; more than half"},
    {"Fewer than half; a minority", "fewer than half; fewer than half"},
    {"Thirteen or more of the 17, at least 13; four or fewer, no more than four, four at most",
     "13 or more; 17; 13 or more; 4 or fewer; 4 or fewer; 4 or fewer"},
    {"at least half satisfied; a third at least; up to date, and no more", "half; third"},
    {"at least 88 per cent. At least. Six", "88% or more; 6"},
    {"all but four at most, all but four", "all but four at most; all but; 4"},
    {"half or fewer, or half of these or fewer", "half or fewer; half or fewer"},
    {"neither of the two", "neither; 2"},
    {"once, twice, a dozen, half a dozen, a couple", "1; 2; 12; 6; 2"},
    {"not at all, every week, each other, above all", ""},
    {"All (or nearly all) of them", "all; nearly all"},
    {"El\u00ADeven and s\u200Bix", "11; 6"},
    {"Someone was alone; bone, tens, often, allow", ""},
};

constexpr Row kWelsh[] = {
    {"Saith o'r 17 a'r ddau", "7; 17; 2"},
    {"Dywedodd pob un o’r pump eu bod yn fodlon", "pob un; 5"},
    {"pawb, bawb, phob plentyn, i gyd, yr holl blant", "pob un; pob un; pob un; pob un; pob un"},
    {"neb, dim un, yr un o'r 21, dim plentyn", "neb; neb; neb; 21; neb"},
    {"pob un neu bron pob un o'r 17", "pob un neu bron pob un; 17"},
    {"bron pob un, bron pawb", "bron pob un; bron pob un"},
    {"ychydig neu neb", "ychydig neu neb"},
    {"tri ar ddeg neu fwy o'r 17, o leiaf 13; pedwar neu lai, dim mwy na phedwar",
     "13 neu fwy; 17; 13 neu fwy; 4 neu lai; 4 neu lai"},
    {"pob un ond pedwar ar y mwyaf", "pob un ond pedwar ar y mwyaf"},
    {"hanner, traean, chwarter, draean, dri chwarter", "hanner; traean; chwarter; traean; 3; chwarter"},
    {"mwy na hanner y 14, y mwyafrif, mwyafrif", "mwy na hanner; 14; mwy na hanner; mwy na hanner"},
    {"llai na hanner; hanner neu lai; hanner y rhain neu lai", "llai na hanner; hanner neu lai; hanner neu lai"},
    {"y ddau, y ddwy, o'r ddau, ill dau", "y ddau; y ddau; 2; y ddau"},
    {"dau, dwy, ddau, ddwy, nau", "2; 2; 2; 2; 2"},
    {"tri, tair, dri, thri, thair, dair", "3; 3; 3; 3; 3; 3"},
    {"pedwar, pedair, bedwar, phedwar, bedair, phedair, mhedwar", "4; 4; 4; 4; 4; 4; 4"},
    {"pump, pum, bump, phump, bum, mhump", "5; 5; 5; 5; 5; 5"},
    {"chwech, chwe, saith, wyth, naw", "6; 6; 7; 8; 9"},
    {"deg, ddeg, deng, ddeng, un deg", "10; 10; 10; 10; 10"},
    {"un ar ddeg; deuddeg; ddeuddeg; tri ar ddeg; dair ar ddeg; pymtheg", "11; 12; 12; 13; 13; 15"},
    {"un ar bymtheg; ddwy ar bymtheg; deunaw; bedair ar bymtheg", "16; 17; 18; 19"},
    {"ugain; hugain; un ar hugain; tair ar hugain; deg ar hugain", "20; 20; 21; 23; 30"},
    {"un deg pump; dau ddeg un; tri deg dwy; hanner cant; deugain", "15; 21; 32; 50; 40"},
    {"88 y cant; 40%; hanner cant y cant", "88%; 40%; 50%"},
    {"unwaith, dwywaith, teirgwaith", "1; 2; 3"},
    {"nid oes ddim, dim ond hynny, unrhyw un, yr un pryd, eu hunain, bob dydd", ""},
};

TEST(AmountsInAText, AreFoundInEnglish) {
  const auto words = words_of("en");
  for (const auto& row : kEnglish) EXPECT_EQ(names_in(words, row.text), row.names) << row.text;
}

TEST(AmountsInAText, AreFoundInWelshWhateverTheirFirstLetterBecame) {
  const auto words = words_of("cy");
  for (const auto& row : kWelsh) EXPECT_EQ(names_in(words, row.text), row.names) << row.text;
}

// As ICU spells them, at the head of a sentence too; what is printed is read again.
TEST(AmountsInAText, AreAllNumbersThatAReportPrints) {
  for (const std::string language : {"en", "cy"}) {
    const auto words = words_of(language);
    for (std::int64_t number = 1; number <= 999; ++number) {
      const auto spelt = text::number_in_words(number, language);
      EXPECT_EQ(names_in(words, text::capitalised(spelt, language)), std::to_string(number)) << spelt;
    }
  }
}

// Every way in which a release speaks of a finding names one thing of its own, which no other way names.
TEST(AmountsInAText, AreTheStatementsOfARelease) {
  for (const std::string language : {"en", "cy"}) {
    const auto phrases = rc::phrases(language);
    const auto words = words_of(language);
    std::map<std::string, std::string> name_of;
    const std::string begin = "report.release.";
    for (const auto& key : phrases.keys()) {
      const auto says =
          key.starts_with(begin) ? key.substr(begin.size(), key.find('.', begin.size()) - begin.size()) : "";
      for (const std::string band :
           {"few_or_none", "all_or_nearly_all", "more_than_half", "half_or_fewer", "more_than_half_not"}) {
        if (says != band || key.find(".who.") != std::string::npos) continue;
        const std::string edge = band == "few_or_none" ? "4" : "13";
        const auto phrase = rc::unwrapped(phrases.format(key, {{"of", 17}, {"of_text", "17"}, {"edge_text", edge}}));
        const auto names = names_in(words, phrase);
        const auto name = names.substr(0, names.find(';'));
        EXPECT_THAT(names, testing::AnyOf(name, name + "; 17")) << key << ": " << phrase;
        // Its edge is as many of the 17, all but four, or all but six.
        const bool has_own_edge = band == "all_or_nearly_all" && !key.ends_with(".of");
        const auto family = has_own_edge ? key : band == "more_than_half_not" ? "more_than_half" : band;
        EXPECT_EQ(name_of.emplace(family, name).first->second, name) << phrase;
      }
    }
    EXPECT_EQ(name_of.size(), 6U);
    std::set<std::string> names;
    for (const auto& [_, name] : name_of) names.insert(name);
    EXPECT_EQ(names.size(), 6U);
  }
}

TEST(AmountsInAText, OfALanguageWithoutAListAreNumbersAlone) {
  const auto words = rc::unwrapped(AmountWords::of(rc::unwrapped(text::Catalogue::parse("{}", "fr"))));
  EXPECT_EQ(names_in(words, "Vingt et un sur 30, tous"), "21; 30");
}

TEST(AmountWords, SayWhichMessageIsNotAsItShouldBe) {
  const auto broken = [](const char* json) {
    const auto words = AmountWords::of(rc::unwrapped(text::Catalogue::parse(json, "cy")));
    return words ? std::string("nothing") : words.error().what;
  };
  EXPECT_THAT(broken(R"({"report.amount.same": "dwy"})"), testing::HasSubstr("report.amount.same: 'dwy' has no '='"));
  EXPECT_THAT(broken(R"({"report.amount.numerals": "0: =%none=;"})"), testing::HasSubstr("numbers in words of cy"));
}

}  // namespace
}  // namespace perspective::report
