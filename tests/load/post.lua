-- wrk: every call is a request of its own, with an id and a key that nobody has had.
local threads = 0
function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

local sent = 0
local start = os.time()
function request()
  sent = sent + 1
  local id = string.format("%012x-7%03x-8%03x-%012x", start, number, number, sent)
  id = id:sub(1, 8) .. "-" .. id:sub(9)
  local body = '{"id":"' .. id .. '","kind":"question","title":"Немає інтернету з ранку",' ..
    '"details":"Роутер блимає червоним, перезавантажив двічі.","language":"uk",' ..
    '"contact":"visitor@example.org","consent":{"version":"' .. consent .. '","text_hash":"' ..
    string.rep("a", 64) .. '","at":"2026-01-01T00:00:00Z"}}'
  return wrk.format("POST", nil,
    { ["Content-Type"] = "application/json", ["Idempotency-Key"] = id }, body)
end

function init(args)
  consent = args[1]
end
