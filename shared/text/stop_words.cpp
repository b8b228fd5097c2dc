#include "shared/text/stop_words.h"

#include "shared/text/letters.h"

namespace askus::text {
namespace {

// Ukrainian, Russian and English words that carry no meaning of their own.
constexpr Letters kStopWords(
    " "
    "а або але без би бо буде бути бы был быть в вам вас ваш вже ви вона вони вы від він "
    "где де для до его ее если есть еще же з за и из или их й його к как какая какие "
    "какой когда коли кто ли мене меня мені ми мне можна можно мой моя мої мы мій на нам "
    "нас наш не но ну ні о об он она они от по под почему при про с свой свій се та так "
    "там те ти то того тот ты у уже хто це цей чем через чи чому что чтобы ще що щоб это "
    "этот я як яка яке який якщо які є і із їх"
    " "
    "a about an and are at be but by can do does for from had has have how i if in is it "
    "its me my of on or so that the there this to was we what when where which who why "
    "will with you your"
    " ");

constexpr Letters kNegations(
    " не нет нету ні немає нема без нельзя неможливо невозможно no not none never without cannot "
    "can't cant don't dont doesn't doesnt didn't didnt won't wont isn't isnt aren't wasn't hasn't "
    "haven't couldn't wouldn't ");

constexpr Letters kAsking(
    " як яким чому де коли скільки чи хто що можна можливо хочу хотів хотіла хотілося треба "
    "потрібно "
    "підкажіть порадьте скажіть допоможіть прошу зясуйте дізнатися зробіть поясніть "
    "как каким почему где когда сколько ли кто что можно возможно хочу хотел хотела хотелось надо "
    "нужно "
    "подскажите посоветуйте скажите помогите прошу узнайте узнать сделайте объясните "
    "how where when why what which who can could may might would want need wish please help tell "
    "possible ");

constexpr Letters kAskingNumber(
    " скільки скількох сколько скольких коли когда many much often long old when year ");

bool contains(std::string_view all, std::string_view word) {
  for (std::size_t at = all.find(word); at != std::string_view::npos; at = all.find(word, at + 1)) {
    if (all[at - 1] == ' ' && all[at + word.size()] == ' ') return true;
  }
  return false;
}

}  // namespace

bool is_stop_word(std::string_view word) {
  return contains(kStopWords.view(), word);
}

bool is_asking(std::string_view word) {
  return contains(kAsking.view(), word);
}

bool is_asking_number(std::string_view word) {
  return contains(kAskingNumber.view(), word);
}

bool is_negation(std::string_view word) {
  return contains(kNegations.view(), word);
}

}  // namespace askus::text
