// A mail as it goes over the wire (RFC 5322, MIME): nothing of what people have written can end a
// header or begin a new one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace askus::out {

struct MailMessage {
  std::string from, from_name;  // address; the name shown beside it, or empty
  std::string to;
  std::string subject;
  std::string id;           // before the @ of the Message-ID; the domain is that of `from`
  std::string thread;       // the same for all mail of one talk, or empty
  std::string list;         // of List-Id, and who leaves it by `unsubscribe`; empty: none
  std::string unsubscribe;  // an https address, or empty
  std::string text, html;   // UTF-8; html may be empty
  std::int64_t at = 0;      // Date, Unix seconds
};

// All of it, lines ended with CR LF, 7-bit. The same message gives the same bytes.
std::string mail_text(const MailMessage& message);

// A header's value with what is not ASCII as encoded words (RFC 2047), folded. Line ends and other
// control characters become spaces.
std::string header_text(std::string_view text);

// `name <address>` for From; the name quoted or encoded.
std::string mailbox(std::string_view name, std::string_view address);

}  // namespace askus::out
