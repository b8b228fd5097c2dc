// The panel's state machine: what the visitor does goes in, a view and effects come out.
//
//   ask -> read -> write -> offered -> sending -> sent
//
// docs/panel-protocol.md specifies events, view and effects. Payloads are hostile: whatever they
// hold, every call leaves a whole view. Not thread-safe; one flow a page.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "widget/flow/draft.h"
#include "widget/flow/effects.h"
#include "widget/flow/host.h"
#include "widget/flow/keys.h"
#include "widget/flow/library.h"
#include "widget/view/view.h"

namespace askus::flow {

// All limits in one place.
inline constexpr std::size_t kMaxText = 131'072;          // bytes of one field that are kept
inline constexpr std::size_t kMaxShortText = 2'000;       // bytes of an address, a tag, a link
inline constexpr std::uint32_t kGuesses = 5;              // where no answer is sure
inline constexpr std::uint32_t kHits = 20;                // answers listed for a query
inline constexpr std::uint32_t kOfferedTopics = 3;        // topics offered before sending
inline constexpr std::uint32_t kRelatedTopics = 3;        // related topics below an answer
inline constexpr std::uint32_t kSnippetBytes = 220;       // two to three lines of the panel
inline constexpr std::size_t kMaxSnippetSource = 16'384;  // bytes of an answer searched for one
inline constexpr std::size_t kMaxAnswers = 3;             // topics that answer what was sent

enum class Event : std::uint32_t {
  kStart = 1,
  kInput,
  kPress,
  kChoose,
  kToggle,
  kKey,
  kVisible,
  kSnapshotFailed,
  kSent,
  kSendFailed,
  kOpen,
  kPrefill,
  kRestore,
  kOnline,
  kForget,
};

enum class Screen : std::uint8_t { kAsk, kRead, kWrite, kOffered, kSending, kSent };

class Flow {
 public:
  explicit Flow(const Host& host);

  // One event of the page. Unknown kinds, nodes that are not in the view and payloads that break
  // their form change nothing.
  void event(std::uint32_t kind, std::uint32_t key, std::string_view payload);

  // A snapshot whose signature and hash have been checked. What does not open is refused: the one
  // before it stays. Never swapped under a reader: it waits until the topic is left.
  void snapshot(Bytes bytes);
  // Ranks a text as one being typed, weak hits too, and shows nothing. Valid until the next call.
  std::span<const search::Hit> search(std::string_view query, std::uint32_t limit);

  // The output; valid until the next call.
  const view::Builder& view() const { return view_; }
  std::string_view effects() const { return effects_.list(); }
  std::uint32_t revision() const { return revision_; }  // rises when the view changes

 private:
  using Element = view::Builder::Element;
  enum class Failure : std::uint8_t { kNone, kOffline, kRefused, kUnsupported };

  // flow.cpp: events, and ways between the screens
  void dispatch(Event kind, std::uint32_t key, std::string_view payload);
  void start(std::string_view payload);
  void press(std::uint32_t key);
  void press_key(std::uint32_t key, std::string_view name);
  void snapshot_failed(std::string_view reason);
  void open(std::string_view payload);
  void set_online(bool online);
  void go(Screen screen);
  void back();
  void adopt_next();
  void redraw();
  const view::Node* find(std::uint32_t key, std::span<const view::Role> roles) const;

  // draw.cpp: what several screens show
  void draw();
  Element main_region(Screen screen);
  void draw_header(bool back, view::Text title);
  void draw_receipt();
  void set_title(std::string_view title);
  void draw_runs(Element element, std::string_view text, bool highlighted);
  void draw_snippet(Shown shown, bool highlighted);
  void draw_topic_link(Shown shown, bool highlighted);
  bool foreign(Shown shown) const;

  // ask.cpp
  void draw_ask();
  void draw_waiting();
  void draw_announcement();
  void draw_query();
  void draw_results();
  void draw_options(bool highlighted);
  void draw_ask_footer();
  void find_topics();
  void input_query(std::string_view text);
  bool move_active(std::string_view key_name);
  void settle_query();
  bool searching() const;

  // read.cpp
  void draw_read();
  void draw_answer(Shown shown);
  void draw_comments(Shown shown);
  void draw_person(std::string_view name, std::string_view role, std::uint32_t date,
                   const flatbuffers::String* picture, bool official);
  void draw_rating();
  void draw_related(Shown shown);
  Shown reading() const;
  void open_topic(std::string id, std::string language, Screen from);
  void open_listed(std::uint32_t topic);
  void rate(std::uint32_t index);
  void copy_topic_link();

  // write.cpp
  void write();
  void draw_write();
  void draw_refusal();
  void draw_field(Field field, view::FieldStyle style, view::Text label, view::Text placeholder);
  void draw_kinds();
  void draw_category();
  void draw_moods();
  void draw_person_fields();
  void draw_consent();
  void draw_error(Field field);
  bool is_required(Field field) const;
  Element mark_field(Element element, Field field);

  // form.cpp: changing the draft
  void input_field(Action action, std::string_view text);
  void choose(std::uint32_t key);
  void toggle_consent(bool on);
  void prefill(std::string_view payload);
  void restore(std::string_view payload);
  void changed(Field field);
  void begin_draft();
  void renew_id();
  void keep_draft();
  void propose_category();
  void drop_unasked();
  std::int32_t category_index() const;
  std::string_view kind() const;
  std::string* text_of(Field field);  // null: the field is no text

  // send.cpp
  void send();
  bool check_fields();
  bool focus_problem();
  bool find_offered();
  void submit();
  void sent(std::string_view payload);
  void drop_draft();
  void forget();
  void name_department();
  void send_failed(std::uint32_t refused, std::string_view payload);

  // offered.cpp, sent.cpp
  void draw_offered();
  void draw_topics(const std::vector<std::string>& ids, bool highlighted);
  void draw_sending();
  void draw_sent();
  void draw_meanwhile();
  void ask_another();
  void show_receipt();

  Host host_;
  view::Builder view_, drawing_;
  Effects effects_;
  std::uint32_t revision_ = 0;
  Screen screen_ = Screen::kAsk;
  std::string title_;  // the panel's document title as last sent

  // Of Start
  std::string language_, languages_, page_, channel_ = "site", site_;

  std::unique_ptr<Library> library_, next_;  // next_ waits until the open topic is left
  Failure failure_ = Failure::kNone;
  bool online_ = true;

  // Ask
  std::string query_, counted_query_;
  std::vector<Shown> shown_;  // as drawn last
  bool unsure_ = false;       // whether what is shown are guesses
  std::string understood_;    // the query, as drawn last
  std::int32_t active_ = -1;  // of shown_
  bool searched_ = false;     // once in this session: the write form is open to the visitor

  // Read
  std::string topic_, topic_language_;  // id, and tag of the version
  Screen read_from_ = Screen::kAsk;
  std::string rated_;  // id of the topic that was rated last
  bool copied_ = false;

  // Write
  Draft draft_;
  struct Problem {
    view::Text text = view::Text::none;
    std::string reason;  // the server's
  };
  std::array<Problem, kFields> problems_;
  Screen write_from_ = Screen::kAsk;
  bool sorry_ = false;  // an answer did not help
  bool changing_category_ = false;
  bool honeypot_filled_ = false, press_again_ = false;
  bool refused_ = false;
  bool reused_ = false;  // refused because its id is another text's; refusal_ is empty then
  std::string refusal_;

  // Offered, sending, sent
  std::vector<std::string> offered_;
  bool offered_once_ = false;
  bool waits_for_network_ = false, retrying_ = false;
  bool unkept_ = false;  // the page could not store what it sends
  struct Receipt {
    bool unseen = false;  // arrived on another screen
    std::int32_t number = 0;
    std::string link, department, answer_time;
    std::string promise;               // when it will be answered, in the server's words
    std::vector<std::string> answers;  // topic ids
  } receipt_;
};

}  // namespace askus::flow
