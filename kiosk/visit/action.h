// What a respondent can do. Touch, key and switch all end in one of these, so that no way does more than another.
#pragma once

#include <string>
#include <variant>

#include "visit/input.h"
#include "visit/writing.h"

namespace perspective::visit {

struct ChooseLanguage {
  std::string language;
  bool operator==(const ChooseLanguage&) const = default;
};
struct ShowLanguages {
  bool operator==(const ShowLanguages&) const = default;
};
struct NextSize {  // round and round
  bool operator==(const NextSize&) const = default;
};
struct ChangeSize {  // by so many steps; stops at the last
  int by = 0;
  bool operator==(const ChangeSize&) const = default;
};
struct NextColours {
  bool operator==(const NextColours&) const = default;
};
struct NextTypeface {
  bool operator==(const NextTypeface&) const = default;
};
struct SwitchSpacing {  // wider, usual
  bool operator==(const SwitchSpacing&) const = default;
};
struct ShowYours {  // how the person likes it
  bool operator==(const ShowYours&) const = default;
};
struct SwitchSound {  // on, off
  bool operator==(const SwitchSound&) const = default;
};
struct SwitchAloud {  // to the whole room, or to headphones alone
  bool operator==(const SwitchAloud&) const = default;
};
struct HeadphonesIn {  // whoever plugs them in wants to hear
  bool operator==(const HeadphonesIn&) const = default;
};
struct HeadphonesOut {  // and whoever pulls them out has not chosen the room
  bool operator==(const HeadphonesOut&) const = default;
};
struct ChangeRate {  // by so many steps; stops at the last
  int by = 0;
  bool operator==(const ChangeRate&) const = default;
};
struct ChangeVolume {
  int by = 0;
  bool operator==(const ChangeVolume&) const = default;
};
struct SwitchPicture {  // speech only: nothing on the screen for the whole visit; and back
  bool operator==(const SwitchPicture&) const = default;
};
struct UseKeys {  // pressed one: the practice says which there are
  bool operator==(const UseKeys&) const = default;
};
struct Miss {  // touched beside all that can be pressed
  bool operator==(const Miss&) const = default;
};
struct HideScreen {
  bool operator==(const HideScreen&) const = default;
};
struct ShowScreen {  // again
  bool operator==(const ShowScreen&) const = default;
};
struct ShowSwitches {  // how to press
  bool operator==(const ShowSwitches&) const = default;
};
struct FindSwitch {
  bool operator==(const FindSwitch&) const = default;
};
struct OfferSwitch {  // pressed, and known for nothing else
  Control control;
  bool operator==(const OfferSwitch&) const = default;
};
struct PressSwitch {  // where a switch is asked for
  Control control;
  bool operator==(const PressSwitch&) const = default;
};
struct KeepSwitch {  // that was offered
  bool operator==(const KeepSwitch&) const = default;
};
struct OnlyOneSwitch {
  bool operator==(const OnlyOneSwitch&) const = default;
};
struct DropSwitches {
  bool operator==(const DropSwitches&) const = default;
};
struct ChangePace {  // of the scan: by so many steps, as all that follow; stops at the last
  int by = 0;
  bool operator==(const ChangePace&) const = default;
};
struct ChangeIgnored {
  int by = 0;
  bool operator==(const ChangeIgnored&) const = default;
};
struct ChangeHeld {
  int by = 0;
  bool operator==(const ChangeHeld&) const = default;
};
struct ShowTalk {
  bool operator==(const ShowTalk&) const = default;
};
struct ShowWorker {  // what asking a worker means, where the inspection allows it
  bool operator==(const ShowWorker&) const = default;
};
struct AskWorker {  // the screen asks, in place of what was on it
  bool operator==(const AskWorker&) const = default;
};
struct ShowStop {
  bool operator==(const ShowStop&) const = default;
};
struct Close {  // what lies over the step: talk, worker, stop, languages, yours, keyboard
  bool operator==(const Close&) const = default;
};
struct Next {
  bool operator==(const Next&) const = default;
};
struct Back {
  bool operator==(const Back&) const = default;
};
struct Skip {  // an answer that was there goes
  bool operator==(const Skip&) const = default;
};
struct Choose {  // multiple choice: the other way round
  std::string option;
  bool operator==(const Choose&) const = default;
};
struct Write {  // the whole text; the caret goes to its end
  std::string text;
  bool operator==(const Write&) const = default;
};
struct Explain {  // a hard word; the same again hides it
  std::string word;
  bool operator==(const Explain&) const = default;
};
struct Change {
  std::string variable;
  bool operator==(const Change&) const = default;
};
struct Send {  // everything (check), or what there is (stop)
  bool operator==(const Send&) const = default;
};
struct Delete {
  bool operator==(const Delete&) const = default;
};
struct Finish {
  bool operator==(const Finish&) const = default;
};

using Action =
    std::variant<ChooseLanguage, ShowLanguages, NextSize, ChangeSize, NextColours, NextTypeface, SwitchSpacing,
                 ShowYours, SwitchSound, SwitchAloud, HeadphonesIn, HeadphonesOut, ChangeRate, ChangeVolume,
                 SwitchPicture, UseKeys, Miss, HideScreen, ShowScreen, ShowSwitches, FindSwitch, OfferSwitch,
                 PressSwitch, KeepSwitch, OnlyOneSwitch, DropSwitches, ChangePace, ChangeIgnored, ChangeHeld, ShowTalk,
                 ShowWorker, AskWorker, ShowStop, Close, Next, Back, Skip, Choose, Write, Insert, Erase, MoveCaret,
                 PlaceCaret, ShowKeyboard, ShowKeys, Shift, NextKeyOrder, Explain, Change, Send, Delete, Finish>;

}  // namespace perspective::visit
