# askus-server: http/ (the wire), store/ (what is kept), api/ (what is answered), config/.
find_package(absl REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_path(CLI11_INCLUDE CLI/CLI.hpp REQUIRED)
pkg_check_modules(BROTLI_ENCODER REQUIRED IMPORTED_TARGET libbrotlienc)
pkg_check_modules(LIBPQ REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(BOTAN REQUIRED IMPORTED_TARGET botan-2)

# What is said over HTTP, without a socket; and the connections that say it.
askus_library(askus_http_message http/address.cpp http/message.cpp http/head.cpp
  http/header_check.cpp http/form_data.cpp http/problem.cpp http/router.cpp http/negotiate.cpp
  http/file.cpp
  LINK Boost::headers)
askus_library(askus_http http/tls.cpp http/log.cpp http/exposition.cpp http/metrics.cpp
  http/connections.cpp http/deliveries.cpp http/send.cpp
  http/connection.cpp http/server.cpp
  LINK askus_http_message OpenSSL::SSL Threads::Threads)
if(ASKUS_SANITIZE MATCHES thread AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # Asio's fences; ThreadSanitizer sees the locks around them and does not need to see them.
  foreach(library askus_http askus_publish_client)
    target_compile_options(${library} PUBLIC -Wno-tsan)  # whoever includes Asio
  endforeach()
endif()
askus_library(askus_store store/session.cpp store/sqlite.cpp store/sqlite_session.cpp
  store/postgres_session.cpp store/schema.cpp store/transaction.cpp store/site_row.cpp
  store/attachments.cpp store/audit.cpp store/api_keys.cpp store/people.cpp store/sessions.cpp store/change_request.cpp store/replies.cpp store/outgoing_way.cpp store/outbox.cpp store/flags.cpp store/consulting.cpp
  store/merging.cpp store/suggestions.cpp store/deliveries.cpp store/drafts.cpp store/due.cpp store/response_times.cpp store/subscriptions.cpp store/feed.cpp store/tags.cpp store/watch.cpp store/sweep.cpp store/request_writer.cpp
  store/counter_writer.cpp store/sums.cpp store/reports.cpp store/report_sql.cpp store/gaps.cpp store/request_reader.cpp store/queued_store.cpp
  store/open.cpp store/compress.cpp store/published_json.cpp
  store/snapshot_store.cpp
  LINK askus_files askus_request askus_snapshot askus_tone askus_publish SQLite::SQLite3 PkgConfig::LIBPQ ZLIB::ZLIB
       PkgConfig::BROTLI_ENCODER Threads::Threads)
find_library(PUGIXML pugixml REQUIRED)
askus_library(askus_feed feed/feed.cpp LINK askus_containers askus_social askus_text)
target_link_libraries(askus_feed PRIVATE ${PUGIXML})
askus_library(askus_limit limit/source_table.cpp limit/limiter.cpp
  limit/login_limiter.cpp LINK askus_http askus_publish)
askus_library(askus_hours hours/working_time.cpp hours/promise_text.cpp LINK absl::time askus_dates)
askus_library(askus_config config/json_lines.cpp config/reader.cpp config/database.cpp config/read_abuse.cpp
  config/channels.cpp config/read_channels.cpp config/read_outgoing.cpp config/read_departments.cpp config/config.cpp config/init.cpp
  LINK askus_http askus_hours askus_store askus_social askus_pages askus_propose askus_out PkgConfig::BOTAN)
askus_library(askus_api api/auth.cpp api/principal.cpp api/fields.cpp api/session.cpp api/account.cpp api/team.cpp api/api_keys.cpp api/staff_page.cpp api/live.cpp api/feed.cpp api/handling.cpp api/outgoing.cpp api/consulting.cpp api/answering.cpp api/suggestions.cpp api/told_askers.cpp
  api/request_change.cpp api/without_contacts.cpp api/request_search.cpp api/tag_proposals.cpp api/tags.cpp api/watching.cpp api/watch_list.cpp api/feed_poller.cpp api/answers.cpp api/identity.cpp api/again.cpp api/same_question.cpp
  api/form_token.cpp api/gate.cpp api/guard.cpp api/form.cpp api/form_page.cpp api/html.cpp api/web_files.cpp
  api/panel_pages.cpp api/sweeper.cpp api/app.cpp api/pages.cpp api/requests.cpp api/own_request.cpp
  api/attachments.cpp api/kept_query.cpp api/event_batch.cpp api/figures.cpp api/events.cpp api/watch.cpp
  api/snapshots.cpp api/studio.cpp api/help.cpp api/days.cpp api/told_question.cpp api/gaps.cpp api/promise.cpp api/told_promise.cpp api/departments.cpp api/reports.cpp api/report_csv.cpp api/report_mail.cpp api/report_mailer.cpp api/report_subscriptions.cpp api/proposer.cpp api/proposals.cpp
  api/channel.cpp api/social_token.cpp api/social_texts.cpp api/social_pages.cpp api/data_deletion.cpp
  api/inbound.cpp
  LINK askus_account askus_compiler askus_lexicon_builtin askus_snapshot_builder askus_config askus_escape askus_pages askus_limit askus_picture askus_request_json askus_search askus_tags askus_work askus_feed)

askus_library(askus_backup backup/copy.cpp backup/check.cpp backup/backup.cpp
  LINK askus_config)

askus_library(askus_invite invite/invite.cpp LINK askus_api)

add_executable(askus_server_program main.cpp)
set_target_properties(askus_server_program PROPERTIES OUTPUT_NAME askus-server
  RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
target_compile_definitions(askus_server_program PRIVATE ASKUS_VERSION="${PROJECT_VERSION}")
target_include_directories(askus_server_program SYSTEM PRIVATE "${CLI11_INCLUDE}")
target_link_libraries(askus_server_program PRIVATE askus_api askus_backup askus_invite)
