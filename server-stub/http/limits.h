// Every limit of the HTTP front in one block: unit, default, and what both extremes do. The
// configuration's "limits" may override each by the name in docs/operations.md.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace askus::http {

// Bytes of request line and header fields together; over it 431. Smaller refuses browsers with
// long Accept-Language and user agents, larger costs memory for every slow client.
inline constexpr std::size_t kHeaderBytes = 8'192;
inline constexpr std::size_t kHeaderFields = 64;

// Bytes of a request's body; over it 413 before the rest is read.
inline constexpr std::size_t kRequestBody = 131'072;

// From a request's first byte until it is read whole; never restarted by a read. Shorter cuts off
// telephones on a bad line, longer gives slow clients more memory for longer.
inline constexpr std::chrono::milliseconds kRequestDeadline{30'000};
// An answer has as long again to be written, and one second more for each of these bytes of it;
// never restarted by a write. Slow 3G gives 50,000: a lower rate lets who reads slowly hold
// connections for longer, a higher one cuts large snapshots on the lines they are read over.
inline constexpr std::size_t kWriteRate = 32'768;
// Between two requests of a connection.
inline constexpr std::chrono::milliseconds kIdleTimeout{60'000};
// Between two lines to a reader of events when there is nothing to tell. Proxies close connections
// that are silent for a minute; who is gone is found out by a line that cannot be written.
inline constexpr std::chrono::milliseconds kHeartbeat{20'000};
// For telling why, once the deadline has passed or a body is refused; of such a body everything
// that comes within it is read and thrown away, so that the refusal arrives.
inline constexpr std::chrono::milliseconds kLastWord{2'000};
// A drain ends at the latest after this: the time to read the youngest request, and a second. An
// answer so large that it is still being written then is cut; its reader asks again.
inline constexpr std::chrono::milliseconds kDrain{31'000};

// Connections at once, in all and from one address. Over them a connection is closed at once.
inline constexpr std::size_t kConnections = 20'000;
inline constexpr std::size_t kConnectionsPerAddress = 2'000;

// Bytes asked of the socket at once.
inline constexpr std::size_t kReadChunk = 4'096;
inline constexpr std::size_t kBodyChunk = 65'536;
// Before accept is tried again when the process is out of file descriptors.
inline constexpr std::chrono::milliseconds kAcceptPause{100};

// The ones that a configuration may change.
struct Limits {
  std::size_t header_bytes = kHeaderBytes;
  std::size_t header_fields = kHeaderFields;
  std::size_t connections = kConnections;
  std::size_t connections_per_address = kConnectionsPerAddress;
  std::chrono::milliseconds request_deadline = kRequestDeadline;
  std::size_t write_rate = kWriteRate;  // bytes a second, not 0
  std::chrono::milliseconds idle_timeout = kIdleTimeout;
  std::chrono::milliseconds drain = kDrain;
};

}  // namespace askus::http
