#include "shared/search/lexicon_words.h"

#include <algorithm>

#include "shared/text/skeleton.h"
#include "shared/text/stem.h"
#include "shared/text/stop_words.h"

namespace askus::search {

LexiconWord::LexiconWord(std::string_view token) {
  const auto take = [this](std::string_view word) {
    size_ = word.size();
    std::copy(word.begin(), word.end(), letters_.begin());
  };
  if (text::is_negation(token))
    take(kNegationWord);
  else if (!text::is_stop_word(token))
    take(text::Skeleton(text::Stem(token).view()).view());
}

}  // namespace askus::search
