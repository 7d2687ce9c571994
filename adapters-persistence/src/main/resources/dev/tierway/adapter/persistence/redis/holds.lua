-- What attempts and calls hold, and how it ends. A record is kept under tag:a:ATTEMPT or tag:k:CALL; tag:x has when each
-- expires, tag:i when each instance's lease ends, tag:l:INSTANCE which of its records hold concurrency, tag:d the memos of
-- expired attempts, tag:q when each of those may be claimed.
local ENDED = 'E'

local function record_key(member)
  return tag .. ':' .. member
end

local function record_of(member)
  local raw = redis.call('GET', record_key(member))
  if not raw or raw == ENDED then
    return nil
  end
  local expires, owner, payload, packed = cmsgpack.unpack(raw)
  local holds = {}
  for i, hold in ipairs(packed) do
    holds[i] = {
      key = hold[1], kind = hold[2], dimension = hold[3], callers = hold[4] == 1, amount = hold[5],
      high = hold[6], low = hold[7], limit = { amount = hold[8], window = hold[9] },
    }
  end
  return { expires = expires, owner = owner, payload = payload, holds = holds }
end

local function keep(member, record)
  local packed = {}
  for i, hold in ipairs(record.holds) do
    packed[i] = {
      hold.key, hold.kind, hold.dimension, hold.callers and 1 or 0, hold.amount,
      hold.high, hold.low, hold.limit.amount, hold.limit.window,
    }
  end
  local raw = cmsgpack.pack(record.expires, record.owner, record.payload, packed)
  redis.call('SET', record_key(member), raw, 'PX', whole(KEPT_MILLIS))
end

local function holds_concurrency(record)
  for _, hold in ipairs(record.holds) do
    if hold.kind == 'c' then
      return true
    end
  end
  return false
end

-- dimension: r requests, t tokens, i input, o output, c concurrency, m money, e money by what is expected
local ACTUAL = { r = 1, t = 2, i = 3, o = 4, c = 5, m = 6, e = 7 }
local charged = {
  S = function(hold, actual)
    return actual[ACTUAL[hold.dimension]]
  end,
  U = function(hold, actual)
    return (hold.dimension == 'm' or hold.dimension == 'e') and actual[ACTUAL.m] or hold.amount
  end,
  A = function(hold)
    return hold.dimension == 'r' and hold.callers and hold.amount or 0
  end,
  B = function(hold)
    return hold.dimension == 'r' and hold.amount or 0
  end,
  X = function(hold)
    return hold.amount
  end,
}

local function release(hold, how, actual)
  local usage = usage_of(hold.kind, redis.call('GET', usage_key(hold.key)))
  kinds[hold.kind].at(usage, hold.limit)
  kinds[hold.kind].settled(usage, hold, charged[how](hold, actual))
  save(hold.key, hold.kind, usage, hold.limit)
  hold.after = usage
end

local function release_all(record, how, actual)
  for _, hold in ipairs(record.holds) do
    release(hold, how, actual)
  end
end

local function forget(member, record)
  redis.call('ZREM', tag .. ':x', member)
  if holds_concurrency(record) then
    redis.call('SREM', tag .. ':l:' .. record.owner, member)
  end
end

-- An ended attempt is remembered, so that its reservation, delivered again, takes nothing.
local function end_attempt(attempt, how, actual)
  local member = 'a:' .. attempt
  local record = record_of(member)
  if not record then
    return nil
  end
  release_all(record, how, actual)
  redis.call('SET', record_key(member), ENDED, 'PX', whole(LIFE_MILLIS))
  forget(member, record)
  return record
end

local function end_call(call, how)
  local member = 'k:' .. call
  local record = record_of(member)
  if record then
    release_all(record, how)
    redis.call('DEL', record_key(member))
    forget(member, record)
  end
end

local function end_leases(member)
  local record = record_of(member)
  if not record then
    return
  end
  local others = {}
  for _, hold in ipairs(record.holds) do
    if hold.kind == 'c' then
      release(hold, 'X')
    else
      others[#others + 1] = hold
    end
  end
  record.holds = others
  keep(member, record)
end

-- How many holds of silent instances one step frees: a thousand calls of one that died are free after four.
local FREED = 256

-- Ends what is over: up to so many reservations nobody ended, and concurrency of instances that fell silent.
local function sweep(most)
  local silent = redis.call('ZRANGEBYSCORE', tag .. ':i', '-inf', whole(now), 'LIMIT', 0, most)
  local free = FREED
  for _, gone in ipairs(silent) do
    local members = redis.call('SPOP', tag .. ':l:' .. gone, free)
    for _, member in ipairs(members) do
      end_leases(member)
    end
    free = free - #members
    if free == 0 then
      break
    end
    redis.call('ZREM', tag .. ':i', gone)
  end
  local over = redis.call('ZRANGEBYSCORE', tag .. ':x', '-inf', whole(now), 'LIMIT', 0, most)
  for _, member in ipairs(over) do
    local id = string.sub(member, 3)
    if string.sub(member, 1, 1) == 'k' then
      end_call(id, 'X')
    else
      local record = end_attempt(id, 'X')
      if record then
        redis.call('HSET', tag .. ':d', id, record.payload)
        redis.call('ZADD', tag .. ':q', 0, id)
        redis.call('PEXPIRE', tag .. ':d', whole(KEPT_MILLIS))
        redis.call('PEXPIRE', tag .. ':q', whole(KEPT_MILLIS))
      end
    end
    -- Also when its record is gone.
    redis.call('ZREM', tag .. ':x', member)
  end
end
