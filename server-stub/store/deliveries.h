// What was written elsewhere, on its way into the tables. On the writer's session.
#pragma once

#include <vector>

#include "server-stub/store/session.h"
#include "server-stub/store/store.h"

namespace askus::store {

// One transaction for all of them; Store::receive says what each does. One without a title has no
// words, a picture alone: it is not stored, and where its row is there it leaves a dash.
Received receive(Session& session, const std::vector<Delivery>& deliveries);

}  // namespace askus::store
