# What leaves the server: mail, VK, Facebook, webhooks.
find_package(CURL REQUIRED)

askus_library(askus_out out/retry.cpp out/parts.cpp out/platform.cpp out/vk.cpp out/facebook.cpp
  out/mail_message.cpp out/letter.cpp out/smtp.cpp out/unsubscribe.cpp out/outbox.cpp
  out/webhook_feed.cpp out/sender.cpp out/send_reply.cpp
  LINK askus_account askus_store askus_social askus_publish_client askus_escape CURL::libcurl)
