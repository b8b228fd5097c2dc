#include "server-stub/store/sweep.h"

#include "server-stub/store/attachments.h"
#include "server-stub/store/audit.h"
#include "server-stub/store/marks.h"
#include "server-stub/store/outbox.h"
#include "server-stub/store/replies.h"
#include "server-stub/store/sessions.h"

namespace askus::store {

Result<Swept> sweep(Session& session, const SweepRules& rules) {
  constexpr auto kAll = static_cast<std::int64_t>(kSweptAtOnce);
  Swept swept;
  for (const Query& query :
       {Query{kPurgeMarks, {rules.now}}, sweep_sessions(rules.now), sweep_invitations(rules.now),
        sweep_openings(rules.now), sweep_outgoing(rules.now), sweep_audit(rules.now)})
    if (const auto purged = session.run(query); !purged.ok()) return purged.error();
  const Result<std::int64_t> attachments = sweep_attachments(session, rules.now, kSweptAtOnce);
  if (!attachments.ok()) return attachments.error();
  swept.attachments = *attachments;
  swept.more = *attachments == kAll;
  for (const auto& [site, keep] : rules.keep_closed) {
    const Result<std::int64_t> requests =
        sweep_closed(session, site, rules.now - keep, rules.at, kSweptAtOnce);
    if (!requests.ok()) return requests.error();
    swept.requests += *requests;
    swept.more |= *requests == kAll;
  }
  return swept;
}

}  // namespace askus::store
