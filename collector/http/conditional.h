// Conditional requests (RFC 9110, 13): what an ETag says to If-None-Match and If-Match.
//
// Promise:   If-None-Match is compared weakly, If-Match strongly. What is no list of entity tags matches nothing.
// Threads:   pure.
#pragma once

#include <string_view>

#include "http/message.h"

namespace perspective::http {

enum class Comparison { weak, strong };
// Is `tag`, with its quotes, in the list of a field? "*" has every tag.
bool is_among(std::string_view field, std::string_view tag, Comparison comparison);

// Of an answer; empty: it has none.
std::string_view tag_of(const Response& response);
void set_tag(Response& response, std::string tag);

// What a GET that found `response` is answered: 412 where If-Match names another, 304 where whoever asks has it.
Response unless_known(const Request& request, Response response);

}  // namespace perspective::http
