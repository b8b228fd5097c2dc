# What social networks sign and send, without a socket and without a store.
askus_library(askus_social social/text.cpp social/json.cpp social/vk_launch.cpp social/facebook.cpp
  social/webhook.cpp social/message.cpp social/vk_call.cpp social/facebook_batch.cpp
  LINK askus_http_message askus_publish askus_request)
