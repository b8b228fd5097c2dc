// The panel inside social networks: GET /vk/{site}, POST and GET /facebook/{site}. Who is not
// vouched for by the network's signature gets a page that says where to open the panel, and no
// identity.
#pragma once

#include "server-stub/api/app.h"

namespace askus::api {

// Bytes of a form that Facebook posts.
inline constexpr std::size_t kSocialForm = 16'384;

void add_social_page_routes(App& app, http::Router& router);

// A page of ours beside the panel, in the best language of `wanted` and the visitor's. `title` and
// `text` are names of SocialTexts; `values` replace what stands in braces.
using Values = std::vector<std::pair<std::string_view, std::string>>;
http::Response social_notice(const App& app, const http::Request& request, unsigned status,
                             std::string_view wanted, std::string_view title, std::string_view text,
                             const Values& values = {});

// The "signed_request" of a form that Facebook posted; "" when there is none.
std::string signed_request_of(const http::Request& request);

}  // namespace askus::api
