#include "server-stub/out/outbox.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server-stub/out/mail_row.h"
#include "server-stub/publish/signature.h"
#include "server-stub/store/outbox.h"
#include "server-stub/store/transaction.h"

namespace askus::out {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxKey = 200, kMaxList = 20, kMaxAddress = 254, kMaxLocal = 64;
constexpr std::size_t kKeyDigits = 40;
constexpr std::int64_t kThousand = 1'000;

bool has_only(std::string_view text, std::string_view letters) {
  return !text.empty() && text.find_first_not_of(letters) == std::string_view::npos;
}

constexpr std::string_view kAlphanumeric =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

// Labels parted by dots, none of them empty.
bool is_dotted(std::string_view text, std::string_view more) {
  if (text.empty() || text.front() == '.' || text.back() == '.' ||
      text.find("..") != std::string_view::npos)
    return false;
  return has_only(text, std::string(kAlphanumeric) + "." + std::string(more));
}

std::string what_is_wrong(const Mail& mail) {
  if (!is_mail_address(mail.to)) return "\"to\" is not an address that mail can be sent to";
  if (mail.key.size() > kMaxKey || !has_only(mail.key, std::string(kAlphanumeric) + ".-_:"))
    return "\"key\" is empty, too long or has other characters";
  if (mail.list.size() > kMaxList || !has_only(mail.list, "abcdefghijklmnopqrstuvwxyz-"))
    return "\"list\" is no list's name";
  if (mail.subject.empty() || mail.subject.size() > kMaxSubject) return "\"subject\" has no length";
  if (mail.text.empty() || mail.text.size() > kMaxMailPart || mail.html.size() > kMaxMailPart)
    return "\"text\" is missing, or it or \"html\" is too long";
  return {};
}

store::OutgoingRow row_of(const Mail& mail, std::int64_t now) {
  // The key may hold what must not be in a Message-ID, which is made of this.
  const std::string hash =
      publish::sha256_hex(mail.site + "\n" + mail.list + "\n" + mail.key).substr(0, kKeyDigits);
  const json payload{{"list", mail.list},       {"to", mail.to},     {"language", mail.language},
                     {"subject", mail.subject}, {"text", mail.text}, {"html", mail.html}};
  return {"mail." + hash,
          mail.site,
          std::string(store::outbox_channels::kEmail),
          {},
          {},
          {},
          payload.dump(-1, ' ', false, json::error_handler_t::replace),
          now * kThousand};
}

}  // namespace

bool is_mail_address(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || text.size() > kMaxAddress || at > kMaxLocal) return false;
  const std::string_view host = text.substr(at + 1);
  return is_dotted(text.substr(0, at), "!#$%&'*+-/=?^_`{|}~") && is_dotted(host, "-") &&
         host.find('.') != std::string_view::npos && host.front() != '-';
}

Result<store::Outcome> put_mail(store::Session& session, const Mail& mail, std::int64_t now) {
  const store::OutgoingRow row = row_of(mail, now);
  const Result<store::Rows> put = session.run(store::put_outgoing(row));
  if (!put.ok()) return put.error();
  return put->empty() ? store::Outcome::kReplayed : store::Outcome::kStored;
}

void put_mail(store::Store& store, Mail mail, std::int64_t now, store::Store::Done done) {
  if (std::string wrong = what_is_wrong(mail); !wrong.empty())
    return done({store::Outcome::kRefused, std::move(wrong)});
  store::transact(
      store,
      [mail = std::move(mail), now](store::Session& session) {
        return put_mail(session, mail, now);
      },
      std::move(done));
}

Result<Mail> mail_of(const store::OutgoingRow& row) {
  const json payload = json::parse(row.payload, nullptr, false);
  const auto text = [&payload](const char* name) {
    const auto found = payload.find(name);
    return found != payload.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  if (!payload.is_object()) return Error{Code::kMalformed, "the row holds no mail"};
  return Mail{row.site,         text("list"),    row.id,       text("to"),
              text("language"), text("subject"), text("text"), text("html")};
}

}  // namespace askus::out
