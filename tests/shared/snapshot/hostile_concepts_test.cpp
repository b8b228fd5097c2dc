// Damaged tables of concepts are refused; what is accepted can be searched. The sanitizers watch.
#include <random>

#include "tests/shared/search/engine.h"

using namespace askus;
using namespace askus::testing;

namespace {

using Numbers = std::vector<std::uint32_t>;
using Bytes = std::vector<std::uint8_t>;
constexpr std::uint32_t kWords = 2, kSigns = 3;

// Two words, by hashes of 16 bits: 300 tells of the concepts 0 and 200, 305 of concept 1.
snapshot::Concepts tables() {
  return {.count = 201,
          .hash_bits = 16,
          .words = {0x80 | 44, 2, 5},
          .counts = {2, 1},
          .ids = {0, 0x80 | 72, 1, 1},
          .strengths = {4, 1, 15},
          .of = {{{"pay", "uk"}, {0 * 16 + 8, 200 * 16 + 1}}, {{"tv", "en"}, {1 * 16 + 15}}}};
}

std::vector<std::uint16_t>& marks(snapshot::Concepts& c) {
  return c.of.at({"pay", "uk"});
}

struct Damage {
  const char* name;
  void (*spoil)(snapshot::Concepts&);
  const char* says = "the concepts' words are malformed";
};
constexpr const char* kRange = "the concepts are out of range";
constexpr const char* kMarks = "a version's concepts are out of range";

const Damage kDamages[] = {
    {"no bit of the hash", [](auto& c) { c.hash_bits = 0; }, kRange},
    {"a bit too few", [](auto& c) { c.hash_bits = 7; }, kRange},
    {"a bit too many", [](auto& c) { c.hash_bits = 25; }, kRange},
    {"more bits than a hash has", [](auto& c) { c.hash_bits = 33; }, kRange},
    {"all bits", [](auto& c) { c.hash_bits = 255; }, kRange},
    {"too many concepts", [](auto& c) { c.count = snapshot::kMaxConcepts + 1; }, kRange},
    {"as many as a number holds", [](auto& c) { c.count = 0xFFFF; }, kRange},

    {"a hash beyond its bits", [](auto& c) { c.hash_bits = 8; }},
    {"a hash at its bits' end",
     [](auto& c) {
       c.words = {0x80, 0x80, 4, 1};
     }},
    {"hashes whose sum is beyond",
     [](auto& c) {
       c.words = {0xFF, 0xFF, 3, 1};
     }},
    {"a hash twice",
     [](auto& c) {
       c.words = {5, 0};
     }},
    {"a hash too few", [](auto& c) { c.words = {5}; }},
    {"a hash too many", [](auto& c) { c.words.push_back(1); }},
    {"no hash", [](auto& c) { c.words.clear(); }},
    {"a hash that does not end",
     [](auto& c) {
       c.words = {5, 0x81};
     }},
    {"a hash that does not end, beside enough", [](auto& c) { c.words.push_back(0x80); }},
    {"a hash longer than any", [](auto& c) { c.words = {5, 0x80, 0x80, 0x80, 0x80, 1}; }},
    {"a hash beyond 64 bits", [](auto& c) { c.words = Bytes(20, 0xFF); }},

    {"counts beyond the signs",
     [](auto& c) {
       c.counts = {2, 2};
     }},
    {"counts below the signs",
     [](auto& c) {
       c.counts = {1, 1};
     }},
    {"a word of no sign",
     [](auto& c) {
       c.counts = {3, 0};
     }},
    {"the largest counts",
     [](auto& c) {
       c.counts = {255, 255};
     }},
    {"a count too few", [](auto& c) { c.counts = {3}; }},
    {"a count too many",
     [](auto& c) {
       c.counts = {1, 1, 1};
     }},
    {"no counts", [](auto& c) { c.counts.clear(); }},

    {"an id beyond the concepts",
     [](auto& c) {
       c.ids = {0, 0x80 | 73, 1, 1};
     }},
    {"an id far beyond",
     [](auto& c) {
       c.ids = {0, 0xFF, 0xFF, 0x7F, 1};
     }},
    {"an id too few", [](auto& c) { c.ids.pop_back(); }},
    {"an id too many", [](auto& c) { c.ids.push_back(0); }},
    {"no ids", [](auto& c) { c.ids.clear(); }},
    {"an id that does not end", [](auto& c) { c.ids.back() |= 0x80; }},
    {"an id longer than any", [](auto& c) { c.ids = {0, 0x80, 0x80, 0x80, 0x80, 0, 1}; }},

    {"a strength too few", [](auto& c) { c.strengths.pop_back(); }},
    {"a strength too many", [](auto& c) { c.strengths.push_back(1); }},
    {"no strengths", [](auto& c) { c.strengths.clear(); }},
    {"a strength of nothing", [](auto& c) { c.strengths[1] = 0; }},
    {"a strength beyond the largest", [](auto& c) { c.strengths[1] = 16; }},

    {"a mark beyond the concepts", [](auto& c) { marks(c) = {201 * 16 + 1}; }, kMarks},
    {"the largest mark", [](auto& c) { marks(c) = {0xFFFF}; }, kMarks},
    {"a mark without weight", [](auto& c) { marks(c) = {16}; }, kMarks},
    {"a mark twice",
     [](auto& c) {
       marks(c) = {17, 17};
     },
     kMarks},
    {"a concept twice",
     [](auto& c) {
       marks(c) = {17, 18};
     },
     kMarks},
    {"marks that fall",
     [](auto& c) {
       marks(c) = {33, 17};
     },
     kMarks},
    {"marks without tables", [](auto& c) { c.count = 0; }, kMarks},  // count 0: none are written
};

// A snapshot whose topics all point to one list of all concepts. The builder writes none such.
std::string sharing_marks(std::uint32_t topics) {
  namespace fb = snapshot::fb;
  flatbuffers::FlatBufferBuilder out;
  std::vector<std::uint16_t> all;
  for (std::uint32_t id = 0; id < snapshot::kMaxConcepts; ++id)
    all.push_back(static_cast<std::uint16_t>(id * 16 + 1));
  const auto marks = out.CreateVector(all);
  const auto text = out.CreateString("T");
  std::vector<flatbuffers::Offset<fb::Topic>> list;
  for (std::uint32_t i = 0; i < topics; ++i) {
    const auto id = out.CreateString("t" + std::to_string(100'000 + i));
    fb::VersionBuilder version(out);
    version.add_title(text);
    version.add_answer(text);
    version.add_concepts(marks);
    const auto versions = out.CreateVector({version.Finish()});
    list.push_back(fb::CreateTopic(out, id, 255, versions));
  }
  const auto texts = out.CreateVector(std::vector<flatbuffers::Offset<fb::LocalText>>());
  const auto none = out.CreateString("");
  const auto settings = fb::CreateSettings(
      out, texts, texts, 0, 0, out.CreateVector(std::vector<flatbuffers::Offset<fb::Category>>()),
      1, 0, fb::Need::Off, fb::Need::Off, none, texts, none, texts, texts, 0,
      out.CreateVector(Numbers()));
  const auto bytes = [&out](const Bytes& of) { return out.CreateVector(of); };
  const auto concepts = fb::CreateConcepts(out, snapshot::kMaxConcepts, 16, bytes({5}), bytes({1}),
                                           bytes({0}), bytes({4}));
  const auto languages = out.CreateVector({out.CreateString("uk")});
  fb::FinishSnapshotBuffer(
      out, fb::CreateSnapshot(out, snapshot::kFormat, out.CreateString("demo"), languages, settings,
                              out.CreateVector(list), concepts));
  return {reinterpret_cast<const char*>(out.GetBufferPointer()), out.GetSize()};
}

// Opens and, if it is accepted, searches: every table is read then.
bool accepts(const std::string& bytes) {
  const AlignedBytes aligned(bytes);
  const auto opened = snapshot::Snapshot::open(aligned.span());
  if (!opened) return false;
  search::Index index(*opened);
  for (const std::string_view query : {"сплатити інтернет", "television", "як", "\xFF"}) {
    index.search(query, {.weak = true});
    index.highlight("Сплатити за television");
  }
  return true;
}

}  // namespace

TEST_CASE("sound tables of concepts are accepted") {
  const auto sound = tables();
  REQUIRE(sound.counts.size() == kWords);
  REQUIRE(sound.strengths.size() == kSigns);
  CHECK(accepts(built(sample_faq(), sound)));
  // The extremes of what is allowed.
  auto widest = sound;
  widest.hash_bits = 24;
  widest.words = {0, 0xFF, 0xFF, 0xFF, 7};  // 0 and 2^24 - 1
  widest.count = snapshot::kMaxConcepts;
  widest.of[{"tv", "en"}] = {(snapshot::kMaxConcepts - 1) * 16 + 15};
  CHECK(accepts(built(sample_faq(), widest)));
}

TEST_CASE("each kind of damage to the tables of concepts is refused") {
  for (const Damage& damage : kDamages) {
    CAPTURE(damage.name);
    snapshot::Concepts concepts = tables();
    damage.spoil(concepts);
    // The builder opens what it wrote with the reader; its refusal is the reader's.
    const auto bytes = snapshot::build(sample_faq(), concepts);
    REQUIRE_FALSE(bytes.ok());
    CHECK(bytes.error().text == std::string("snapshot refused: ") + damage.says);
  }
}

TEST_CASE("one list of marks shared by very many topics is refused, not made an index of") {
  // A few bytes a topic in the file, 32 kB a topic in an index.
  CHECK(accepts(sharing_marks(100)));
  const AlignedBytes bytes(sharing_marks(9'000));
  REQUIRE(bytes.span().size() < 2'000'000);
  const auto opened = snapshot::Snapshot::open(bytes.span());
  REQUIRE_FALSE(opened.ok());
  CHECK(opened.error().code == Code::kTooLarge);
}

TEST_CASE("flipping bits of a snapshot with concepts never reads out of bounds") {
  const std::string whole = built(sample_faq(), tables());
  REQUIRE(accepts(whole));
  std::mt19937 random(11);
  std::size_t refused = 0;
  constexpr std::size_t kRounds = 4'000;
  for (std::size_t round = 0; round < kRounds; ++round) {
    std::string damaged = whole;
    for (auto flips = 1 + random() % 3; flips > 0; --flips) {
      const auto bit = random() % (whole.size() * 8);
      damaged[bit / 8] =
          static_cast<char>(static_cast<unsigned char>(damaged[bit / 8]) ^ (1u << bit % 8));
    }
    refused += !accepts(damaged);
  }
  CHECK(refused > kRounds / 10);
  CHECK(refused < kRounds);  // some are other letters in a text
}
