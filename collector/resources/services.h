// What the routes ask: the services behind them, and the pool that they are asked on.
//
// Ownership: pointers to what the service owns; all set before the first request.
#pragma once

#include <filesystem>
#include <functional>
#include <mutex>
#include <string>

#include "backup/manifest.h"
#include "base/ration.h"
#include "base/result.h"
#include "http/message.h"
#include "http/router.h"
#include "inspection/audit.h"
#include "inspection/inspections.h"
#include "inspection/kiosks.h"
#include "intake/intake.h"
#include "people/people.h"
#include "people/rights.h"
#include "resources/pool.h"
#include "resources/stamps.h"

namespace perspective::resources {

class EnrolmentTurns;
class FairLane;
class PasswordTurns;

struct Services {
  inspection::Inspections* inspections = nullptr;
  inspection::Kiosks* kiosks = nullptr;
  intake::Intake* intake = nullptr;
  inspection::Audit* audit = nullptr;
  people::People* people = nullptr;
  std::string people_at;  // "https://host:port"
  Pool* pool = nullptr;   // who is it, what is new, and what goes on by itself: never behind what somebody asks
  FairLane* short_lane = nullptr;  // for what people ask
  FairLane* lane = nullptr;        // for that of it which takes a while
  FairLane* kiosk_lane = nullptr;  // for what kiosks ask, and the answers to what they sent: never behind the other
  EnrolmentTurns* enrolments = nullptr;
  PasswordTurns* turns = nullptr;
  Stamps stamps = {};
  std::string authority_pem;
  std::filesystem::path assets;
  std::function<Result<backup::Manifest>(const std::filesystem::path&)> back_up;
  // Forms that one person keys in over the network stay until they are counted; by hand it is one a minute.
  mutable Ration keyings{{.most = 1000, .more_a_day = 500}};
  mutable std::mutex template_turn;  // of who writes with a template of their own: its parts and trees take memory
};

constexpr const char* kJson = "application/json";  // what routes of people take

using Answer = std::function<Result<http::Response>(const http::Request&)>;

// Not by which of their tokens or as which user of the machine.
const std::string& person_of(const http::Peer& peer);
// Its response, or its error as a problem; 500 for what it threw.
http::Response answer_of(const Answer& answer, const http::Request& request);
// Runs `answer` on the pool: its response, or its error as a problem; 503 when too much is waiting. An error of ours
// (5xx) is logged.
http::Handler on_pool(const Services& services, Answer answer);
http::Handler on_short_lane(const Services& services, Answer answer);  // beside what others ask
http::Handler on_kiosk_lane(const Services& services, Answer answer);  // the same, on the kiosks' lane
http::Handler on_lane(const Services& services, Answer answer);  // the same, behind other long work of the same person
// Reads answers, keeps or opens keys, writes many pages or files: seconds, or minutes where much has to be opened.
bool takes_long(people::Right right, std::string_view path);

using Asked = Result<http::Response> (*)(const Services& services, const http::Request& request);
Answer asking(const Services& services, Asked asked);  // services outlives the answer
// May whoever asks do this? Whoever sits at the collector itself has every right; of others, people_door.h knows.
bool may(const http::Peer& peer, people::Right right);
http::Response refused_for(people::Right right, const http::Peer& peer);
// 403 for whoever may not, without a look at what they ask.
http::Handler for_those_who_may(people::Right right, http::Handler handler);
// Looks again when the body has come, which may take a minute: who was disabled, reset or signed out meanwhile changes
// nothing any more.
Answer for_those_who_still_may(const Services& services, people::Right right, Answer answer);
// One of the routes of people, answered on the pool, or in the lane where it takes long; max_body_bytes: of what takes
// JSON. What a GET gives has an ETag. Any other that comes with If-Match is refused (412): see add_change.
void add_route(http::Router& router, const Services& services, people::Right right, std::string method,
               std::string path, Answer answer, std::size_t max_body_bytes = 0);

// What can be asked for, and what changes it: the change heeds If-Match with the ETag that the GET gives
// (conditions.h). `state` answers both, and writes nothing.
void add_state(http::Router& router, const Services& services, people::Right right, std::string path, Answer state);
void add_change(http::Router& router, const Services& services, people::Right right, std::string path, Answer change,
                Answer state);

// The problem for the one who asked; what is our fault goes to the log as well.
http::Response problem_of(const Error& error, const http::Peer& peer);

}  // namespace perspective::resources
