// How a row of each kind is sent: the second half of Sender.
#include <algorithm>

#include "server-stub/out/letter.h"
#include "server-stub/out/mail_message.h"
#include "server-stub/out/mail_row.h"
#include "server-stub/out/outbox.h"
#include "server-stub/out/parts.h"
#include "server-stub/out/sender.h"
#include "server-stub/out/unsubscribe.h"
#include "server-stub/social/webhook.h"
#include "server-stub/store/awaited.h"
#include "server-stub/store/clock.h"
#include "shared/markup/escape.h"
#include "shared/request/request.h"

namespace askus::out {
namespace {

namespace channels = store::outbox_channels;
constexpr std::int64_t kThousand = 1'000;

// When somebody of a channel wrote last, Unix milliseconds.
constexpr std::string_view kSaidLast =
    "SELECT coalesce(max(said_at), 0) FROM sources WHERE site = $1 AND channel = $2 AND"
    " user_id = $3 AND user_id <> '' AND place = $4";

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

}  // namespace

struct Sender::Envelope {
  std::string to, list, language, subject, text, html, thread;
};

Verdict Sender::send_reply(store::OutgoingRow& row) {
  const auto found =
      store::awaited<store::Found>([&](auto done) { store_.find_request(row.request, done); });
  if (!found.ok()) return again("unreachable", "the database does not answer");
  if (!found->has_value()) return never("gone");
  const store::StoredRequest& request = **found;
  const auto reply = std::find_if(request.replies.begin(), request.replies.end(),
                                  [&row](const store::Reply& one) { return one.id == row.reply; });
  if (reply == request.replies.end()) return never("gone");
  if (row.channel == channels::kEmail) return send_letter(row, request, *reply);
  return send_parts(row, request, reply->text);
}

Verdict Sender::send_parts(store::OutgoingRow& row, const store::StoredRequest& request,
                           const std::string& text) {
  const auto access = options_.sites.find(row.site);
  if (access == options_.sites.end()) return again("not-configured");
  const bool vk = row.channel == channels::kVk;
  const std::size_t limit = vk                       ? kVkText
                            : row.place == "comment" ? kFacebookComment
                                                     : kFacebookMessage;
  const std::vector<std::string> parts = parts_of(text, limit);
  const auto count = static_cast<std::int64_t>(parts.size());
  const std::int64_t silence = vk ? 0 : silence_of(request);
  for (std::int64_t i = row.part; i < count; ++i) {
    const Part part{row.place, request.source, row.reply, i, parts[static_cast<std::size_t>(i)]};
    Verdict verdict = send_part(row, access->second, part, count, silence);
    if (verdict.kind != Verdict::Kind::kSent) return verdict;
    if (i + 1 == count) break;
    const std::int64_t until = store::system_clock() * kThousand + options_.lease.count();
    const auto written = store::awaited<store::Written>([&](auto done) {
      store_.change(
          [&](store::Session& session) {
            return store::advance_outgoing(session, row, i + 1, until);
          },
          done);
    });
    // Somebody else has it, or nobody knows what has gone: the rest is for the next try.
    if (written.outcome != store::Outcome::kStored)
      return again("unreachable", "the database does not answer");
  }
  return {};
}

Verdict Sender::send_part(const store::OutgoingRow& row, const SiteAccess& access, const Part& part,
                          std::int64_t parts, std::int64_t silence) {
  const bool vk = row.channel == channels::kVk;
  // Taken out of the configuration since: an operator may put it back.
  if (vk ? !access.vk : !access.facebook) return again("not-configured");
  const Result<publish::Exchange> call =
      vk ? vk_call(*access.vk, part) : facebook_call(*access.facebook, part, parts, silence);
  if (!call.ok())
    return never(call.error().code == Code::kRefused    ? "window"
                 : call.error().code == Code::kTooLarge ? "too-long"
                                                        : "refused",
                 call.error().text);
  const Result<publish::Answer> answer = publish::exchange(*call, options_.timeout);
  if (!answer.ok()) return again("unreachable", answer.error().text);
  const std::int64_t now = store::system_clock();
  return vk ? vk_verdict(*answer, now) : facebook_verdict(*answer, row.tries, now);
}

std::int64_t Sender::silence_of(const store::StoredRequest& request) {
  const store::Source& source = request.source;
  const auto rows = store::awaited<Result<std::vector<store::Rows>>>([&](auto done) {
    store_.ask({{kSaidLast, {request.site, source.channel, source.user, source.place}}}, done);
  });
  const std::int64_t said =
      rows.ok() && !(*rows)[0].empty() ? store::number_of((*rows)[0][0][0]) / kThousand : 0;
  return said == 0 ? 0 : store::system_clock() - said;
}

Verdict Sender::send_letter(const store::OutgoingRow& row, const store::StoredRequest& request,
                            const store::Reply& reply) {
  if (!options_.mail) return again("not-configured");
  const std::string& vouched = request.identity.contact;
  const std::string& to = request::is_email(vouched) ? vouched : request.fields.contact;
  Letter letter;
  letter.language = request.fields.language;
  letter.number = request.number;
  letter.title = request.fields.title;
  letter.details = request.fields.details;
  letter.asked_by = request.fields.name;
  letter.reply = reply.text;
  letter.author = reply.author;
  letter.role = reply.role;
  std::string path = options_.private_path(row.site, row.request);
  // The page speaks as the letter does, whatever the browser's language.
  path.insert(path.find('#'), "?lang=" + std::string(letter_language(letter.language)));
  letter.link = options_.mail->origin + path;
  letter.unsubscribe = kUnsubscribeLink;
  Written written = write_letter(letter);
  return send_mail(
      row, {to, std::string(kReplyList), request.fields.language, std::move(written.subject),
            std::move(written.text), std::move(written.html), "request." + row.request});
}

Verdict Sender::send_stored_mail(const store::OutgoingRow& row) {
  if (!options_.mail) return again("not-configured");
  Result<Mail> mail = mail_of(row);
  if (!mail.ok()) return never("refused", mail.error().text);
  return send_mail(row, {mail->to,
                         mail->list,
                         mail->language,
                         mail->subject,
                         std::move(mail->text),
                         std::move(mail->html),
                         {}});
}

Verdict Sender::send_mail(const store::OutgoingRow& row, Envelope envelope) {
  const MailSender& sender = *options_.mail;
  if (!is_mail_address(envelope.to)) return never("address");
  const Subscription subscription{row.site, envelope.list,
                                  address_hash(options_.secret, row.site, envelope.to)};
  const auto gone =
      store::awaited<Result<bool>>([&](auto done) { is_unsubscribed(store_, subscription, done); });
  if (!gone.ok()) return again("unreachable", "the database does not answer");
  if (*gone) return never("unsubscribed");
  MailMessage message;
  message.unsubscribe = sender.origin + unsubscribe_path(options_.secret, subscription,
                                                         letter_language(envelope.language));
  replace_all(envelope.text, kUnsubscribeLink, message.unsubscribe);
  replace_all(envelope.html, kUnsubscribeLink, markup::escape_html(message.unsubscribe));
  message.from = sender.from;
  message.from_name = sender.name;
  message.to = envelope.to;
  message.subject = envelope.subject;
  message.id = row.id;
  message.thread = envelope.thread;
  message.list = envelope.list + "." + row.site;
  message.text = std::move(envelope.text);
  message.html = std::move(envelope.html);
  message.at = row.created_at / kThousand;
  return send_by_smtp(sender.server, sender.from, message.to, mail_text(message), options_.timeout);
}

Verdict Sender::send_webhook(const store::OutgoingRow& row) {
  const auto access = options_.sites.find(row.site);
  if (access == options_.sites.end()) return again("not-configured");
  const std::vector<WebhookTarget>& all = access->second.webhooks;
  const auto target = std::find_if(
      all.begin(), all.end(), [&row](const WebhookTarget& one) { return one.name == row.place; });
  if (target == all.end()) return again("not-configured");
  const std::int64_t now = store::system_clock();
  const std::string timestamp = std::to_string(now);
  std::string signatures;
  for (const std::string& key : target->keys)
    signatures +=
        (signatures.empty() ? "" : " ") + social::sign_webhook(row.id, timestamp, row.payload, key);
  publish::Exchange call;
  call.method = "POST";
  call.url = target->url;
  call.content_type = "application/json";
  call.body = row.payload;
  call.headers = {
      {"webhook-id", row.id}, {"webhook-timestamp", timestamp}, {"webhook-signature", signatures}};
  const Result<publish::Answer> answer = publish::exchange(call, options_.timeout);
  if (!answer.ok()) {
    // What else waits for that address must not wait out its silence one by one: the thread is all
    // webhooks', of all sites.
    Verdict silent =
        again("unreachable", answer.error().text,
              wait_before(options_.retry, row.tries, 1.0, std::chrono::milliseconds(0)));
    silent.holds_all = true;
    return silent;
  }
  constexpr unsigned kOk = 200, kEnd = 300, kGone = 410;
  if (answer->status >= kOk && answer->status < kEnd) return {};
  // Standard Webhooks: anything else is tried again, but who says that it is gone.
  if (answer->status == kGone) return never("gone", "HTTP 410");
  const Verdict verdict = verdict_of_status(answer->status, answer->retry_after, now);
  return again("unreachable", "HTTP " + std::to_string(answer->status), verdict.after);
}

}  // namespace askus::out
