askus_test(publish_test unit
  publish/signature_test.cpp publish/manifest_test.cpp publish/client_test.cpp
  LINK askus_publish_client)
