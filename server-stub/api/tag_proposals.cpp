#include "server-stub/api/tag_proposals.h"

#include <nlohmann/json.hpp>
#include <sstream>

#include "server-stub/store/awaited.h"

namespace askus::api {
namespace {

using nlohmann::json;

std::vector<std::string> parts_of(const std::string& list, char by) {
  std::vector<std::string> parts;
  std::istringstream in(list);
  for (std::string part; std::getline(in, part, by);)
    if (!part.empty()) parts.push_back(part);
  return parts;
}

std::vector<tags::ProposedBy> proposed_by(const std::vector<store::Tag>& tags) {
  std::map<std::string, std::uint32_t> places;
  for (const store::Tag& tag : tags)
    places.emplace(tag.id, static_cast<std::uint32_t>(places.size()));
  std::vector<tags::ProposedBy> list;
  for (const store::Tag& tag : tags) {
    tags::ProposedBy by;
    if (const auto parent = places.find(tag.parent); parent != places.end())
      by.parent = parent->second;
    if (!tag.retired) {
      by.concepts = parts_of(tag.concepts, ' ');
      by.phrases = parts_of(tag.words, '\n');
      const json titles = json::parse(tag.titles, nullptr, false);
      for (const json& title : titles)
        if (title.is_string()) by.phrases.push_back(title.get<std::string>());
    }
    list.push_back(std::move(by));
  }
  return list;
}

}  // namespace

Result<TagProposals::Known*> TagProposals::renew(const std::string& site) {
  auto tags = store::awaited<Result<std::vector<store::Tag>>>(
      [&](auto done) { store::read_plain_tags(store_, site, done); });
  if (!tags.ok()) return tags.error();
  Known& known = sites_[site];
  if (known.proposer == nullptr || known.tags != *tags) {
    known.proposer = std::make_unique<tags::Proposer>(proposed_by(*tags));
    known.tags = std::move(*tags);
  }
  return &known;
}

void TagProposals::find(const std::string& site, const std::string& title,
                        const std::string& details, const std::function<void(Found)>& done) {
  const bool taken = worker_.push([this, site, title, details, done] {
    Result<Known*> known = renew(site);
    if (!known.ok()) return done(known.error());
    std::vector<ProposedTag> proposals;
    for (const tags::Proposal& one : (*known)->proposer->propose(title, details))
      proposals.push_back({(*known)->tags[one.tag].id, one.score});
    done(std::move(proposals));
  });
  if (!taken) done(Error{Code::kUnavailable, "too many proposals at once"});
}

}  // namespace askus::api
