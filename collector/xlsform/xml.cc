#include "xlsform/xml.h"

#include <expat.h>

#include <algorithm>
#include <memory>

namespace perspective::xlsform {
namespace {

constexpr char kSeparator = '|';
constexpr std::size_t kPiece = 1U << 16U;
constexpr int kMaxDepth = 64;

struct Reading {
  const XmlHandler* handler;
  XML_Parser parser;
  std::optional<std::string> stopped;
  int depth = 0;

  void stop(std::optional<std::string> why) {
    if (!why || stopped) return;
    stopped = std::move(why);
    XML_StopParser(parser, XML_FALSE);
  }
};

std::string_view local(std::string_view name) {
  const std::size_t at = name.rfind(kSeparator);
  return at == std::string_view::npos ? name : name.substr(at + 1);
}

void XMLCALL on_opened(void* data, const XML_Char* name, const XML_Char** pairs) {
  auto& reading = *static_cast<Reading*>(data);
  if (reading.stopped) return;
  if (++reading.depth > kMaxDepth) return reading.stop("has elements nested deeper than any workbook's");
  Attributes attributes;
  for (; *pairs != nullptr; pairs += 2) attributes[std::string(local(pairs[0]))] = pairs[1];
  reading.stop(reading.handler->opened(local(name), attributes));
}

void XMLCALL on_closed(void* data, const XML_Char* name) {
  auto& reading = *static_cast<Reading*>(data);
  --reading.depth;
  if (!reading.stopped) reading.stop(reading.handler->closed(local(name)));
}

void XMLCALL on_text(void* data, const XML_Char* text, int size) {
  auto& reading = *static_cast<Reading*>(data);
  if (!reading.stopped) reading.handler->text({text, static_cast<std::size_t>(size)});
}

void XMLCALL on_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  static_cast<Reading*>(data)->stop("has a document type, as no workbook has: entities are not read");
}

}  // namespace

Result<void> read_xml(std::string_view xml, const XmlHandler& handler) {
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreateNS(nullptr, kSeparator),
                                                                            &XML_ParserFree);
  if (!parser) return fail(ErrorCode::io, "there is no memory left to read it");
  Reading reading{&handler, parser.get(), std::nullopt};
  XML_SetUserData(parser.get(), &reading);
  XML_SetElementHandler(parser.get(), on_opened, on_closed);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  for (std::size_t at = 0;; at += kPiece) {
    const std::string_view piece = xml.substr(std::min(at, xml.size()), kPiece);
    const bool is_last = at + kPiece >= xml.size();
    const auto status = XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), is_last ? 1 : 0);
    if (reading.stopped) return fail(ErrorCode::invalid, *reading.stopped);
    if (status != XML_STATUS_OK) {
      return fail(ErrorCode::invalid, "cannot be read, line " + std::to_string(XML_GetCurrentLineNumber(parser.get())) +
                                          ": " + XML_ErrorString(XML_GetErrorCode(parser.get())));
    }
    if (is_last) return {};
  }
}

std::string escaped_xml(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        // XML 1.0 has no other control characters, not even escaped.
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') escaped += c;
    }
  }
  return escaped;
}

}  // namespace perspective::xlsform
