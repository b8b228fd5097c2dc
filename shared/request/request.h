// What a visitor sends, its limits and its validation; the same rules in the panel and the server.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace askus::request {

// Lengths in bytes of UTF-8.
inline constexpr std::size_t kMaxTitle = 400;
inline constexpr std::size_t kMaxDetails = 32'000;
inline constexpr std::size_t kMaxName = 200;
inline constexpr std::size_t kMaxContact = 254;  // the longest e-mail address (RFC 5321)
inline constexpr std::size_t kMaxPage = 2'000;
inline constexpr std::size_t kMaxSmall = 100;  // ids, tags, versions
inline constexpr std::size_t kMaxIdentity = 4'096;

// Pictures that a request names, and of each: bytes, pixels of a side, pixels of both together. A
// telephone's picture has up to 50 million, of which a reader makes four bytes each.
inline constexpr std::size_t kMaxAttachments = 5;
inline constexpr std::size_t kMaxAttachmentBytes = 5u << 20;
inline constexpr std::uint32_t kMaxPictureSide = 16'384;
inline constexpr std::uint64_t kMaxPicturePixels = 64'000'000;

inline constexpr std::array<std::string_view, 4> kKinds{"question", "problem", "idea", "thanks"};
// Not one of the kinds that the form offers: something said about a topic, read by others.
inline constexpr std::string_view kComment = "comment";
inline constexpr std::array<std::string_view, 3> kMoods{"happy", "indifferent", "upset"};
inline constexpr std::array<std::string_view, 4> kChannels{"site", "form", "facebook", "vk"};

struct Consent {
  std::string version;    // of the text that was shown
  std::string text_hash;  // SHA-256 of that text, lower-case hex
  std::string at;         // RFC 3339, UTC
  bool operator==(const Consent&) const = default;
};

// One request. Strings are UTF-8 and kept byte for byte as typed.
struct Request {
  std::string id;             // UUIDv7, lower case; also the Idempotency-Key
  std::string kind;           // of kKinds, or kComment
  std::string title;          // one line, not blank but for a comment, which has none
  std::string details;        // may be empty
  std::string category;       // id, may be empty: nobody's in particular
  std::string mood;           // of kMoods, or empty
  std::string name, contact;  // contact: e-mail address or telephone number
  std::string language;       // of the interface, BCP 47
  std::string channel = "site";
  std::string page;        // where the panel was opened: an address without query and fragment
  std::string query;       // what was searched for last
  Consent consent;         // empty version: none was asked
  std::string topic = {};  // of a comment: the id of what it is about
  bool me_too = false;     // with a comment: counts among those who ask it too
  std::vector<std::string> attachments = {};  // SHA-256 of pictures that are at the server
  std::string identity = {};                  // whom the site's backend vouches for, or empty
  bool operator==(const Request&) const = default;
};

// One thing that is wrong with a request.
struct Problem {
  std::string_view field;  // name as in the JSON, e.g. "contact"
  Code code;               // kMalformed or kTooLarge
  std::string text;        // what was found and what would be right, in English
};

// Everything wrong with the request, in the order of its fields; empty: valid. Says nothing of
// what a site requires beyond it.
std::vector<Problem> validate(const Request& request);
// The same for what the panel's core does not carry the checks of: topic, me_too, attachments.
std::vector<Problem> validate_named(const Request& request);

// Whether a text is a SHA-256 in lower-case hex.
bool is_sha256(std::string_view text);

// Whether a text has nothing but white space (no-break space among it): as good as not given.
bool is_blank(std::string_view text);

// Whether a text is an e-mail address (one @, a dot in the domain) or a telephone number (7 to 15
// digits with the usual separators). Lenient: a wrong refusal loses a visitor.
bool is_email(std::string_view text);
bool is_phone(std::string_view text);

}  // namespace askus::request
