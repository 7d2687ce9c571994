-- ARGV[6]: attempt; ARGV[7]: call; ARGV[8]: memo; ARGV[9]: how many limits; then of each its key, kind, dimension, 1 if the
-- caller's, 1 if enforced, the amount asked, the limit, its burst, its window; of kind w six more: start and end of the
-- windows before, around and after the time the client believes it is.
-- Answers {what, time, usage of each, the step}; what: G granted, D denied, K known already, T other windows are needed; or
-- {'L', the latest step known}.
local attempt, call, memo, count = ARGV[6], ARGV[7], ARGV[8], tonumber(ARGV[9])

local lost = forgotten()
if lost then
  return lost
end
sweep(16)
redis.call('ZADD', tag .. ':i', whole(now + lease), instance)
if redis.call('EXISTS', record_key('a:' .. attempt)) == 1 then
  return counted({ 'K', now })
end

local asked, keys, next = {}, {}, 10
for i = 1, count do
  local one = {
    key = ARGV[next], kind = ARGV[next + 1], dimension = ARGV[next + 2], callers = ARGV[next + 3] == '1',
    enforced = ARGV[next + 4] == '1', amount = tonumber(ARGV[next + 5]),
    limit = {
      amount = tonumber(ARGV[next + 6]), burst = tonumber(ARGV[next + 7]), window = tonumber(ARGV[next + 8]),
    },
  }
  next = next + 9
  if one.kind == 'w' then
    one.limit.windows = {}
    for w = 1, 6 do
      one.limit.windows[w] = tonumber(ARGV[next + w - 1])
    end
    next = next + 6
  end
  asked[i], keys[i] = one, usage_key(one.key)
end

local raws = redis.call('MGET', unpack(keys))
local usages, denied = {}, false
for i, one in ipairs(asked) do
  usages[i] = usage_of(one.kind, raws[i])
  if not kinds[one.kind].at(usages[i], one.limit) then
    return counted({ 'T', now })
  end
  denied = denied or (one.enforced and kinds[one.kind].denies(usages[i], one.limit, one.amount))
end

local answer = { denied and 'D' or 'G', now }
if denied then
  for i, one in ipairs(asked) do
    answer[i + 2] = kinds[one.kind].told(usages[i])
  end
  return counted(answer)
end

local own = { expires = now + life, owner = instance, payload = memo, holds = {} }
local calls = {}
for i, one in ipairs(asked) do
  local kind = kinds[one.kind]
  kind.plus(usages[i], one.amount)
  one.high, one.low = kind.mark(usages[i])
  save(one.key, one.kind, usages[i], one.limit)
  if one.kind == 'c' and one.callers then
    calls[#calls + 1] = one
  else
    own.holds[#own.holds + 1] = one
  end
  answer[i + 2] = kind.told(usages[i])
end

local function kept(member, record)
  keep(member, record)
  redis.call('ZADD', tag .. ':x', whole(record.expires), member)
  if holds_concurrency(record) then
    redis.call('SADD', tag .. ':l:' .. record.owner, member)
  end
end

kept('a:' .. attempt, own)
if #calls > 0 then
  local record = record_of('k:' .. call) or { expires = own.expires, owner = instance, payload = '', holds = {} }
  for _, hold in ipairs(calls) do
    record.holds[#record.holds + 1] = hold
  end
  kept('k:' .. call, record)
end
return counted(answer)
