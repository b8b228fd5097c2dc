#include <cstdio>

#include "server-stub/faq/commands.h"
#include "shared/search/search.h"

namespace askus::faq {
namespace {

const char* name_of(search::Confidence confidence) {
  switch (confidence) {
    case search::Confidence::kAnswers:
      return "answers";
    case search::Confidence::kMaybe:
      return "maybe";
    case search::Confidence::kNothing:
      break;
  }
  return "weak";
}

void print_hit(const snapshot::Snapshot& from, std::size_t rank, const search::Hit& hit) {
  const auto& topic = from.topic(hit.topic);
  const auto& version = from.version(topic, hit.language);
  const std::string language(snapshot::view(from.root().languages()->Get(hit.language)));
  std::printf("%zu\t%.3f\t%s\t%s\t%s\t%s\n", rank, static_cast<double>(hit.score),
              name_of(hit.confidence), std::string(snapshot::view(topic.id())).c_str(),
              language.c_str(), std::string(snapshot::view(version.title())).c_str());
}

}  // namespace

int run_search(const SearchOptions& options) {
  const auto opened = open_snapshot(options.file);
  if (!opened) return fail(opened.error());
  const snapshot::Snapshot& from = opened->snapshot;
  search::Options wanted;
  wanted.limit = options.limit;
  if (!options.language.empty()) {
    wanted.language = from.language(options.language);
    if (wanted.language < 0)
      return fail({Code::kNotFound,
                   "the snapshot has no language \"" + options.language + "\": " + options.file});
  }
  search::Index index(from);
  if (options.explain) {
    std::printf("%s\n", index.explain(options.query, wanted).c_str());
    return kDone;
  }
  std::size_t rank = 0;
  for (const search::Hit& hit : index.search(options.query, wanted)) print_hit(from, ++rank, hit);
  if (!index.understood().empty())
    std::printf("understood as: %s\n", std::string(index.understood()).c_str());
  if (rank == 0) std::printf("nothing found\n");
  return kDone;
}

}  // namespace askus::faq
