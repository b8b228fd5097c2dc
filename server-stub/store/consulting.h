// A request that goes to another department for advice and comes back with it. Question and advice
// are notes of the request, so that they are read, exported and erased as all notes are; what is
// kept beside them is who was asked and whether there is an answer.
#pragma once

#include <string>
#include <vector>

#include "server-stub/store/store.h"

namespace askus::store {

// The request stays with who has it in hand. `question` is a note; its id is the consultation's.
// kReplayed: it was asked before. kErased, kMissing: as of a reply.
Written consult(Session& session, const std::string& request, const Reply& question,
                const std::string& category);
// kReplayed: the same advice again. kRefused: somebody else has given one. kMissing: nothing was
// asked under that id.
Written advise(Session& session, const std::string& request, const std::string& consultation,
               const Reply& advice);

struct Consultation {
  std::string id;        // of the note that asks
  std::string category;  // whose department is asked
  std::string asker;     // a person
  std::string at;        // RFC 3339
  std::string advice;    // id of the note that answers, or empty
};
// Of a request, oldest first.
Query read_consultations(const std::string& request);
std::vector<Consultation> consultations_of(const Rows& rows);

// Part of a request's erasure.
void append_forget_consultations(std::vector<Query>& queries, const std::string& request);

}  // namespace askus::store
