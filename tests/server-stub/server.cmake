askus_test(server_http_test unit http/message_test.cpp http/header_check_test.cpp
  http/router_test.cpp http/negotiate_test.cpp http/file_test.cpp http/connections_test.cpp http/slots_test.cpp
  http/address_test.cpp http/form_data_test.cpp http/metrics_test.cpp http/access_line_test.cpp http/event_stream_test.cpp
  LINK askus_http)
askus_test(server_limit_test "unit;threads" limit/limiter_test.cpp limit/login_limiter_test.cpp LINK askus_limit askus_publish)
askus_test(work_vectors_test unit "${PROJECT_SOURCE_DIR}/tests/shared/work/vectors_test.cpp"
  LINK askus_work askus_publish)
askus_test(server_hours_test unit hours/working_time_test.cpp hours/promise_text_test.cpp LINK askus_hours askus_dates)
askus_test(server_feed_test unit feed/feed_test.cpp LINK askus_feed)
askus_test(server_account_test unit account/account_test.cpp LINK askus_account)
# Label threads: what ThreadSanitizer watches (scripts/test --label tsan).
add_custom_target(thread_tests)
add_library(askus_store_testing STATIC child.cpp postgres.cpp store/place.cpp)
target_link_libraries(askus_store_testing PUBLIC askus_catch_main askus_store)
askus_test(server_store_test "unit;threads" store/store_test.cpp store/schema_test.cpp
  store/counters_test.cpp store/gaps_test.cpp store/sqlite_store_test.cpp store/postgres_store_test.cpp store/compress_test.cpp
  store/snapshot_store_test.cpp store/attachments_test.cpp store/people_test.cpp store/feed_test.cpp store/tags_test.cpp store/together_test.cpp store/quarter.cpp store/reports_test.cpp store/subscriptions_test.cpp store/replies_test.cpp store/outbox_test.cpp store/deliveries_test.cpp
  LINK askus_store_testing askus_hours askus_snapshot_builder)
askus_test(server_config_test unit config/config_test.cpp config/departments_test.cpp config/database_test.cpp config/outgoing_test.cpp config/channels_test.cpp
  config/init_test.cpp LINK askus_config)
askus_test(server_api_test "unit;threads" api/request_json_test.cpp api/panel_pages_test.cpp
  api/access_test.cpp api/requests_test.cpp api/attachments_test.cpp api/own_request_test.cpp
  api/comments_test.cpp api/identity_test.cpp api/again_test.cpp api/snapshots_test.cpp api/studio_test.cpp api/pages_test.cpp api/help_test.cpp api/front_test.cpp
  api/form_token_test.cpp api/gate_test.cpp api/guard_test.cpp api/form_test.cpp api/hostile_http_test.cpp
  api/hostile_json_test.cpp api/tls_test.cpp
  api/kept_query_test.cpp api/told_question_test.cpp api/gaps_test.cpp api/event_batch_test.cpp api/events_test.cpp api/watch_test.cpp
  api/log_test.cpp api/routes_test.cpp
  api/social_pages_test.cpp api/inbound_test.cpp api/data_deletion_test.cpp api/channels.cpp
  api/people.cpp api/session_test.cpp api/team_test.cpp api/desk.cpp api/feed_test.cpp api/tags_test.cpp api/watch_list_test.cpp api/consulting_test.cpp api/suggestions_test.cpp api/reports_test.cpp api/promise_test.cpp api/report_mailer_test.cpp api/live_test.cpp api/harness.cpp
  LINK askus_store_testing askus_api askus_snapshot_builder)
askus_test(server_backup_test unit backup/backup_test.cpp
  LINK askus_backup askus_store_testing askus_snapshot_builder)
add_dependencies(thread_tests server_store_test server_api_test server_limit_test)
