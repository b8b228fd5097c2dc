askus_test(server_social_test unit social/vk_launch_test.cpp social/facebook_test.cpp
  social/webhook_test.cpp social/message_test.cpp LINK askus_social)
