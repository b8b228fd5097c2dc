# Signing and manifests (the server and the compiler), and the compiler's way to a server.
find_package(Boost 1.81 REQUIRED COMPONENTS url)
find_package(OpenSSL REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(BOTAN REQUIRED IMPORTED_TARGET botan-2)

askus_library(askus_publish publish/base64url.cpp publish/mac.cpp publish/signature.cpp publish/manifest_json.cpp publish/publication.cpp
  LINK askus_dates PkgConfig::BOTAN)
askus_library(askus_publish_client publish/http_client.cpp publish/client.cpp
  LINK askus_publish Boost::url OpenSSL::SSL Threads::Threads)

# Phrasings that a language model proposes.
askus_library(askus_propose propose/chat.cpp propose/model.cpp
  LINK askus_publish_client askus_faq askus_snapshot askus_text)
