// What the routes share that change one request for whoever may answer it.
#pragma once

#include <functional>
#include <memory>

#include "server-stub/api/app.h"
#include "server-stub/api/fields.h"
#include "server-stub/api/principal.h"
#include "server-stub/store/store.h"

namespace askus::api {

// Adds /v1/sites/{site}/requests/{id}/`path`, for people who may answer if nothing else is said;
// what is no id is a 404.
void add_request_route(App& app, http::Router& router, const char* method, const char* path,
                       std::size_t body, Work work, account::Right right = account::Right::kAnswer);

// Does `work` on the writer's session if the request is one of the site's; 404 when it is not. Then
// 204 and the open windows are told, or a problem: 409 claimed where it was refused.
void change_request(App& app, const RequestPtr& request, const http::Reply& reply,
                    std::function<store::Written(store::Session&)> work);
// The same on the session: `work` if the request is one of the site's, else kMissing.
store::Written at_site(store::Session& session, const std::string& site, const std::string& request,
                       const std::function<store::Written(store::Session&)>& work);
// How a change of a request ended, for who does it in another way.
store::Store::Done change_answer(App& app, const RequestPtr& request, const http::Reply& reply);

// The request of the route, when it is one of the site's; else answers.
void with_request(App& app, const RequestPtr& request, const http::Reply& reply,
                  std::function<void(const store::StoredRequest&)> done);

// A note or a reply in the caller's name out of the members `id` and `text`.
store::Reply reply_of(App& app, const http::Request& request, Fields& fields);
// A member that must name a request, or may be empty.
std::string request_id(Fields& fields, std::string_view name, Fields::Need need);

// The categories of what is published, by id.
bool has_category(const App& app, const std::string& site, const std::string& id);

}  // namespace askus::api
