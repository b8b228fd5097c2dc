// The FAQ back out of a snapshot, for showing and comparing.
#pragma once

#include "shared/snapshot/model.h"
#include "shared/snapshot/snapshot.h"

namespace askus::faq {

// Everything the snapshot holds. build() of the result gives the snapshot's bytes again.
snapshot::Faq extract(const snapshot::Snapshot& snapshot);

}  // namespace askus::faq
