// Recorded speech: a file of Opus (RFC 6716) in Ogg (RFC 3533, RFC 7845) that says in its own comments which words it
// speaks: LANGUAGE ("cy") and DESCRIPTION (the words, exactly as they would be said). So a text that was changed is
// never said by the recording of another, and no list of files has to be kept.
//
// Promise:   reads the pages and the two headers, no sound; every length is checked before it is believed. What has no
//            fault has one stream of one or two channels, whole pages, and at most kMaxRecordingBytes and
//            kMaxRecording_s.
// Errors:    invalid, in words for its author; they quote nothing of the file.
// Threads:   pure.
// Units:     bytes; milliseconds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace perspective::survey {

constexpr std::size_t kMaxRecordingBytes = 256 * 1024;  // a minute at 32 kbit/s; speech is good at 16
constexpr int kMaxRecording_s = 60;
constexpr std::size_t kMaxRecordings = 1000;  // of one questionnaire

struct Recording {
  std::string language;
  std::string words;
  std::int64_t duration_ms = 0;
};
Result<Recording> read_recording(ByteView file);

}  // namespace perspective::survey
