#include "server-stub/account/ticket.h"

#include <botan/system_rng.h>

#include <algorithm>
#include <array>
#include <atomic>

#include "server-stub/publish/base64url.h"
#include "server-stub/publish/signature.h"
#include "shared/request/uuid.h"

namespace askus::account {
namespace {

constexpr std::size_t kTicketBytes = 32;

}  // namespace

std::string new_ticket() {
  const auto bytes = Botan::system_rng().random_vec(kTicketBytes);
  return publish::base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::string ticket_hash(std::string_view ticket) {
  return publish::sha256_hex(ticket);
}

std::string new_row_id(std::int64_t now) {
  static std::atomic<std::int64_t> last{0};
  std::int64_t before = last, next = 0;
  do next = std::max(before + 1, now * 1'000);
  while (!last.compare_exchange_weak(before, next));
  std::array<std::uint8_t, 10> random{};
  Botan::system_rng().randomize(random.data(), random.size());
  return request::make_uuid7(static_cast<std::uint64_t>(next), random);
}

}  // namespace askus::account
