// Reading back what put_mail() has written.
#pragma once

#include "server-stub/out/outbox.h"
#include "server-stub/store/outbox.h"

namespace askus::out {

// kMalformed: another channel's row, or one that is over. `key` is the row's id.
Result<Mail> mail_of(const store::OutgoingRow& row);

}  // namespace askus::out
