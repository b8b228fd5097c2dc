#include "shared/text/stop_words.h"

#include <array>
#include <cstdint>

#include "shared/text/parts.h"

namespace askus::text {
namespace {

constexpr std::size_t kLongest = 16;  // of the words in these sets

// Words, written with a space behind each; kept by length, without the spaces.
template <std::size_t Size>
struct WordSet {
  std::array<char, Size> bytes{};
  std::array<std::uint16_t, kLongest + 2> begin{};  // by length
  explicit consteval WordSet(const Parts<Size>& parts) {
    std::size_t size = 0;
    for (std::size_t length = 1; length <= kLongest; ++length) {
      begin[length] = static_cast<std::uint16_t>(size);
      for (const char* at = parts.begin(); at != parts.end();) {
        const std::string_view word = next_part(at);
        if (word.size() != length) continue;
        for (const char c : word) bytes[size++] = c;
      }
    }
    begin[kLongest + 1] = static_cast<std::uint16_t>(size);
  }
};

bool contains(const char* at, const char* end, std::string_view word) {
  for (; at != end; at += word.size()) {
    if (*at == word[0] && std::string_view(at, word.size()) == word) return true;
  }
  return false;
}
template <std::size_t Size>
bool contains(const WordSet<Size>& all, std::string_view word) {
  const std::size_t length = word.size();
  return length <= kLongest && contains(all.bytes.data() + all.begin[length],
                                        all.bytes.data() + all.begin[length + 1], word);
}

// Ukrainian, Russian and English words that carry no meaning of their own.
constexpr WordSet kStopWords(Parts(
    Letters("а або але без би бо буде бути бы был быть в вам вас ваш вже ви вона вони вы від він "
            "где де для до его ее если есть еще же з за и из или их й його к как какая какие "
            "какой когда коли кто ли мене меня мені ми мне можна можно мой моя мої мы мій на нам "
            "нас наш не но ну ні о об он она они от по под почему при про с свой свій се та так "
            "там те ти то того тот ты у уже хто це цей чем через чи чому что чтобы ще що щоб это "
            "этот я як яка яке який якщо які є і із їх "
            "a about an and are at be but by can do does for from had has have how i if in is it "
            "its me my of on or so that the there this to was we what when where which who why "
            "will with you your ")));

constexpr WordSet kNegations(Parts(Letters(
    "не нет нету ні немає нема без нельзя неможливо невозможно no not none never without cannot "
    "can't cant don't dont doesn't doesnt didn't didnt won't wont isn't isnt aren't wasn't hasn't "
    "haven't couldn't wouldn't ")));

constexpr WordSet kAsking(Parts(Letters(
    "як яким чому де коли скільки чи хто що можна можливо хочу хотів хотіла хотілося треба "
    "потрібно "
    "підкажіть порадьте скажіть допоможіть прошу зясуйте дізнатися зробіть поясніть "
    "как каким почему где когда сколько ли кто что можно возможно хочу хотел хотела хотелось надо "
    "нужно "
    "подскажите посоветуйте скажите помогите прошу узнайте узнать сделайте объясните "
    "how where when why what which who can could may might would want need wish please help tell "
    "possible ")));

constexpr WordSet kAskingNumber(Parts(
    Letters("скільки скількох сколько скольких коли когда many much often long old when year ")));

}  // namespace

bool is_stop_word(std::string_view word) {
  return contains(kStopWords, word);
}

bool is_asking(std::string_view word) {
  return contains(kAsking, word);
}

bool is_asking_number(std::string_view word) {
  return contains(kAskingNumber, word);
}

bool is_negation(std::string_view word) {
  return contains(kNegations, word);
}

}  // namespace askus::text
