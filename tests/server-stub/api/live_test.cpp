// Live updates: what windows are told, when, and that they end with their session.
#include "server-stub/api/live.h"

#include <nlohmann/json.hpp>

#include "tests/catch.h"
#include "tests/server-stub/api/people.h"

namespace {

using namespace askus;
using nlohmann::json;
using testing::add_person;
using testing::begin_session;
using testing::Client;
using testing::Harness;
using testing::request_json;
using testing::send;
using testing::uuid;

// An open window: its connection, and the events that come by it.
class Stream {
 public:
  Stream(Harness& h, const std::string& ticket, const std::string& after,
         const testing::Fields& more = {})
      : client_(h.port) {
    client_.send(testing::request_text("GET", "/v1/sites/demo/live?after=" + after,
                                       testing::by(h, ticket, more), ""));
    head_ = client_.receive_until("\r\n\r\n");
    CHECK(client_.receive_until("\n\n") == ": connected\n\n");
  }
  const std::string& head() const { return head_; }
  // The next event but for comments, "" when the connection has ended.
  std::string next() {
    for (;;) {
      std::string event = client_.receive_until("\n\n");
      if (!event.starts_with(":")) return event;
    }
  }
  // The next of that name, as its data.
  json next(const std::string& name) {
    for (std::string event = next(); !event.empty(); event = next())
      if (event.find("event: " + name + "\n") != std::string::npos)
        return json::parse(event.substr(event.find("data: ") + 6));
    return {};
  }

 private:
  Client client_;
  std::string head_;
};

}  // namespace

TEST_CASE("a window is told of what visitors and colleagues do, in order and once") {
  Harness h;
  const std::string id = add_person(h, "a@b.example", "staff");
  const std::string ticket = begin_session(h, id);
  REQUIRE(h.post_request(uuid(1), request_json(uuid(1))).status == 201);
  Stream window(h, ticket, "1");
  CHECK(window.head().find("200 OK") != std::string::npos);
  CHECK(window.head().find("text/event-stream") != std::string::npos);
  CHECK(window.head().find("Connection: close") != std::string::npos);
  CHECK(window.head().find("Content-Length") == std::string::npos);
  CHECK(window.next("openings") == json::array());

  REQUIRE(h.post_request(uuid(2), request_json(uuid(2))).status == 201);
  const std::string told = window.next();
  CHECK(told.starts_with("id: 2\nevent: change\ndata: {"));
  CHECK(json::parse(told.substr(told.find("data: ") + 6))["id"] == uuid(2));

  const std::string of = "/v1/sites/demo/requests/" + uuid(1);
  REQUIRE(send(h, ticket, "PUT", of + "/opening").status == 204);
  CHECK(window.next("openings") == json::array({{{"request", uuid(1)}, {"person", id}}}));
  REQUIRE(send(h, ticket, "PUT", of + "/assignee", json{{"to", id}}.dump()).status == 204);
  const json assigned = window.next("change");
  CHECK(assigned["kind"] == "assigned");
  CHECK(assigned["actor"] == id);
  CHECK(assigned["detail"] == id);
  CHECK(assigned["seq"] == 3);

  // A browser that connects again is told what it has missed, and nothing twice.
  Stream again(h, ticket, "0", {{"Last-Event-ID", "2"}});
  CHECK(again.next("change")["seq"] == 3);
}

TEST_CASE("a window that knows of more than there is, as after a restore, reads the list again") {
  Harness h;
  const std::string ticket = begin_session(h, add_person(h, "a@b.example", "staff"));
  REQUIRE(h.post_request(uuid(1), request_json(uuid(1))).status == 201);
  Stream window(h, ticket, "99");
  CHECK(window.next("again") == json::object());
  REQUIRE(h.post_request(uuid(2), request_json(uuid(2))).status == 201);
  CHECK(window.next("change")["seq"] == 2);
}

TEST_CASE("a window ends with its session, and with the server") {
  Harness h;
  const std::string admin = begin_session(h, add_person(h, "admin@b.example", "administrator"));
  const std::string id = add_person(h, "a@b.example", "staff");
  Stream window(h, begin_session(h, id), "0");
  Stream other(h, admin, "0");
  CHECK(window.next("openings") == json::array());
  REQUIRE(send(h, admin, "PUT", "/v1/sites/demo/people/" + id, R"({"role":"staff","active":false})")
              .status == 200);
  CHECK(window.next().empty());  // at the latest kSessionLooked later
  CHECK(other.next("openings") == json::array());
  h.stop();
  CHECK(other.next().empty());
}

TEST_CASE("fifty windows are all told") {
  Harness h;
  const std::string ticket = begin_session(h, add_person(h, "a@b.example", "lead"));
  std::vector<std::unique_ptr<Stream>> windows;
  for (int i = 0; i < 50; ++i) windows.push_back(std::make_unique<Stream>(h, ticket, "0"));
  REQUIRE(h.post_request(uuid(1), request_json(uuid(1))).status == 201);
  for (const auto& window : windows) CHECK(window->next("change")["seq"] == 1);
}
