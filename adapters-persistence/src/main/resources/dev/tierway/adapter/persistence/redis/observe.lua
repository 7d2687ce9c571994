-- ARGV[6]: the attempt whose answer told it, or ''; then of each learned limit its key, the whole limit (0: not said), what
-- remains, for how long.
sweep(16)
local record = ARGV[6] ~= '' and record_of('a:' .. ARGV[6]) or nil
for i = 7, #ARGV, 4 do
  local key = ARGV[i]
  local usage = usage_of('l', redis.call('GET', usage_key(key)))
  kinds.l.at(usage)
  local mark = usage.taken
  for _, hold in ipairs(record and record.holds or {}) do
    if hold.key == key then
      mark = hold.high
    end
  end
  kinds.l.tell(usage, mark, tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2]), tonumber(ARGV[i + 3]))
  save(key, 'l', usage)
end
return { 1 }
