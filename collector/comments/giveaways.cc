#include "comments/giveaways.h"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>

#include "comments/tokens.h"

namespace perspective::comments {

namespace json = boost::json;

namespace {

constexpr std::size_t kFewestOfATelephone = 9;  // digits
constexpr std::size_t kFewestOfANumber = 5;
constexpr std::size_t kMostOfAHouse = 4;
constexpr std::size_t kMostWordsOfAStreet = 3;

struct ListName {
  const char* name;
  GiveawayWords::List GiveawayWords::*list;
};
constexpr ListName kLists[] = {
    {"names", &GiveawayWords::names},           {"titles", &GiveawayWords::titles},
    {"introduces", &GiveawayWords::introduces}, {"does", &GiveawayWords::does},
    {"known", &GiveawayWords::known},           {"months", &GiveawayWords::months},
    {"streets", &GiveawayWords::streets},       {"street_begins", &GiveawayWords::street_begins},
    {"places", &GiveawayWords::places},         {"homes", &GiveawayWords::homes}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_plain_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// "9AA", the inner half of a postcode.
bool is_inward(std::string_view code) {
  return code.size() == 3 && is_digit(code[0]) && is_plain_letter(code[1]) && is_plain_letter(code[2]);
}

// "A9", "A99", "AA9", "AA99", "A9A", "AA9A".
bool is_outward(std::string_view code) {
  std::size_t at = 0;
  while (at < code.size() && at < 2 && is_plain_letter(code[at])) ++at;
  if (at == 0 || at == code.size() || !is_digit(code[at])) return false;
  return code.size() == at + 1 || (code.size() == at + 2 && (is_digit(code[at + 1]) || is_plain_letter(code[at + 1])));
}

// "3", "3rd", in Welsh "3ydd".
bool is_day_of_month(const Token& token) {
  const auto figures = token.folded.find_first_not_of("0123456789");
  const auto digits = figures == std::string::npos ? token.folded.size() : figures;
  return digits >= 1 && digits <= 2 && token.folded.size() <= digits + 3;
}

class Finder {
 public:
  Finder(std::string_view text, const GiveawayWords& words) : text_(text), words_(words), tokens_(tokens_of(text)) {}

  std::vector<Span> all() {
    find_mail();
    find_figures();
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      find_postcode(i);
      find_date_in_words(i);
      find_street(i);
    }
    find_names();
    return settled();
  }

 private:
  std::string_view text_of(const Token& token) const { return text_.substr(token.begin, token.end - token.begin); }
  std::string_view between(std::size_t i) const {  // before token i
    return text_.substr(tokens_[i - 1].end, tokens_[i].begin - tokens_[i - 1].end);
  }
  bool follows_closely(std::size_t i) const { return i > 0 && i < tokens_.size() && between(i) == " "; }
  void add(Giveaway kind, std::size_t begin, std::size_t end) { found_.push_back({kind, begin, end}); }

  void find_mail();
  void find_figures();
  std::size_t figures_from(std::size_t begin) const;
  void find_postcode(std::size_t i);
  void find_date_in_words(std::size_t i);
  void find_street(std::size_t i);
  void find_names();
  bool is_name(std::size_t i) const;
  std::size_t end_of_name(const Token& token) const;
  std::vector<Span> settled();

  std::string_view text_;
  const GiveawayWords& words_;
  std::vector<Token> tokens_;
  std::vector<Span> found_;  // the earlier kinds win over the later
};

// "anna@example.org", and "@anna", as people are called elsewhere.
void Finder::find_mail() {
  const auto is_part = [](char c) {
    return is_plain_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%';
  };
  for (auto at = text_.find('@'); at != std::string_view::npos; at = text_.find('@', at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && is_part(text_[begin - 1])) --begin;
    std::size_t end = at + 1;
    while (end < text_.size() && is_part(text_[end])) ++end;
    while (end > at + 1 && text_[end - 1] == '.') --end;
    if (end == at + 1) continue;
    add(begin == at ? Giveaway::name : Giveaway::email, begin, end);
  }
}

// The end of digits that belong together: "07700 900 123", "(029) 2018-0000", "3/4/2009".
std::size_t Finder::figures_from(std::size_t begin) const {
  std::size_t end = begin;
  for (std::size_t at = begin; at < text_.size(); ++at) {
    const char c = text_[at];
    if (is_digit(c)) {
      end = at + 1;
    } else if (std::string_view(" -./()+").find(c) == std::string_view::npos || at - end >= 2) {
      break;
    }
  }
  return end;
}

void Finder::find_figures() {
  for (std::size_t at = 0; at < text_.size();) {
    const bool begins = (is_digit(text_[at]) || text_[at] == '+' || text_[at] == '(') && is_word_begin(text_, at);
    const std::size_t end = begins ? figures_from(at) : at;
    if (end == at) {
      ++at;
      continue;
    }
    const auto figures = text_.substr(at, end - at);
    const auto digits = static_cast<std::size_t>(std::ranges::count_if(figures, is_digit));
    const auto is_mark = [](char c) { return c == '/' || c == '.' || c == '-'; };
    const bool is_together = figures.find_first_not_of("0123456789") == std::string_view::npos;
    if (std::ranges::count_if(figures, is_mark) == 2 && digits >= 4 && digits <= 8 && is_digit(figures[0]) &&
        figures.find(' ') == std::string_view::npos) {
      add(Giveaway::date, at, end);
    } else if (digits >= kFewestOfATelephone) {
      add(Giveaway::telephone, at, end);
    } else if (digits >= kFewestOfANumber && (is_together || digits > kFewestOfANumber)) {
      add(Giveaway::number, at, end);
    }
    at = end;
  }
}

void Finder::find_postcode(std::size_t i) {
  const auto whole = text_of(tokens_[i]);
  if (whole.size() >= 5 && is_inward(whole.substr(whole.size() - 3)) && is_outward(whole.substr(0, whole.size() - 3))) {
    return add(Giveaway::postcode, tokens_[i].begin, tokens_[i].end);
  }
  if (follows_closely(i) && is_inward(whole) && is_outward(text_of(tokens_[i - 1]))) {
    add(Giveaway::postcode, tokens_[i - 1].begin, tokens_[i].end);
  }
}

// "3rd of May 2009", "3 Mai", "o Fai 2009"; "May 3".
void Finder::find_date_in_words(std::size_t i) {
  if (!words_.months.contains(tokens_[i].folded)) return;
  const auto is_day = [&](std::size_t j) { return j < tokens_.size() && is_day_of_month(tokens_[j]); };
  const auto is_year = [&](std::size_t j) {
    return j < tokens_.size() && tokens_[j].folded.size() == 4 && !tokens_[j].has_letters;
  };
  std::optional<std::size_t> first;
  if (i >= 1 && is_day(i - 1)) first = i - 1;
  if (!first && i >= 2 && is_day(i - 2) && tokens_[i - 1].folded.size() <= 2) first = i - 2;
  std::size_t last = i;
  if (!first && tokens_[i].is_capital && is_day(i + 1)) {
    first = i;
    last = i + 1;
  }
  if (is_year(last + 1)) {
    ++last;
    if (!first && tokens_[i].is_capital) first = i;
  }
  if (first) add(Giveaway::date, tokens_[*first].begin, tokens_[last].end);
}

void Finder::find_street(std::size_t i) {
  const auto& token = tokens_[i];
  const auto is_house = [&](std::size_t j) {
    return is_digit(tokens_[j].folded[0]) && tokens_[j].folded.size() <= kMostOfAHouse;
  };
  if (words_.homes.contains(token.folded) && follows_closely(i + 1) && is_house(i + 1)) {
    return add(Giveaway::address, token.begin, tokens_[i + 1].end);
  }
  std::size_t first = i;
  if (words_.streets.contains(token.folded) || (token.is_capital && words_.places.contains(token.folded))) {
    bool has_house = false;
    for (std::size_t back = 1; back <= kMostWordsOfAStreet + 1 && follows_closely(i + 1 - back); ++back) {
      const std::size_t j = i - back;
      if (is_house(j)) {
        first = j;
        has_house = true;
        break;
      }
      if (tokens_[j].is_capital && first == j + 1) first = j;
    }
    const bool is_only_a_word =
        first == i || (!has_house && words_.known.contains(tokens_[first].folded) && first + 1 == i);
    if (!is_only_a_word) add(Giveaway::address, tokens_[first].begin, token.end);
    return;
  }
  if (!token.is_capital || !words_.street_begins.contains(token.folded) || !follows_closely(i + 1)) return;
  if (follows_closely(i) && is_house(i - 1)) first = i - 1;
  std::size_t last = i;
  const auto& next = tokens_[i + 1];
  if (next.is_capital) last = i + 1;
  if ((next.folded == "y" || next.folded == "yr") && follows_closely(i + 2) && tokens_[i + 2].is_capital) last = i + 2;
  if (last != i) add(Giveaway::address, tokens_[first].begin, tokens_[last].end);
}

bool Finder::is_name(std::size_t i) const {
  const auto& token = tokens_[i];
  if (!token.has_letters || token.has_digits) return false;
  const std::string_view base = token.folded;
  const std::string_view name = base.ends_with("'s") ? base.substr(0, base.size() - 2) : base;
  if (words_.names.contains(name)) return true;
  if (words_.known.contains(name) || words_.known.contains(base) || words_.titles.contains(name)) return false;
  const bool is_after_a_title = i > 0 && words_.titles.contains(tokens_[i - 1].folded);
  const bool is_introduced = follows_closely(i) && words_.introduces.contains(tokens_[i - 1].folded);
  if (is_after_a_title || is_introduced) return true;
  if (!token.is_capital || words_.months.contains(name)) return false;
  if (!token.starts_sentence) return true;
  const bool names_more =
      follows_closely(i + 1) && tokens_[i + 1].is_capital && !words_.known.contains(tokens_[i + 1].folded);
  const bool does =
      i + 1 < tokens_.size() && !tokens_[i + 1].starts_sentence && words_.does.contains(tokens_[i + 1].folded);
  return names_more || does || base != name;
}

// Without an "'s".
std::size_t Finder::end_of_name(const Token& token) const {
  if (!token.folded.ends_with("'s")) return token.end;
  return token.end - (text_[token.end - 2] == '\'' ? 2 : 4);  // a curly one has three bytes
}

void Finder::find_names() {
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    if (!is_name(i)) continue;
    std::size_t first = i;
    if (i > 0 && words_.titles.contains(tokens_[i - 1].folded) && between(i).size() <= 2) --first;
    while (tokens_[i].end == end_of_name(tokens_[i]) && follows_closely(i + 1) && is_name(i + 1)) ++i;
    add(Giveaway::name, tokens_[first].begin, end_of_name(tokens_[i]));
  }
}

// Where two overlap they are one, of the kind that was found first.
std::vector<Span> Finder::settled() {
  std::vector<Span> spans;
  for (const auto& span : found_) {
    const auto overlaps = [&](const Span& other) { return span.begin < other.end && other.begin < span.end; };
    const auto other = std::ranges::find_if(spans, overlaps);
    if (other == spans.end()) {
      spans.push_back(span);
    } else {
      other->begin = std::min(other->begin, span.begin);
      other->end = std::max(other->end, span.end);
    }
  }
  std::ranges::sort(spans, {}, &Span::begin);
  std::vector<Span> apart;  // one that grew may have met another
  for (const auto& span : spans) {
    if (apart.empty() || apart.back().end <= span.begin) {
      apart.push_back(span);
    } else {
      apart.back().end = std::max(apart.back().end, span.end);
    }
  }
  return apart;
}

}  // namespace

std::string_view to_text(Giveaway kind) {
  switch (kind) {
    case Giveaway::name:
      return "name";
    case Giveaway::telephone:
      return "telephone";
    case Giveaway::number:
      return "number";
    case Giveaway::postcode:
      return "postcode";
    case Giveaway::email:
      return "email";
    case Giveaway::date:
      return "date";
    case Giveaway::address:
      return "address";
  }
  return "name";
}

Result<GiveawayWords> GiveawayWords::parse(std::string_view text) {
  GiveawayWords words;
  try {
    const json::value value = json::parse(json::string_view(text.data(), text.size()));
    for (const auto& [name, list] : kLists) {
      for (const auto& word : value.at(name).as_array())
        (words.*list).insert(folded(std::string_view(word.as_string())));
    }
    words.labels = json::value_to<std::map<std::string, std::string>>(value.at("labels"));
  } catch (const std::exception& exception) {
    return fail(ErrorCode::invalid, std::string("a list of words that give somebody away: ") + exception.what());
  }
  return words;
}

void GiveawayWords::add(const GiveawayWords& other) {
  for (const auto& [name, list] : kLists) (this->*list).insert((other.*list).begin(), (other.*list).end());
}

std::vector<Span> giveaways(std::string_view text, const GiveawayWords& words) { return Finder(text, words).all(); }

}  // namespace perspective::comments
