#include "server-stub/store/tags.h"

#include <algorithm>
#include <map>

#include "server-stub/store/change_request.h"
#include "server-stub/store/site_row.h"
#include "server-stub/store/transaction.h"

namespace askus::store {
namespace {

constexpr std::string_view kRead =
    "SELECT id, parent, name, titles, words, concepts, retired, merged FROM tags WHERE site = $1"
    " ORDER BY id";
constexpr std::string_view kCounts =
    "SELECT tag, count(*) FROM request_tags WHERE site = $1 GROUP BY tag";
constexpr std::string_view kInsert =
    "INSERT INTO tags (site, id, parent, name, titles, words, concepts, retired, merged)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '')";
constexpr std::string_view kChange =
    "UPDATE tags SET parent = $1, name = $2, titles = $3, words = $4, retired = $5"
    " WHERE site = $6 AND id = $7";
constexpr std::string_view kRetag =
    "INSERT INTO request_tags (request, tag, site, number, person, at)"
    " SELECT request, $1, site, number, person, at FROM request_tags WHERE site = $2 AND tag = $3"
    " ON CONFLICT (request, tag) DO NOTHING";
constexpr std::string_view kUntagAll = "DELETE FROM request_tags WHERE site = $1 AND tag = $2";
constexpr std::string_view kMoveChildren =
    "UPDATE tags SET parent = $1 WHERE site = $2 AND parent = $3";
// Its name is free again: an id is nobody's name.
constexpr std::string_view kMerge =
    "UPDATE tags SET merged = $1, retired = 1, name = id WHERE site = $2 AND id = $3";

constexpr std::string_view kTone = "SELECT tone, tone_by FROM requests WHERE id = $1";
constexpr std::string_view kTagsOf = "SELECT tag FROM request_tags WHERE request = $1";
constexpr std::string_view kUsable =
    "SELECT 1 FROM tags WHERE site = $1 AND id = $2 AND retired = 0";
constexpr std::string_view kTagIt =
    "INSERT INTO request_tags (request, tag, site, number, person, at)"
    " VALUES ($1, $2, $3, $4, $5, $6)";
constexpr std::string_view kUntagIt = "DELETE FROM request_tags WHERE request = $1 AND tag = $2";
constexpr std::string_view kUntag = "DELETE FROM request_tags WHERE request = $1";
constexpr std::string_view kSetTone =
    "UPDATE requests SET tone = $1, tone_by = 'staff' WHERE id = $2";

Tag tag_of(const std::vector<std::string>& c) {
  return {c[0], c[1], c[2], c[3], c[4], c[5], number_of(c[6]) != 0, c[7]};
}

// A site's tags while its row is held: nobody else changes them.
class Tree {
 public:
  static Result<Tree> hold(Session& session, const std::string& site) {
    if (const Result<SiteRow> row = hold_site(session, site); !row.ok()) return row.error();
    const Result<Rows> rows = session.run(Query{kRead, {site}});
    if (!rows.ok()) return rows.error();
    Tree tree;
    for (const auto& c : *rows) tree.tags_[c[0]] = tag_of(c);
    return tree;
  }

  // Null: there is none, or it has become another one.
  Tag* find(const std::string& id) {
    const auto found = tags_.find(id);
    return found == tags_.end() || !found->second.merged.empty() ? nullptr : &found->second;
  }
  const Tag* child(const std::string& parent, const std::string& name) const {
    for (const auto& [id, tag] : tags_)
      if (tag.parent == parent && tag.name == name && tag.merged.empty()) return &tag;
    return nullptr;
  }
  std::vector<Tag> children(const std::string& parent) const {
    std::vector<Tag> list;
    for (const auto& [id, tag] : tags_)
      if (tag.parent == parent && tag.merged.empty()) list.push_back(tag);
    return list;
  }
  // How many stand above it, and itself; 0: at the top. More than there are: it is below itself.
  std::size_t depth(std::string id) const {
    std::size_t depth = 0;
    for (; !id.empty() && depth <= tags_.size(); ++depth) {
      const auto found = tags_.find(id);
      id = found == tags_.end() ? std::string() : found->second.parent;
    }
    return depth;
  }
  bool is_below(const std::string& id, const std::string& other) const {
    std::string at = id;
    for (std::size_t n = 0; !at.empty() && n <= tags_.size(); ++n) {
      if (at == other) return true;
      const auto found = tags_.find(at);
      at = found == tags_.end() ? std::string() : found->second.parent;
    }
    return false;
  }
  bool fits() const {
    return std::all_of(tags_.begin(), tags_.end(),
                       [this](const auto& one) { return depth(one.first) <= kMostTagDepth; });
  }
  std::size_t size() const { return tags_.size(); }
  void put(const Tag& tag) { tags_[tag.id] = tag; }

 private:
  std::map<std::string, Tag> tags_;
};

using TreeWork = std::function<Result<Outcome>(Tree&, std::vector<Query>&)>;

// A transaction on a site's tree, told to the audit.
void change_tree(Store& store, const std::string& site, Act act, TreeWork work, Store::Done done) {
  store.change(
      [site, act = std::move(act), work = std::move(work)](Session& session) {
        return transact(session, [&]() -> Result<Outcome> {
          Result<Tree> tree = Tree::hold(session, site);
          if (!tree.ok()) return tree.error();
          std::vector<Query> queries;
          Result<Outcome> outcome = work(*tree, queries);
          if (!outcome.ok() || *outcome != Outcome::kStored) return outcome;
          queries.push_back(insert_of(act));
          const Result<std::vector<Rows>> run = session.run(queries);
          return run.ok() ? outcome : Result<Outcome>(run.error());
        });
      },
      std::move(done));
}

// A transaction on one request, if it is one of the site's.
Written change_one(Session& session, const std::string& site, const std::string& request,
                   const std::function<Result<Outcome>(Held&, std::vector<Query>&)>& work) {
  return change_request(session, request,
                        [&](Held& held, std::vector<Query>& queries) -> Result<Outcome> {
                          if (held.site != site) return Outcome::kMissing;
                          if (held.is_gone()) return Outcome::kErased;
                          return work(held, queries);
                        });
}

}  // namespace

void read_tags(Store& store, const std::string& site,
               std::function<void(Result<std::vector<CountedTag>>)> done) {
  store.ask({{kRead, {site}}, {kCounts, {site}}},
            [done = std::move(done)](const Result<std::vector<Rows>>& rows) {
              if (!rows.ok()) return done(rows.error());
              std::map<std::string, std::int64_t> counts;
              for (const auto& c : rows->at(1)) counts[c[0]] = number_of(c[1]);
              std::vector<CountedTag> tags;
              for (const auto& c : rows->at(0)) tags.push_back({tag_of(c), counts[c[0]]});
              done(std::move(tags));
            });
}

void read_plain_tags(Store& store, const std::string& site,
                     std::function<void(Result<std::vector<Tag>>)> done) {
  store.ask({{kRead, {site}}}, [done = std::move(done)](const Result<std::vector<Rows>>& rows) {
    if (!rows.ok()) return done(rows.error());
    std::vector<Tag> tags;
    for (const auto& c : rows->front()) tags.push_back(tag_of(c));
    done(std::move(tags));
  });
}

void add_tags(Store& store, const std::string& site, std::vector<Tag> tags, bool skip_known,
              Act act, Store::Done done) {
  change_tree(
      store, site, std::move(act),
      [site, tags = std::move(tags), skip_known](Tree& tree,
                                                 std::vector<Query>& queries) -> Result<Outcome> {
        std::map<std::string, std::string> stands_for;
        for (Tag tag : tags) {
          if (const auto known = stands_for.find(tag.parent); known != stands_for.end())
            tag.parent = known->second;
          if (!tag.parent.empty() && tree.find(tag.parent) == nullptr) return Outcome::kMissing;
          if (const Tag* same = tree.child(tag.parent, tag.name)) {
            if (!skip_known) return Outcome::kKeyReused;
            stands_for[tag.id] = same->id;
            continue;
          }
          tree.put(tag);
          if (tree.depth(tag.id) > kMostTagDepth) return Outcome::kRefused;
          if (tree.size() > kMostTags) return Outcome::kFull;
          queries.push_back({kInsert,
                             {site, tag.id, tag.parent, tag.name, tag.titles, tag.words,
                              tag.concepts, std::int64_t{tag.retired}}});
        }
        return queries.empty() ? Outcome::kReplayed : Outcome::kStored;
      },
      std::move(done));
}

void change_tag(Store& store, const std::string& site, Tag tag, Act act, Store::Done done) {
  change_tree(
      store, site, std::move(act),
      [site, tag = std::move(tag)](Tree& tree, std::vector<Query>& queries) -> Result<Outcome> {
        Tag* known = tree.find(tag.id);
        if (known == nullptr || (!tag.parent.empty() && tree.find(tag.parent) == nullptr))
          return Outcome::kMissing;
        const Tag* same = tree.child(tag.parent, tag.name);
        if (same != nullptr && same->id != tag.id) return Outcome::kKeyReused;
        if (!tag.parent.empty() && tree.is_below(tag.parent, tag.id)) return Outcome::kRefused;
        known->parent = tag.parent;
        if (!tree.fits()) return Outcome::kRefused;
        queries.push_back({kChange,
                           {tag.parent, tag.name, tag.titles, tag.words, std::int64_t{tag.retired},
                            site, tag.id}});
        return Outcome::kStored;
      },
      std::move(done));
}

void merge_tag(Store& store, const std::string& site, const std::string& from,
               const std::string& into, Act act, Store::Done done) {
  change_tree(
      store, site, std::move(act),
      [site, from, into](Tree& tree, std::vector<Query>& queries) -> Result<Outcome> {
        if (tree.find(from) == nullptr || tree.find(into) == nullptr) return Outcome::kMissing;
        if (tree.is_below(into, from)) return Outcome::kRefused;
        for (Tag child : tree.children(from)) {
          const Tag* same = tree.child(into, child.name);
          if (same != nullptr && same->id != from) return Outcome::kKeyReused;
          child.parent = into;
          tree.put(child);
        }
        if (!tree.fits()) return Outcome::kRefused;
        queries.push_back({kRetag, {into, site, from}});
        queries.push_back({kUntagAll, {site, from}});
        queries.push_back({kMerge, {into, site, from}});
        queries.push_back({kMoveChildren, {into, site, from}});
        return Outcome::kStored;
      },
      std::move(done));
}

Written tag_request(Session& session, const Tagging& t) {
  return change_one(
      session, t.site, t.request, [&](Held& held, std::vector<Query>& queries) -> Result<Outcome> {
        const Result<Rows> tags = session.run(Query{kTagsOf, {t.request}});
        if (!tags.ok()) return tags.error();
        const bool has = std::any_of(tags->begin(), tags->end(),
                                     [&t](const auto& row) { return row[0] == t.tag; });
        if (has == t.on) return Outcome::kReplayed;
        if (t.on) {
          const Result<Rows> usable = session.run(Query{kUsable, {t.site, t.tag}});
          if (!usable.ok()) return usable.error();
          if (usable->empty()) return Outcome::kMissing;
          if (tags->size() >= kMostRequestTags) return Outcome::kFull;
          queries.push_back({kTagIt, {t.request, t.tag, t.site, held.number, t.actor, t.at}});
        } else {
          queries.push_back({kUntagIt, {t.request, t.tag}});
        }
        queries.push_back(next_change(held.row, t.site, t.on ? "tagged" : "untagged", t.request,
                                      t.at, t.actor, t.tag));
        return Outcome::kStored;
      });
}

Written set_tone(Session& session, const std::string& site, const std::string& request,
                 const std::string& tone, const std::string& at, const std::string& actor) {
  return change_one(
      session, site, request, [&](Held& held, std::vector<Query>& queries) -> Result<Outcome> {
        const Result<Rows> known = session.run(Query{kTone, {request}});
        if (!known.ok()) return known.error();
        const std::vector<std::string>& c = known->at(0);
        if (c[0] == tone && c[1] == tone_by::kStaff) return Outcome::kReplayed;
        queries.push_back({kSetTone, {tone, request}});
        queries.push_back(next_change(held.row, site, "tone", request, at, actor, tone));
        return Outcome::kStored;
      });
}

void append_untag(std::vector<Query>& queries, const std::string& request) {
  queries.push_back({kUntag, {request}});
}

}  // namespace askus::store
