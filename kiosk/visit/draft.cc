// A visit to and from JSON, for the keeper's memory file and nothing else.
#include <array>
#include <boost/json.hpp>
#include <tuple>

#include "visit/visit.h"

namespace perspective::visit {
namespace {

namespace json = boost::json;

constexpr int kFormat = 1;
constexpr std::array<std::string_view, 9> kOvers = {"talk",  "worker",   "worker_asked", "stop",    "languages",
                                                    "yours", "switches", "find_switch",  "keyboard"};
constexpr std::array<std::string_view, 11> kSteps = {
    "language", "yours", "token", "welcome", "practice", "question", "check", "sending", "problem", "thanks", "ended"};
constexpr std::array<std::string_view, 6> kFindings = {"offered", "first",        "first_again",
                                                       "second",  "second_again", "ready"};
constexpr std::array<std::string_view, 4> kKeyPages = {"letters", "accents", "signs", "edit"};
constexpr std::array<std::string_view, 2> kKeyOrders = {"typewriter", "alphabet"};
constexpr std::array<std::string_view, 4> kEndings = {"sent", "deleted", "timed_out", "turned_away"};

template <typename Enum, std::size_t kCount>
std::string_view name_of(const std::array<std::string_view, kCount>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

// Throws: this file's from_draft catches.
template <typename Enum, std::size_t kCount>
Enum value_of(const std::array<std::string_view, kCount>& names, const json::value& name) {
  for (std::size_t i = 0; i < kCount; ++i) {
    if (names[i] == std::string_view(name.as_string())) return static_cast<Enum>(i);
  }
  throw std::invalid_argument("unknown name");
}

std::string text_of(const json::value& value) { return std::string(value.as_string()); }

json::array array_of(const std::vector<std::string>& texts) {
  json::array result;
  for (const std::string& text : texts) result.emplace_back(text);
  return result;
}

std::vector<std::string> texts_of(const json::value& value) {
  std::vector<std::string> result;
  for (const json::value& each : value.as_array()) result.push_back(text_of(each));
  return result;
}

json::value to_value(const survey::Answer& answer) {
  if (const auto* choice = std::get_if<survey::Choice>(&answer)) return {{"choice", choice->option}};
  if (const auto* choices = std::get_if<survey::Choices>(&answer)) return {{"choices", array_of(choices->options)}};
  return {{"words", std::get<survey::Words>(answer).text}};
}

survey::Answer answer_of(const json::value& value) {
  const json::object& object = value.as_object();
  if (const auto* choice = object.if_contains("choice")) return survey::Choice{text_of(*choice)};
  if (const auto* choices = object.if_contains("choices")) return survey::Choices{texts_of(*choices)};
  return survey::Words{text_of(object.at("words"))};
}

json::value to_value(const std::optional<Control>& control) {
  if (!control) return nullptr;
  return {{"is_button", control->kind == Control::Kind::button}, {"number", control->number}};
}

std::optional<Control> control_of(const json::value& value) {
  if (value.is_null()) return std::nullopt;
  const json::object& object = value.as_object();
  return Control{.kind = object.at("is_button").as_bool() ? Control::Kind::button : Control::Kind::key,
                 .number = object.at("number").to_number<int>()};
}

int index_of(const json::value& value, std::size_t count) {
  const auto index = value.to_number<std::size_t>();
  if (index >= count) throw std::out_of_range("settings");
  return static_cast<int>(index);
}

json::object to_object(const Input& input) {
  return {{"select", to_value(input.select)},
          {"move", to_value(input.move)},
          {"pace", input.pace},
          {"ignored", input.ignored},
          {"held", input.held}};
}

Input input_of(const json::value& value) {
  const json::object& object = value.as_object();
  return {.select = control_of(object.at("select")),
          .move = control_of(object.at("move")),
          .pace = index_of(object.at("pace"), kPaces_ms.size()),
          .ignored = index_of(object.at("ignored"), kIgnored_ms.size()),
          .held = index_of(object.at("held"), kHeld_ms.size())};
}

json::object to_object(const survey::Answers& answers) {
  json::object result;
  for (const auto& [variable, answer] : answers) result.emplace(variable, to_value(answer));
  return result;
}

// Half-written words are no answer yet, but they are not lost either: only their kind and length are checked.
bool fits(const survey::Item& item, const survey::Answer& answer) {
  const auto* words = std::get_if<survey::Words>(&answer);
  if (words == nullptr) return survey::check_answer(item, answer).has_value();
  const auto* kind = std::get_if<survey::FreeText>(&item.kind);
  return kind != nullptr && words->text.size() <= kind->max_bytes;
}

survey::Answers answers_of(const json::value& value, const survey::Questionnaire& questionnaire) {
  survey::Answers result;
  for (const auto& member : value.as_object()) {
    const std::string variable(member.key());
    const auto& practice = questionnaire.practice;
    const survey::Item* item = practice && practice->variable == variable ? &*practice : questionnaire.item(variable);
    survey::Answer answer = answer_of(member.value());
    if (item == nullptr || !fits(*item, answer)) throw std::invalid_argument("answer");
    result.emplace(variable, std::move(answer));
  }
  return result;
}

Visit::DraftOf belonging_of(const json::object& draft) {
  return {.inspection = text_of(draft.at("inspection")),
          .questionnaire = text_of(draft.at("questionnaire")),
          .version = draft.at("version").to_number<int>()};
}

}  // namespace

struct Draft {
  static json::object write(const Visit& visit) {
    json::array reached;
    for (const std::size_t position : visit.reached_) reached.emplace_back(position);
    return {{"format", kFormat},
            {"inspection", visit.setting_.is_rehearsal ? std::string() : visit.setting_.inspection},
            {"questionnaire", visit.questionnaire().id},
            {"version", visit.questionnaire().version},
            {"language", visit.settings_.language},
            {"size", static_cast<int>(visit.settings_.size)},
            {"colours", static_cast<int>(visit.settings_.colours)},
            {"typeface", static_cast<int>(visit.settings_.typeface)},
            {"spaced", visit.settings_.is_spaced},
            {"speech_only", visit.settings_.is_speech_only},
            {"sound", visit.settings_.sound.is_on},
            {"aloud", visit.settings_.sound.is_aloud},
            {"rate", visit.settings_.sound.rate},
            {"volume", visit.settings_.sound.volume},
            {"input", to_object(visit.settings_.input)},
            {"finding", name_of(kFindings, visit.finding_)},
            {"keys", name_of(kKeyOrders, visit.settings_.keys)},
            {"key_page", name_of(kKeyPages, visit.key_page_)},
            {"step", name_of(kSteps, visit.step_)},
            {"over", visit.over_ ? json::value(name_of(kOvers, *visit.over_)) : json::value(nullptr)},
            {"has_token", visit.has_token_},
            {"page", visit.page_},
            {"position", visit.position_},
            {"is_changing", visit.is_changing_},
            {"changed", visit.changed_},
            {"is_hidden", visit.is_hidden_},
            {"explained", visit.explained_},
            {"answers", to_object(visit.answers_)},
            {"practice", to_object(visit.practice_)},
            {"reached", std::move(reached)},
            {"ending", visit.ending_ ? json::value(name_of(kEndings, *visit.ending_)) : json::value(nullptr)},
            {"words", array_of(visit.words_)},
            {"before_sending", name_of(kSteps, visit.before_sending_)}};
  }

  static void read_settings(const json::object& draft, Visit& visit) {
    visit.apply(ChooseLanguage{text_of(draft.at("language"))});
    const auto size = draft.at("size").to_number<int>();
    const auto colours = draft.at("colours").to_number<int>();
    if (size < 0 || size >= kTextSizes || colours < 0 || colours >= kColours) throw std::invalid_argument("settings");
    const auto typeface = draft.at("typeface").to_number<int>();
    if (typeface < 0 || typeface >= kTypefaces) throw std::invalid_argument("typeface");
    visit.settings_.typeface = static_cast<Typeface>(typeface);
    visit.settings_.is_spaced = draft.at("spaced").as_bool();
    visit.settings_.is_speech_only = draft.at("speech_only").as_bool();
    Sound& sound = visit.settings_.sound;
    sound.is_on = draft.at("sound").as_bool();
    sound.is_aloud = draft.at("aloud").as_bool();
    sound.rate = draft.at("rate").to_number<int>();
    sound.volume = draft.at("volume").to_number<int>();
    const bool has_rate = sound.rate >= 0 && sound.rate < static_cast<int>(kRates_percent.size());
    if (!has_rate || sound.volume < 0 || sound.volume >= kVolumes) throw std::invalid_argument("settings");
    visit.settings_.input = input_of(draft.at("input"));
    visit.settings_.keys = value_of<KeyOrder>(kKeyOrders, draft.at("keys"));
    visit.settings_.size = static_cast<TextSize>(size);
    visit.settings_.colours = static_cast<Colours>(colours);
  }

  static void read_place(const json::object& draft, Visit& visit) {
    const survey::Questionnaire& questionnaire = visit.questionnaire();
    visit.step_ = value_of<Step>(kSteps, draft.at("step"));
    visit.over_.reset();
    if (!draft.at("over").is_null()) visit.over_ = value_of<Over>(kOvers, draft.at("over"));
    // What was pressed once is forgotten; pressed twice more it is found as well.
    visit.finding_ = value_of<Finding>(kFindings, draft.at("finding"));
    visit.key_page_ = value_of<KeyPage>(kKeyPages, draft.at("key_page"));
    visit.has_token_ = draft.at("has_token").as_bool();
    visit.page_ = draft.at("page").to_number<std::size_t>();
    visit.position_ = draft.at("position").to_number<std::size_t>();
    visit.is_changing_ = draft.at("is_changing").as_bool();
    visit.is_hidden_ = draft.at("is_hidden").as_bool();
    visit.changed_ = draft.at("changed").to_number<std::size_t>();
    visit.explained_ = text_of(draft.at("explained"));
    visit.before_sending_ = value_of<Step>(kSteps, draft.at("before_sending"));
    const bool has_page = visit.step_ != Step::welcome || visit.page_ < questionnaire.welcome.size();
    const bool has_practice = visit.step_ != Step::practice || questionnaire.practice.has_value();
    if (!has_page || !has_practice || visit.position_ >= questionnaire.items.size()) throw std::out_of_range("place");
    const survey::Item* item = visit.item();
    const bool has_words = item != nullptr && std::holds_alternative<survey::FreeText>(item->kind);
    if (visit.over_ == Over::keyboard && !has_words) throw std::invalid_argument("keyboard");
  }

  static void read_answers(const json::object& draft, Visit& visit) {
    const survey::Questionnaire& questionnaire = visit.questionnaire();
    visit.answers_ = answers_of(draft.at("answers"), questionnaire);
    visit.practice_ = answers_of(draft.at("practice"), questionnaire);
    visit.reached_.clear();
    for (const json::value& position : draft.at("reached").as_array()) {
      visit.reached_.insert(position.to_number<std::size_t>());
    }
    if (!draft.at("ending").is_null()) visit.ending_ = value_of<Ending>(kEndings, draft.at("ending"));
    visit.words_ = texts_of(draft.at("words"));
  }
};

std::string Visit::to_draft() const { return json::serialize(Draft::write(*this)); }

Result<Visit> Visit::from_draft(std::string_view draft, Setting setting) {
  try {
    const json::value parsed = json::parse(json::string_view(draft.data(), draft.size()));
    const json::object& object = parsed.as_object();
    if (object.at("format").to_number<int>() != kFormat) return fail(ErrorCode::invalid, "draft: unknown format");
    std::ignore = belonging_of(object);  // one that does not say it could never be found again
    Visit visit(std::move(setting));
    Draft::read_settings(object, visit);
    Draft::read_place(object, visit);
    Draft::read_answers(object, visit);
    return visit;
  } catch (const std::exception&) {
    // What the exception says could quote the draft.
    return fail(ErrorCode::corrupt, "draft: it does not fit this questionnaire");
  }
}

Result<Visit::DraftOf> Visit::draft_of(std::string_view draft) {
  try {
    const json::value parsed = json::parse(json::string_view(draft.data(), draft.size()));
    return belonging_of(parsed.as_object());
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "draft: not a draft");
  }
}

}  // namespace perspective::visit
