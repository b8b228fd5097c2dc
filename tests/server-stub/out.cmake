askus_test(server_out_test unit out/out_test.cpp out/mail_test.cpp out/sender_test.cpp
  LINK askus_out askus_store_testing askus_http)
