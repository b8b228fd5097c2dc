#include "server-stub/invite/invite.h"

#include <future>

#include "server-stub/account/roles.h"
#include "server-stub/account/ticket.h"
#include "server-stub/api/team.h"
#include "server-stub/config/database.h"
#include "server-stub/files/files.h"
#include "server-stub/store/clock.h"
#include "server-stub/store/people.h"
#include "shared/request/request.h"

namespace askus::invite {
namespace {

constexpr std::string_view kOperator = "operator", kHere = "command line";

std::string own_origin(const config::Config& config) {
  const bool bracket = config.address.find(':') != std::string::npos;
  const std::string host = bracket ? "[" + config.address + "]" : config.address;
  return (config.tls ? "https://" : "http://") + host + ":" + std::to_string(config.port);
}

}  // namespace

Result<std::string> make_link(const config::Config& config, const Options& options) {
  const std::string email = store::email_key(options.email);
  if (config.sites.count(options.site) == 0)
    return Error{Code::kMalformed, "no site \"" + options.site + "\" in the configuration"};
  if (!request::is_email(email))
    return Error{Code::kMalformed, "\"" + options.email + "\" is not an e-mail address"};
  if (!account::person_role(options.role))
    return Error{Code::kMalformed,
                 "\"" + options.role + "\" is not a role: staff, lead, marketer, administrator"};
  if (Status status = files::make_folder(config.data, files::kFolderForOwner); !status.ok())
    return status.error();
  const Result<store::StoreOptions> where = config::load_store_options(config);
  if (!where.ok()) return where.error();
  Result<std::unique_ptr<store::Store>> store = store::open_store(*where);
  if (!store.ok()) return store.error();

  const std::string ticket = account::new_ticket();
  const std::int64_t now = store::system_clock();
  const std::string at = store::utc_text(now);
  store::Invitation invitation{
      account::ticket_hash(ticket),
      options.password ? store::InvitationKind::kPassword : store::InvitationKind::kJoin,
      options.site,
      email,
      options.role,
      {},
      std::string(kOperator),
      at,
      now + api::kInvitationLife,
      false};
  std::promise<store::Written> promise;
  store::invite(**store, std::move(invitation), now,
                {account::new_row_id(now), options.site, at, std::string(kOperator),
                 options.password ? "invite-password" : "invite", email + " " + options.role,
                 std::string(kHere)},
                [&promise](store::Written written) { promise.set_value(std::move(written)); });
  const store::Written written = promise.get_future().get();
  (*store)->close();
  if (written.outcome == store::Outcome::kMissing)
    return Error{Code::kNotFound, "nobody has the address " + email};
  if (written.outcome != store::Outcome::kStored)
    return Error{Code::kUnavailable, "not stored: " + written.text};
  return (options.origin.empty() ? own_origin(config) : options.origin) +
         api::invitation_path(ticket);
}

}  // namespace askus::invite
