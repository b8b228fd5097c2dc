#include "server-stub/api/answering.h"

#include <nlohmann/json.hpp>

#include "server-stub/api/answers.h"
#include "server-stub/api/request_change.h"
#include "shared/markup/markup.h"
#include "shared/text/utf8.h"

namespace askus::api {
namespace {

using nlohmann::json;

bool is_address(std::string_view target) {
  return target.starts_with("https://") || target.starts_with("http://") ||
         target.starts_with("mailto:") || target.starts_with("tel:");
}

std::string link_text(const markup::Piece& piece) {
  std::string_view target = piece.target;
  for (const std::string_view scheme : {"mailto:", "tel:"})
    if (target.starts_with(scheme)) target.remove_prefix(scheme.size());
  std::string label(piece.text);
  if (!is_address(piece.target) || label == target) return label;
  return label + ": " + std::string(target);
}

// A block's text, and what parts it from the one before.
struct Block {
  std::string before, text;
};

std::vector<Block> blocks_of(std::string_view answer) {
  using Kind = markup::Piece::Kind;
  std::vector<Block> blocks;
  bool is_numbered = false, is_first = false;  // of the list, and in it
  std::int32_t number = 1;
  for (const markup::Piece& piece : markup::parse(answer)) {
    if (piece.kind == Kind::kList) {
      is_numbered = piece.numbered;
      is_first = true;
      number = piece.start;
    } else if (markup::is_block(piece)) {
      const bool is_item = piece.kind == Kind::kItem;
      std::string before = blocks.empty() ? "" : is_item && !is_first ? "\n" : "\n\n";
      if (is_item) before += is_numbered ? std::to_string(number++) + ". " : "– ";
      is_first = false;
      blocks.push_back({std::move(before), {}});
    } else if (piece.kind != Kind::kPicture && !blocks.empty()) {
      blocks.back().text += piece.kind == Kind::kLink ? link_text(piece) : std::string(piece.text);
    }
  }
  return blocks;
}

void get_topics(App& app, const RequestPtr& request, const http::Reply& reply) {
  with_request(app, request, reply, [&app, request, reply](const store::StoredRequest& r) {
    json list = json::array();
    const auto published = app.site(request->args[0])->snapshots->current();
    const Proposal proposal =
        app.same_question->propose(request->args[0], r.fields.title + "\n" + r.fields.details);
    for (const std::string& id : proposal.topics) {
      const std::int64_t index = published == nullptr ? -1 : published->snapshot.find(id);
      if (index < 0) continue;  // another snapshot was published meanwhile
      const snapshot::Snapshot& s = published->snapshot;
      const auto& version =
          s.version(s.topic(static_cast<std::uint32_t>(index)), s.language(r.fields.language));
      list.push_back(
          {{"id", id},
           {"title", snapshot::view(version.title())},
           {"answer", answer_text(snapshot::view(version.answer()), request::kMaxDetails)},
           {"url", snapshot::view(version.url())}});
    }
    reply(json_response(200, list));
  });
}

}  // namespace

std::string answer_text(std::string_view answer, std::size_t limit) {
  std::string text;
  for (const Block& block : blocks_of(answer)) {
    if (block.text.empty()) continue;
    if (text.size() + block.before.size() + block.text.size() > limit) {
      if (text.empty()) text = text::clip(block.text, limit);
      break;
    }
    text += block.before + block.text;
  }
  return text;
}

void add_answering_routes(App& app, http::Router& router) {
  add_request_route(app, router, "GET", "topics", 0, get_topics);
}

}  // namespace askus::api
