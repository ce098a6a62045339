#include "exports/xml.h"

#include <libxml/xmlwriter.h>

namespace perspective::exports {

namespace {

const xmlChar* xml(const std::string& text) { return reinterpret_cast<const xmlChar*>(text.c_str()); }

}  // namespace

struct XmlWriter::State {
  xmlBufferPtr buffer = xmlBufferCreate();
  xmlTextWriterPtr writer = xmlNewTextWriterMemory(buffer, 0);
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    xmlFreeTextWriter(writer);
    xmlBufferFree(buffer);
  }
};

XmlWriter::XmlWriter() : state_(std::make_unique<State>()) {
  note(xmlTextWriterSetIndent(state_->writer, 1));
  note(xmlTextWriterSetIndentString(state_->writer, xml("  ")));
  note(xmlTextWriterStartDocument(state_->writer, "1.0", "UTF-8", nullptr));
}

XmlWriter::~XmlWriter() = default;

void XmlWriter::open(const std::string& name, Attributes attributes) {
  note(xmlTextWriterStartElement(state_->writer, xml(name)));
  for (const auto& [attribute, value] : attributes) {
    note(xmlTextWriterWriteAttribute(state_->writer, xml(attribute), xml(value)));
  }
}

void XmlWriter::close() { note(xmlTextWriterEndElement(state_->writer)); }

void XmlWriter::element(const std::string& name, const std::string& text, Attributes attributes) {
  open(name, attributes);
  if (!text.empty()) note(xmlTextWriterWriteString(state_->writer, xml(text)));
  close();
}

Result<std::string> XmlWriter::finish() {
  note(xmlTextWriterEndDocument(state_->writer));
  note(xmlTextWriterFlush(state_->writer));
  if (has_failed_) return fail(ErrorCode::io, "the XML cannot be written");
  return std::string(reinterpret_cast<const char*>(xmlBufferContent(state_->buffer)),
                     static_cast<std::size_t>(xmlBufferLength(state_->buffer)));
}

}  // namespace perspective::exports
