#include "widget/view/markup.h"

namespace askus::view {

namespace {

using markup::is_block;
using markup::Piece;
using Kind = Piece::Kind;

// Draws the pieces of one block; returns the index behind them.
std::size_t draw_runs(Builder& view, const std::vector<Piece>& pieces, std::size_t i,
                      TopicKey topic_key, const void* context) {
  for (; i < pieces.size() && !is_block(pieces[i]) && pieces[i].kind != Kind::kList; ++i) {
    const Piece& piece = pieces[i];
    if (piece.kind == Kind::kPicture) {
      view.add(Role::kPicture).label(piece.text).value(piece.target);
    } else if (piece.kind == Kind::kLink && piece.target.starts_with('#')) {
      const std::uint32_t key = topic_key(context, piece.target.substr(1));
      if (key == 0) {
        view.run(piece.text);
      } else {
        view.link(LinkStyle::kInline, key).label(piece.text);
      }
    } else if (piece.kind == Kind::kLink) {
      view.link(LinkStyle::kInline).label(piece.text).value(piece.target);
    } else {
      view.run(piece.text).flag(kStrong, piece.kind == Kind::kStrong);
    }
  }
  return i;
}

}  // namespace

void draw_markup(Builder& view, std::string_view answer, TopicKey topic_key, const void* context) {
  const std::vector<Piece> pieces = markup::parse(answer);
  std::size_t i = 0;
  while (i < pieces.size()) {
    if (pieces[i].kind == Kind::kParagraph) {
      const auto paragraph = view.text(TextStyle::kBody).in();
      i = draw_runs(view, pieces, i + 1, topic_key, context);
      continue;
    }
    const Piece& list = pieces[i++];
    const auto items = view.list(list.numbered ? ListStyle::kNumbers : ListStyle::kBullets)
                           .number(list.start)
                           .in();
    while (i < pieces.size() && pieces[i].kind == Kind::kItem) {
      const auto item = view.add(Role::kItem).in();
      i = draw_runs(view, pieces, i + 1, topic_key, context);
    }
  }
}

}  // namespace askus::view
