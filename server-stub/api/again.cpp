#include "server-stub/api/again.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "server-stub/publish/signature.h"
#include "shared/request/request.h"
#include "shared/text/fold.h"
#include "shared/text/tokens.h"
#include "shared/text/utf8.h"

namespace askus::api {
namespace {

// A number without the country's code and the 0 that stands for it, in most countries.
constexpr std::size_t kNationalDigits = 9;
constexpr std::size_t kKeyDigits = 32;

std::string digits_of(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
               [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

}  // namespace

std::string normalised_contact(std::string_view contact) {
  if (request::is_blank(contact)) return {};
  if (contact.find('@') == std::string_view::npos) {
    const std::string digits = digits_of(contact);
    return digits.substr(digits.size() - std::min(digits.size(), kNationalDigits));
  }
  const std::size_t first = contact.find_first_not_of(" \t");
  contact = contact.substr(first, contact.find_last_not_of(" \t") + 1 - first);
  std::string folded;
  std::array<char, 4> bytes{};
  for (std::size_t at = 0; at < contact.size();)
    folded.append(bytes.data(), text::put(text::fold(text::next(contact, at)), bytes.data()));
  return folded;
}

std::string normalised_question(std::string_view title) {
  std::string words;
  text::Tokenizer tokens(title);
  for (text::Token token; tokens.next(token);) {
    if (!words.empty()) words += ' ';
    words += token.text;
  }
  return words;
}

std::string again_key(std::string_view contact, std::string_view title) {
  const std::string who = normalised_contact(contact), what = normalised_question(title);
  if (who.empty() || what.empty()) return {};
  return publish::sha256_hex("again\n" + who + "\n" + what).substr(0, kKeyDigits);
}

}  // namespace askus::api
