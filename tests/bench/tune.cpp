// Relevance on the sets of a bench folder (topics.jsonl, queries.dev.tsv, noise/*.dev.tsv), in one
// process and without the wasm: what the constants of shared/search/constants.h are chosen with.
//   tune DATA [--lexicon DIR] [--sets a,b] [NAME=VALUE ...]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "shared/lexicon/compile.h"
#include "shared/search/constants.h"
#include "shared/search/search.h"
#include "shared/snapshot/builder.h"
#include "shared/snapshot/snapshot.h"
#include "tests/bench/tunables.h"

using namespace askus;
namespace fs = std::filesystem;

namespace {

struct Query {
  std::string text, language;
  std::set<std::string> relevant;
};

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> out;
  std::stringstream in(text);
  for (std::string part; std::getline(in, part, at);) out.push_back(part);
  return out;
}

std::vector<Query> read_queries(const fs::path& path, std::size_t most) {
  std::vector<Query> out;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line) && out.size() < most;) {
    const auto fields = split(line, '\t');
    if (fields.size() < 3) continue;
    const auto ids = split(fields[2], ',');
    out.push_back({fields[1], fields.size() > 3 ? fields[3] : "", {ids.begin(), ids.end()}});
  }
  return out;
}

snapshot::Faq read_topics(const fs::path& path) {
  snapshot::Faq faq;
  faq.settings.languages = {"uk", "ru", "en"};
  faq.settings.name = faq.settings.title = {{"uk", "Тест"}};
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const auto json = nlohmann::json::parse(line);
    snapshot::Version version;
    version.language = json.value("lang", "uk");
    version.title = json.value("title", "");
    version.answer = json.value("body", "");
    for (const auto& tag : json["tags"]) version.tags.push_back(tag.get<std::string>());
    if (version.title.size() > 400) version.title.resize(400);
    faq.topics.push_back({json["id"].get<std::string>(), "", {version}});
  }
  return faq;
}

struct Figures {
  double mrr = 0, r1 = 0, r5 = 0, us50 = 0, us95 = 0;
};

struct Miss {
  std::string query, got, want;
};

Figures measure(search::Index& index, const snapshot::Snapshot& snapshot,
                const std::vector<Query>& queries, std::vector<Miss>* misses) {
  Figures f;
  std::vector<double> times;
  for (const Query& query : queries) {
    const auto start = std::chrono::steady_clock::now();
    const auto hits =
        index.search(query.text, {.language = -1, .limit = 10, .typing = true, .weak = true});
    times.push_back(
        std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start)
            .count());
    int rank = 0;
    for (std::size_t i = 0; i < hits.size() && i < 5; ++i) {
      if (query.relevant.count(std::string(snapshot::view(snapshot.topic(hits[i].topic).id())))) {
        rank = static_cast<int>(i) + 1;
        break;
      }
    }
    if (rank == 1) ++f.r1;
    if (rank > 0) {
      ++f.r5;
      f.mrr += 1.0 / rank;
    }
    if (rank != 1 && misses) {
      std::string got;
      for (std::size_t i = 0; i < hits.size() && i < 3; ++i)
        got += std::string(snapshot::view(snapshot.topic(hits[i].topic).id())) + " ";
      misses->push_back({query.text, std::to_string(rank) + " " + got, *query.relevant.begin()});
    }
  }
  const double n = std::max<double>(1, static_cast<double>(queries.size()));
  std::sort(times.begin(), times.end());
  if (!times.empty()) {
    f.us50 = times[times.size() / 2];
    f.us95 = times[std::min(times.size() - 1, times.size() * 95 / 100)];
  }
  f.mrr /= n;
  f.r1 /= n;
  f.r5 /= n;
  return f;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const fs::path data = argv[1];
  std::vector<std::string> sets;
  std::string lexicon;
  bool show = false, noise = true, calibrate = false;
  int rounds = 0;
  std::string dump;
  for (int i = 2; i < argc; ++i) {
    const std::string arg = argv[i];
    if (arg == "--sets")
      sets = split(argv[++i], ',');
    else if (arg == "--lexicon")
      lexicon = argv[++i];
    else if (arg == "--misses")
      show = true;
    else if (arg == "--calibrate")
      calibrate = true;
    else if (arg == "--clean")
      noise = false;
    else if (arg == "--search")
      rounds = std::atoi(argv[++i]);
    else if (arg == "--dump")
      dump = argv[++i];
    else if (!tunables::set(arg)) {
      std::fprintf(stderr, "unknown %s\n", arg.c_str());
      return 2;
    }
  }
  lexicon::Lexicon words;
  if (!lexicon.empty()) {
    for (const auto& entry : fs::directory_iterator(lexicon)) {
      if (entry.path().extension() != ".txt" || entry.path().stem() == "CMakeLists") continue;
      std::ifstream in(entry.path());
      std::stringstream all;
      all << in.rdbuf();
      if (const auto added = lexicon::add(all.str(), entry.path().filename().string(),
                                          lexicon::Origin::kBuiltin, words);
          !added) {
        std::fprintf(stderr, "%s\n", added.error().text.c_str());
        return 1;
      }
    }
  }
  if (sets.empty()) {
    for (const auto& entry : fs::directory_iterator(data)) sets.push_back(entry.path().filename());
    std::sort(sets.begin(), sets.end());
  }
  struct Loaded {
    std::string name;
    snapshot::Faq faq;
    std::vector<std::uint64_t> bytes;
    std::size_t size = 0;
    std::vector<Query> clean;
    std::map<std::string, std::vector<Query>> noise;
    std::optional<snapshot::Snapshot> open;
  };
  std::vector<Loaded> loaded;
  for (const std::string& set : sets) {
    Loaded& it = loaded.emplace_back();
    it.name = set;
    it.faq = read_topics(data / set / "topics.jsonl");
    // As the bench's adapter does: a set of one language is a site of one language.
    if (set.starts_with("en-") || set.starts_with("ru-") || set.starts_with("uk-"))
      it.faq.settings.languages = {set.substr(0, 2)};
    auto bytes = snapshot::build(it.faq, lexicon::compile(words, it.faq));
    if (!bytes) {
      std::fprintf(stderr, "%s: %s\n", set.c_str(), bytes.error().text.c_str());
      return 1;
    }
    if (!dump.empty()) std::ofstream(fs::path(dump) / (set + ".faq"), std::ios::binary) << *bytes;
    it.size = bytes->size();
    it.bytes.resize((bytes->size() + 7) / 8);
    std::memcpy(it.bytes.data(), bytes->data(), bytes->size());
    it.open.emplace(std::move(*snapshot::Snapshot::open(
        {reinterpret_cast<const std::uint8_t*>(it.bytes.data()), it.size})));
    it.clean = read_queries(data / set / "queries.dev.tsv", 400);
    for (const char* kind : {"typo", "layout", "translit", "prefix", "kw"}) {
      const fs::path path = data / set / "noise" / (std::string(kind) + ".dev.tsv");
      if (noise && fs::exists(path)) it.noise[kind] = read_queries(path, 200);
    }
  }
  if (rounds > 0) {
    static const std::map<std::string, double> kTargets = {
        {"uk-help", .86},     {"ru-help", .85},   {"en-help", .90},  {"ru2uk-help", .75},
        {"ru-xquad", .965},   {"en-xquad", .965}, {"en-b77", .72},   {"tri-btc", .66},
        {"tri-btc-t", 1},     {"en-big", .87},    {"asked-near", 1}, {"asked-para", .80},
        {"asked-slang", .85}, {"asked-long", .75}};
    const auto objective = [&] {
      double sum = 0;
      for (Loaded& it : loaded) {
        search::Index index(*it.open);
        const Figures f = measure(index, *it.open, it.clean, nullptr);
        const bool asked = it.name.starts_with("asked");
        const double margin = (asked ? 0.5 * (f.r5 + f.mrr + .25) : f.mrr) - kTargets.at(it.name);
        sum += margin < 0 ? 5 * margin : 0.7 * margin;
        if (it.name.ends_with("xquad")) continue;
        for (const auto& [kind, queries] : it.noise)
          sum += 0.25 * (kind == "kw" ? (it.name == "tri-btc-t" ? 2.0 : 0.0) : 1.0) *
                 measure(index, *it.open, queries, nullptr).r5;
      }
      return sum;
    };
    double best = objective();
    std::printf("start %.4f\n", best);
    float step = 0.3f;
    for (int round = 0; round < rounds; ++round, step *= 0.6f) {
      for (const auto& [name, value] : tunables::of_search()) {
        const float old = *value;
        for (const float factor : {1 + step, 1 / (1 + step)}) {
          *value = old == 0 ? (factor > 1 ? step * 0.2f : 0) : old * factor;
          const double now = objective();
          if (now > best + 0.0005) {
            best = now;
            std::printf("%.4f %s=%.4f\n", best, name.c_str(), static_cast<double>(*value));
            std::fflush(stdout);
            break;
          }
          *value = old;
        }
      }
    }
    for (const auto& [name, value] : tunables::of_search())
      std::printf("%s=%.4g ", name.c_str(), static_cast<double>(*value));
    std::printf("\n");
    return 0;
  }
  if (calibrate) {
    // Own questions: the share of first hits that are right, by their evidence. Foreign ones (of
    // the other sets, which these topics do not answer): the share that gets a first hit so strong.
    std::printf("%-9s %7s %7s %7s\n", "evidence", "own", "right", "foreign");
    struct Bin {
      double own = 0, right = 0, foreign = 0;
    };
    std::array<Bin, 31> bins{};
    double own = 0, foreign = 0;
    // Same question: a first hit of that evidence, so far ahead of the second.
    struct Same {
      float evidence, lead;
      double found = 0, right = 0, foreign = 0;
    };
    std::vector<Same> same_at;
    for (const float evidence : {0.5f, 0.6f, 0.7f, 0.8f, 0.9f, 1.0f}) {
      for (const float lead : {1.0f, 1.1f, 1.2f, 1.35f, 1.5f}) same_at.push_back({evidence, lead});
    }
    for (Loaded& it : loaded) {
      search::Index index(*it.open);
      for (Loaded& asked : loaded) {
        const bool same = asked.name == it.name;
        if (!same && asked.name.substr(0, 4) == it.name.substr(0, 4)) continue;
        for (const Query& query : asked.clean) {
          const auto hits =
              index.search(query.text, {.language = -1, .limit = 2, .typing = false, .weak = true});
          const bool right =
              same && !hits.empty() &&
              query.relevant.count(std::string(snapshot::view(it.open->topic(hits[0].topic).id())));
          for (Same& at : same_at) {
            if (hits.empty() || hits[0].evidence < at.evidence) continue;
            if (hits.size() > 1 && hits[0].score < at.lead * hits[1].score) continue;
            ++(same ? at.found : at.foreign);
            if (right) ++at.right;
          }
          const double evidence = hits.empty() ? 0 : static_cast<double>(hits[0].evidence);
          Bin& bin = bins[std::min<std::size_t>(30, static_cast<std::size_t>(evidence * 20))];
          (same ? own : foreign) += 1;
          if (!same) {
            ++bin.foreign;
            continue;
          }
          ++bin.own;
          if (right) ++bin.right;
        }
      }
    }
    for (const Same& at : same_at)
      std::printf(
          "same question: evidence %.1f lead %.2f  found %4.1f%% right %5.1f%% foreign %.2f%%\n",
          static_cast<double>(at.evidence), static_cast<double>(at.lead), 100 * at.found / own,
          100 * at.right / std::max(1.0, at.found), 100 * at.foreign / foreign);
    double above = 0, right = 0, wrongly = 0;
    for (std::size_t i = bins.size(); i-- > 0;) {
      above += bins[i].own;
      right += bins[i].right;
      wrongly += bins[i].foreign;
      std::printf(">= %5.2f  %6.1f%% %6.1f%% %6.1f%%   here %4.0f own, %3.0f%% right\n",
                  static_cast<double>(i) / 20, 100 * above / own,
                  100 * right / std::max(1.0, above), 100 * wrongly / foreign, bins[i].own,
                  100 * bins[i].right / std::max(1.0, bins[i].own));
    }
    return 0;
  }
  std::printf("%-11s %5s %5s %5s | typo  lay   trans pref  kw    | build ms  p50 p95 us  KB\n",
              "set", "mrr", "r1", "r5");
  double sum = 0;
  for (Loaded& it : loaded) {
    double built = 1e9;
    std::optional<search::Index> index;
    for (int i = 0; i < 3; ++i) {
      index.reset();
      const auto start = std::chrono::steady_clock::now();
      index.emplace(*it.open);
      built = std::min(
          built, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
                     .count());
    }
    std::vector<Miss> misses;
    const Figures clean = measure(*index, *it.open, it.clean, &misses);
    std::printf("%-11s %5.3f %5.3f %5.3f |", it.name.c_str(), clean.mrr, clean.r1, clean.r5);
    sum += clean.mrr;
    for (const char* kind : {"typo", "layout", "translit", "prefix", "kw"}) {
      if (const auto n = it.noise.find(kind); n != it.noise.end())
        std::printf(" %.3f", measure(*index, *it.open, n->second, nullptr).r5);
      else
        std::printf("   -  ");
    }
    std::printf(" | %6.1f %6.0f %6.0f %7zu\n", built, clean.us50, clean.us95, it.size / 1024);
    if (show) {
      for (const Miss& miss : misses)
        std::printf("    %s\n      -> %s (want %s)\n", miss.query.c_str(), miss.got.c_str(),
                    miss.want.c_str());
    }
  }
  std::printf("sum of mrr %.3f\n", sum);
}
