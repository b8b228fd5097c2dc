#include "server-stub/api/same_question.h"

namespace askus::api {

std::vector<std::string> PublishedQuestions::find(const std::string& site, std::string_view title,
                                                  std::string_view details) {
  const std::shared_ptr<Searched> searched = searched_of(site);
  if (searched == nullptr) return {};
  const std::lock_guard lock(searched->mutex);
  std::int32_t topic = searched->index.same_question(title);
  if (topic < 0 && !details.empty())
    topic = searched->index.same_question(std::string(title) + "\n" + std::string(details));
  if (topic < 0) return {};
  const auto& answer = searched->published->snapshot.topic(static_cast<std::uint32_t>(topic));
  return {std::string(snapshot::view(answer.id()))};
}

Proposal PublishedQuestions::propose(const std::string& site, std::string_view text) {
  const std::shared_ptr<Searched> searched = searched_of(site);
  if (searched == nullptr) return {};
  const std::lock_guard lock(searched->mutex);
  const snapshot::Snapshot& snapshot = searched->published->snapshot;
  search::Options options;
  options.limit = kMostProposed;
  options.typing = false;
  Proposal proposal;
  for (const search::Hit& hit : searched->index.search(text, options))
    proposal.topics.emplace_back(snapshot::view(snapshot.topic(hit.topic).id()));
  const std::int32_t category = searched->index.propose_category(text);
  if (category >= 0)
    proposal.category = snapshot::view(
        (*snapshot.settings().categories())[static_cast<std::uint32_t>(category)]->id());
  return proposal;
}

std::shared_ptr<PublishedQuestions::Searched> PublishedQuestions::searched_of(
    const std::string& site) {
  const std::lock_guard lock(mutex_);
  const auto found = sites_.find(site);
  return found == sites_.end() ? nullptr : found->second;
}

void PublishedQuestions::renew(const std::string& site,
                               std::shared_ptr<const store::Published> published) {
  auto searched = published == nullptr ? nullptr : std::make_shared<Searched>(std::move(published));
  const std::lock_guard lock(mutex_);
  if (searched == nullptr)
    sites_.erase(site);
  else
    sites_[site] = std::move(searched);
}

}  // namespace askus::api
