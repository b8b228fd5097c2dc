askus_test(publish_test unit
  publish/base64url_test.cpp publish/signature_test.cpp publish/manifest_test.cpp publish/client_test.cpp
  LINK askus_publish_client)
askus_test(propose_test unit propose/chat_test.cpp LINK askus_propose)
