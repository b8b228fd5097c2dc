# Accounts without a store or a socket: what roles may do, passwords, one-time codes, tickets.
askus_library(askus_account account/roles.cpp account/password.cpp account/one_time.cpp account/ticket.cpp
  LINK askus_publish askus_request PkgConfig::BOTAN)
