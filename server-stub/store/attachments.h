// The pictures that requests name: stored once a site, in pieces, in the database itself. On the
// writer's session; every call that changes something is a transaction of its own.
#pragma once

#include <string>
#include <vector>

#include "server-stub/store/session.h"
#include "server-stub/store/store.h"

namespace askus::store {

// Bytes of a picture in one row. Smaller costs more rows, larger makes each statement and each
// page of a backup hold more in memory.
inline constexpr std::size_t kPieceBytes = 65'536;

Written put_attachment(Session& session, const NewAttachment& attachment);

// Inside of the transaction that stores a request, with its site held. The first queries' answers
// say whether the pictures are there, one a name; the second make them the request's.
void append_look_for(std::vector<Query>& queries, const std::string& site,
                     const std::vector<std::string>& hashes);
void append_name(std::vector<Query>& queries, const std::string& site, const std::string& request,
                 const std::vector<std::string>& hashes);
// The same for a request that is erased: its names, and the pictures that no other request names.
void append_unname(std::vector<Query>& queries, const std::string& site,
                   const std::string& request);

// Removes pictures that nobody has named before they expired, at most `most` of them; how many.
Result<std::int64_t> sweep_attachments(Session& session, std::int64_t now, std::size_t most);

// One query; its answer is for attachment_bytes().
Query find_attachment(const std::string& request, const std::string& sha256);
std::optional<AttachmentBytes> attachment_bytes(const Rows& rows);

}  // namespace askus::store
