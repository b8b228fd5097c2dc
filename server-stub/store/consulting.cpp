#include "server-stub/store/consulting.h"

#include "server-stub/store/change_request.h"
#include "server-stub/store/flags.h"
#include "server-stub/store/replies.h"

namespace askus::store {
namespace {

constexpr std::string_view kInsert =
    "INSERT INTO consultations (id, site, request, number, category, asker, at, advice)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, '')";
constexpr std::string_view kAdvice =
    "SELECT advice FROM consultations WHERE id = $1 AND request = $2";
constexpr std::string_view kAdvise = "UPDATE consultations SET advice = $1 WHERE id = $2";
constexpr std::string_view kOfRequest =
    "SELECT id, category, asker, at, advice FROM consultations WHERE request = $1 ORDER BY at, id";
constexpr std::string_view kForget = "DELETE FROM consultations WHERE request = $1";

}  // namespace

Written consult(Session& session, const std::string& request, const Reply& question,
                const std::string& category) {
  return change_request(session, request,
                        [&](Held& held, std::vector<Query>& queries) -> Result<Outcome> {
                          if (held.is_gone()) return Outcome::kErased;
                          const Result<bool> known = is_known_reply(session, question.id);
                          if (!known.ok()) return known.error();
                          if (*known) return Outcome::kReplayed;
                          append_note(queries, request, question);
                          queries.push_back({kInsert,
                                             {question.id, held.site, request, held.number,
                                              category, question.actor, question.at}});
                          append_undone(queries, held.site, held.number);
                          queries.push_back(next_change(held.row, held.site, "consulted", request,
                                                        question.at, question.actor, category));
                          return Outcome::kStored;
                        });
}

Written advise(Session& session, const std::string& request, const std::string& consultation,
               const Reply& advice) {
  return change_request(
      session, request, [&](Held& held, std::vector<Query>& queries) -> Result<Outcome> {
        if (held.is_gone()) return Outcome::kErased;
        const Result<Rows> asked = session.run(Query{kAdvice, {consultation, request}});
        if (!asked.ok()) return asked.error();
        if (asked->empty()) return Outcome::kMissing;
        const std::string& given = (*asked)[0][0];
        if (given == advice.id) return Outcome::kReplayed;
        if (!given.empty()) return Outcome::kRefused;
        append_note(queries, request, advice);
        queries.push_back({kAdvise, {advice.id, consultation}});
        append_undone(queries, held.site, held.number);
        queries.push_back(
            next_change(held.row, held.site, "advised", request, advice.at, advice.actor));
        return Outcome::kStored;
      });
}

Query read_consultations(const std::string& request) {
  return {kOfRequest, {request}};
}

std::vector<Consultation> consultations_of(const Rows& rows) {
  std::vector<Consultation> all;
  all.reserve(rows.size());
  for (const auto& c : rows) all.push_back({c[0], c[1], c[2], c[3], c[4]});
  return all;
}

void append_forget_consultations(std::vector<Query>& queries, const std::string& request) {
  queries.push_back({kForget, {request}});
}

}  // namespace askus::store
