// Folding: what makes two spellings of the same word equal before any stemming.
#pragma once

namespace askus::text {

inline constexpr char32_t kApostrophe = U'\'';

// Lower case without what people leave out: all apostrophes become ', ё becomes е, ґ becomes г,
// accents of Latin letters go. Covers Latin, Greek and Cyrillic; other letters stay as they are.
// Combining marks are compose()'s matter.
char32_t fold(char32_t code);

// The letter that `base` (folded) and a combining mark make, as fold() would give it: и + U+0306
// is й, і + U+0308 is ї. Any other mark (a stress mark, an accent) is dropped: the base itself.
char32_t compose(char32_t base, char32_t mark);

bool is_mark(char32_t code);    // combining marks U+0300 to U+036F, soft hyphen, joiners
bool is_letter(char32_t code);  // letters and digits of any script, and marks within words

}  // namespace askus::text
