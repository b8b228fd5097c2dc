#include "server-stub/out/mail_message.h"

#include <botan/base64.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "server-stub/publish/signature.h"
#include "shared/text/utf8.h"

namespace askus::out {
namespace {

constexpr std::string_view kEnd = "\r\n";
constexpr std::size_t kLine = 76;          // characters of base64 a line, RFC 2045
constexpr std::size_t kEncodedBytes = 42;  // of an encoded word: 75 characters with its frame
constexpr std::size_t kPlainHeader = 200;  // an ASCII value up to here stands on one line
constexpr std::size_t kBoundaryDigits = 32;

std::string base64(std::string_view bytes) {
  return Botan::base64_encode(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

// What could end the header is a space.
std::string one_line(std::string_view text) {
  std::string line;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t letter = text::next(text, at);
    // NEL and the separators are line ends for some readers.
    const bool ends = letter < U' ' || (letter >= U'\x7F' && letter <= U'\x9F') ||
                      letter == U'\x2028' || letter == U'\x2029' || letter == text::kReplacement;
    line += ends ? std::string_view(" ") : text.substr(from, at - from);
  }
  return line;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < '\x7F'; });
}

std::string encoded_words(std::string_view text) {
  std::string words;
  while (!text.empty()) {
    const std::string_view some = text::clip(text, kEncodedBytes);
    if (!words.empty()) words.append(kEnd).append(" ");
    words.append("=?UTF-8?B?").append(base64(some)).append("?=");
    text.remove_prefix(some.size());
  }
  return words;
}

// RFC 5322, 3.3; English whatever the locale.
std::string date_of(std::int64_t seconds) {
  constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto time = static_cast<std::time_t>(seconds);
  std::tm t{};
  gmtime_r(&time, &t);
  std::array<char, 32> rest{};
  std::strftime(rest.data(), rest.size(), "%Y %H:%M:%S +0000", &t);
  return std::string(kDays.at(static_cast<std::size_t>(t.tm_wday))) + ", " +
         std::to_string(t.tm_mday) + " " + kMonths.at(static_cast<std::size_t>(t.tm_mon)) + " " +
         rest.data();
}

std::string body_of(std::string_view type, std::string_view text) {
  std::string part = "Content-Type: " + std::string(type) + "; charset=utf-8\r\n" +
                     "Content-Transfer-Encoding: base64\r\n\r\n";
  const std::string encoded = base64(text);
  for (std::size_t at = 0; at < encoded.size(); at += kLine)
    part.append(encoded, at, kLine).append(kEnd);
  return part;
}

}  // namespace

std::string header_text(std::string_view text) {
  const std::string line = one_line(text);
  // What looks like an encoded word would be read as one.
  const bool plain =
      is_ascii(line) && line.size() <= kPlainHeader && line.find("=?") == std::string::npos;
  return plain ? line : encoded_words(line);
}

std::string mailbox(std::string_view name, std::string_view address) {
  const std::string line = one_line(name);
  if (line.empty()) return std::string(address);
  std::string shown;
  if (!is_ascii(line) || line.size() > kPlainHeader || line.find("=?") != std::string::npos) {
    shown = encoded_words(line);
  } else {
    shown = "\"";
    for (const char c : line) {
      if (c == '"' || c == '\\') shown += '\\';
      shown += c;
    }
    shown += '"';
  }
  return shown + " <" + std::string(address) + ">";
}

std::string mail_text(const MailMessage& m) {
  const std::string domain = m.from.substr(m.from.rfind('@') + 1);
  std::string mail;
  const auto add = [&mail](std::string_view name, std::string_view value) {
    mail.append(name).append(": ").append(value).append(kEnd);
  };
  add("Date", date_of(m.at));
  add("From", mailbox(m.from_name, m.from));
  add("To", m.to);
  add("Subject", header_text(m.subject));
  add("Message-ID", "<" + m.id + "@" + domain + ">");
  if (!m.thread.empty()) {
    const std::string thread = "<" + m.thread + "@" + domain + ">";
    add("In-Reply-To", thread);
    add("References", thread);
  }
  if (!m.list.empty()) add("List-Id", "<" + m.list + "." + domain + ">");
  if (!m.unsubscribe.empty()) {
    add("List-Unsubscribe", "<" + m.unsubscribe + ">");
    add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
  }
  // RFC 3834: no machine answers it.
  add("Auto-Submitted", "auto-generated");
  add("MIME-Version", "1.0");
  if (m.html.empty()) return mail + body_of("text/plain", m.text);
  // Base64 has no character that the boundary begins with.
  const std::string boundary = "=_" + publish::sha256_hex(m.id).substr(0, kBoundaryDigits);
  add("Content-Type", "multipart/alternative; boundary=\"" + boundary + "\"");
  mail += kEnd;
  for (const auto& [type, text] : {std::pair("text/plain", &m.text), {"text/html", &m.html}})
    mail.append("--").append(boundary).append(kEnd).append(body_of(type, *text));
  return mail.append("--").append(boundary).append("--").append(kEnd);
}

}  // namespace askus::out
