// Sends what is in the outbox: a thread for each channel that is configured, so that a mail server
// that hangs holds up no message. Whatever is killed when, each row is sent at least once; once
// where the other side can tell that it is the same (docs/staff.md, "Going out").
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "server-stub/out/facebook.h"
#include "server-stub/out/retry.h"
#include "server-stub/out/smtp.h"
#include "server-stub/out/vk.h"
#include "server-stub/out/webhook_feed.h"
#include "server-stub/store/outbox.h"

namespace askus::out {

// Between two looks for what is due, besides after a poke(): how much later than planned another
// server's reply or a retry goes.
inline constexpr std::chrono::milliseconds kLookEvery{1'000};

struct MailSender {
  SmtpServer server;
  std::string from, name;
  std::string origin;
};

struct SiteAccess {
  std::optional<VkAccess> vk;
  std::optional<FacebookAccess> facebook;
  std::vector<WebhookTarget> webhooks;
};

struct SenderOptions {
  std::map<std::string, SiteAccess> sites;
  std::optional<MailSender> mail;
  RetryTimes retry;
  std::chrono::milliseconds timeout{20'000}, lease{60'000};  // as config::OutboxConfig
  std::string secret;                                        // the server's
  // The path of a request's private link.
  std::function<std::string(const std::string& site, const std::string& request)> private_path;
  // Something was sent or has failed: windows may be told. From a thread of the sender's.
  std::function<void()> changed;
  // A line for the log: the event, and its fields.
  std::function<void(std::string_view event, std::string_view channel, const std::string& reason)>
      log;
};

// What the threads have done, for whoever watches the server.
inline constexpr std::array<std::string_view, 4> kOutChannels{
    store::outbox_channels::kEmail, store::outbox_channels::kVk, store::outbox_channels::kFacebook,
    store::outbox_channels::kWebhook};
struct ChannelActivity {
  std::uint64_t sent = 0, failed = 0, again = 0;  // by this process, since its start
  std::int64_t waiting = 0;                       // in the database, as of the last look
  std::int64_t oldest = 0;                        // Unix seconds; 0: none waits
};

class Sender {
 public:
  // Begins. Borrows the store.
  Sender(store::Store& store, SenderOptions options);
  ~Sender();
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;

  // What a site's replies can go out by; `way` and `now` are the caller's to fill in.
  store::Reply::Going going(const std::string& site) const;
  // Something has been put: do not wait. Thread-safe.
  void poke();
  ChannelActivity activity(std::size_t channel) const;  // of kOutChannels
  // Finishes the try that is being made, at most its timeout long. Call it before the store's.
  void close();

 private:
  struct Lane;

  void run(Lane& lane);
  void feed_webhooks();
  bool look(Lane& lane);
  bool send_one(Lane& lane);
  void finish(Lane& lane, const store::OutgoingRow& row, const Verdict& verdict);
  void hold(Lane& lane, const store::OutgoingRow& row, std::int64_t until,
            const std::string& reason);
  void write_end(const store::OutgoingRow& row, const store::Tried& tried);
  Verdict send(Lane& lane, store::OutgoingRow& row);
  Verdict send_reply(store::OutgoingRow& row);
  Verdict send_parts(store::OutgoingRow& row, const store::StoredRequest& request,
                     const std::string& text);
  Verdict send_part(const store::OutgoingRow& row, const SiteAccess& access, const Part& part,
                    std::int64_t parts, std::int64_t silence);
  Verdict send_letter(const store::OutgoingRow& row, const store::StoredRequest& request,
                      const store::Reply& reply);
  Verdict send_stored_mail(const store::OutgoingRow& row);
  struct Envelope;  // of a mail
  Verdict send_mail(const store::OutgoingRow& row, Envelope envelope);
  Verdict send_webhook(const store::OutgoingRow& row);
  std::int64_t silence_of(const store::StoredRequest& request);

  store::Store& store_;
  const SenderOptions options_;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::uint64_t pokes_ = 0;
  bool end_ = false;
  std::vector<std::unique_ptr<Lane>> lanes_;
};

}  // namespace askus::out
