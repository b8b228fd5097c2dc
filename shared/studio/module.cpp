// The compiler as a bare wasm module, for a worker of the studio's page. The page's half is
// web/studio/compiler.js. A call is one buffer:
//   u32 count, u32 size of each of the count pieces, the pieces: the call's JSON, then its blobs
// and its answer the same with two pieces, JSON and bytes. Numbers are little-endian.
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "shared/studio/session.h"

namespace {

using askus::studio::Answer;
using askus::studio::Session;

#define ASKUS_HOST(name) __attribute__((import_module("host"), import_name(name)))
// Parses HTML by the page's library and calls studio_html_* for each thing in it; 0: it cannot.
extern "C" ASKUS_HOST("html") std::uint32_t host_html(const char* html, std::size_t size);

constexpr std::uint32_t kMaxPieces = 4'096;

// The sink of the host_html() that is running, and the attributes of the element that comes next.
askus::faq::HtmlSink* the_sink = nullptr;
askus::faq::HtmlSink::Attributes attributes;

askus::Status read_html(std::string_view html, askus::faq::HtmlSink& to) {
  the_sink = &to;
  const bool read = host_html(html.data(), html.size()) != 0;
  the_sink = nullptr;
  if (!read) return askus::Error{askus::Code::kMalformed, "the HTML could not be read"};
  return {};
}

Session& session() {
  static Session* const the_session = new Session(read_html);  // goes with the module
  return *the_session;
}

std::vector<char>& input() {
  static auto* const bytes = new std::vector<char>;
  return *bytes;
}

std::uint32_t number_at(std::size_t at) {
  std::uint32_t number = 0;
  std::memcpy(&number, input().data() + at, sizeof number);
  return number;
}

// The pieces of the input; none when the sizes do not fit into it.
std::vector<std::string_view> pieces_of_input() {
  constexpr std::size_t kNumber = sizeof(std::uint32_t);
  const std::size_t size = input().size();
  if (size < kNumber) return {};
  const std::uint32_t count = number_at(0);
  if (count > kMaxPieces || size < (count + 1) * kNumber) return {};
  std::vector<std::string_view> pieces;
  std::size_t at = (count + 1) * kNumber;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t length = number_at((i + 1) * kNumber);
    if (length > size - at) return {};
    pieces.emplace_back(input().data() + at, length);
    at += length;
  }
  return pieces;
}

struct Output {
  const char* json = nullptr;
  std::uint32_t json_size = 0;
  const char* bytes = nullptr;
  std::uint32_t bytes_size = 0;
};

}  // namespace

extern "C" {

// Room for a call of that many bytes.
char* studio_input(std::uint32_t size) {
  input().resize(size);
  return input().data();
}

// Answers the call in the input. Valid until the next call.
const Output* studio_call() {
  static Answer* const answer = new Answer;
  static Output output;
  const auto pieces = pieces_of_input();
  *answer = pieces.empty() ? session().answer({}, {})
                           : session().answer(pieces[0], std::span(pieces).subspan(1));
  output = {answer->json.data(), static_cast<std::uint32_t>(answer->json.size()),
            answer->bytes.data(), static_cast<std::uint32_t>(answer->bytes.size())};
  return &output;
}

// Bytes for a name or a text that one of the next three takes.
char* studio_text(std::uint32_t size) {
  static auto* const text = new std::vector<char>;
  text->resize(size + 1);
  return text->data();
}

// What host_html() found, in order. An attribute (which: of kHtmlAttributes) comes before its
// element's open.
void studio_html_attribute(std::uint32_t which, const char* text, std::uint32_t size) {
  if (which < std::size(askus::faq::kHtmlAttributes))
    attributes[std::string(askus::faq::kHtmlAttributes[which])] = std::string(text, size);
}
void studio_html_open(const char* name, std::uint32_t size) {
  if (the_sink != nullptr) the_sink->open({name, size}, attributes);
  attributes.clear();
}
void studio_html_close(const char* name, std::uint32_t size) {
  if (the_sink != nullptr) the_sink->close({name, size});
}
void studio_html_text(const char* text, std::uint32_t size) {
  if (the_sink != nullptr) the_sink->text({text, size});
}
}
