#include "shared/request/json.h"

#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace askus::request {
namespace {

using Json = nlohmann::json;

// The members of a request that are texts, by their name in the JSON.
const std::map<std::string_view, std::string Request::*>& text_members() {
  static const std::map<std::string_view, std::string Request::*> members{
      {"id", &Request::id},
      {"kind", &Request::kind},
      {"title", &Request::title},
      {"details", &Request::details},
      {"category", &Request::category},
      {"mood", &Request::mood},
      {"name", &Request::name},
      {"contact", &Request::contact},
      {"language", &Request::language},
      {"channel", &Request::channel},
      {"page", &Request::page},
      {"query", &Request::query},
      {"topic", &Request::topic},
      {"identity", &Request::identity}};
  return members;
}

// Not written when empty.
bool is_later(std::string_view name) {
  return name == "topic" || name == "identity";
}

const std::map<std::string_view, std::string Consent::*>& consent_members() {
  static const std::map<std::string_view, std::string Consent::*> members{
      {"version", &Consent::version}, {"text_hash", &Consent::text_hash}, {"at", &Consent::at}};
  return members;
}

constexpr std::string_view kConsent = "consent", kAttachments = "attachments", kMeToo = "me_too",
                           kTitle = "title";
constexpr std::string_view kNeeded[] = {"id", "kind", kTitle, "language"};

// Writes straight into the Request: no tree is built of what a stranger sent. Only one object with
// one object "consent" and one list "attachments" in it is accepted, so nothing can nest deeper.
class Reader : public nlohmann::json_sax<Json> {
 public:
  explicit Reader(Request& request) : request_(request) {}

  const std::string& problem() const { return problem_; }

  bool null() override { return wrong_type("null"); }
  bool boolean(bool value) override {
    if (depth_ != 1 || name_ != kMeToo) return wrong_type("a boolean");
    request_.me_too = value;
    return true;
  }
  bool number_integer(number_integer_t) override { return wrong_type("a number"); }
  bool number_unsigned(number_unsigned_t) override { return wrong_type("a number"); }
  bool number_float(number_float_t, const string_t&) override { return wrong_type("a number"); }
  bool binary(binary_t&) override { return wrong_type("binary"); }

  bool start_array(std::size_t) override {
    if (depth_ != 1 || in_list_ || name_ != kAttachments) return wrong_type("a list");
    return in_list_ = true;
  }
  bool end_array() override {
    in_list_ = false;
    return true;
  }

  bool string(string_t& value) override {
    if (target_ == nullptr && !in_list_) return wrong_type("a text");
    if (value.find('\0') != std::string::npos)
      return fail("\"" + name_ + "\" holds a NUL character");
    if (in_list_) {
      request_.attachments.push_back(std::move(value));
    } else {
      *target_ = std::move(value);
      target_ = nullptr;
    }
    return true;
  }

  bool start_object(std::size_t) override {
    if (depth_ == 0 || (depth_ == 1 && name_ == kConsent)) {
      ++depth_;
      return true;
    }
    return wrong_type("an object");
  }

  bool end_object() override {
    --depth_;
    name_.clear();
    return true;
  }

  bool key(string_t& key) override {
    const std::string path = depth_ == 2 ? std::string(kConsent) + "." + key : key;
    if (!seen_.insert(path).second) return fail("\"" + path + "\" is given twice");
    target_ = member(key);
    name_ = path;
    if (target_ == nullptr && path != kConsent && path != kAttachments && path != kMeToo)
      return fail("\"" + path + "\" is not a known key");
    return true;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    return fail("not well-formed JSON in UTF-8 near byte " + std::to_string(position));
  }

  // After the end: whether the required keys were there.
  bool complete() {
    for (const std::string_view name : kNeeded)
      if ((name != kTitle || request_.kind != kComment) && seen_.count(std::string(name)) == 0)
        return fail("\"" + std::string(name) + "\" is missing");
    return true;
  }

 private:
  std::string* member(const std::string& key) {
    if (depth_ == 1) {
      const auto found = text_members().find(key);
      return found == text_members().end() ? nullptr : &(request_.*found->second);
    }
    const auto found = consent_members().find(key);
    return found == consent_members().end() ? nullptr : &(request_.consent.*found->second);
  }

  bool wrong_type(std::string_view found) {
    if (depth_ == 0) return fail("is not an object but " + std::string(found));
    const std::string_view wanted = name_ == kConsent       ? "an object"
                                    : name_ == kMeToo       ? "true or false"
                                    : name_ == kAttachments ? "a list of texts"
                                                            : "a text";
    return fail("\"" + name_ + "\" must be " + std::string(wanted) + ", not " + std::string(found));
  }

  bool fail(std::string text) {
    if (problem_.empty()) problem_ = std::move(text);
    return false;
  }

  Request& request_;
  std::string* target_ = nullptr;  // where the next text goes
  std::string name_, problem_;
  std::set<std::string> seen_;
  std::size_t depth_ = 0;  // of objects
  bool in_list_ = false;
};

}  // namespace

Result<Request> from_json(std::string_view json) {
  Request request;
  Reader reader(request);
  // The lexer would take it for the end, and read nothing of what is behind it.
  if (json.find('\0') != std::string_view::npos)
    return Error{Code::kMalformed, "the JSON holds a NUL character"};
  // The lexer refuses ill-formed UTF-8 and unpaired surrogates by itself.
  if (!Json::sax_parse(json, &reader) || !reader.complete())
    return Error{Code::kMalformed, reader.problem()};
  return request;
}

std::string to_json(const Request& request) {
  Json json;
  for (const auto& [name, member] : text_members())
    if (!is_later(name) || !(request.*member).empty()) json[std::string(name)] = request.*member;
  if (request.me_too) json[std::string(kMeToo)] = true;
  if (!request.attachments.empty()) json[std::string(kAttachments)] = request.attachments;
  Json& consent = json[std::string(kConsent)] = Json::object();
  if (request.consent != Consent{})
    for (const auto& [name, member] : consent_members())
      consent[std::string(name)] = request.consent.*member;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace askus::request
