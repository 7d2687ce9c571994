-- The arithmetic of limits, as dev.tierway.domain.quota has it (the reference), in doubles: whole numbers up to 2^53 are exact.
-- Time is in microseconds, of the server.
--
-- KEYS[1]: what all keys begin with; its braces keep them in one slot of a cluster.
-- ARGV[1]: '' or, in tests, the time; ARGV[2]: the instance; ARGV[3]: its lease; ARGV[4]: the life of a reservation; ARGV[5]: of
-- steps that are counted, the latest of this instance's that it knows to be done
local tag, instance, lease, life = KEYS[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000000 + time[2]
end

local MOST = 9007199254740992
local PART = 1125899906842624
local MINUTE_MILLIS = 60000
local LIFE_MILLIS = math.ceil(life / 1000)
local AGES_MILLIS = 2 ^ 40
local KEPT_MILLIS = 7 * 86400000
-- How long a store that began with nothing is new.
local NEW_MICROS = 60000000

local function whole(number)
  return string.format('%.0f', number)
end

-- Each instance's steps are counted here. A server that lost what it had acknowledged (one that took over from another, or began
-- from an old copy) has an early part of the history: if it has an instance's latest step, it has all that instance was ever told.
local step_key = tag .. ':n:' .. instance
local step

local function forgotten()
  step = tonumber(redis.call('GET', step_key) or 0)
  return step < tonumber(ARGV[5]) and { 'L', step } or nil
end

-- After it was seen that nothing is forgotten.
local function counted(answer)
  step = step + 1
  redis.call('SET', step_key, whole(step), 'PX', whole(KEPT_MILLIS))
  answer[#answer + 1] = step
  return answer
end

local function sum(a, b)
  return b > MOST - a and MOST or a + b
end

-- floor((a * b + c) / d) and its remainder; a <= 2^53, b < d, c < d, d <= 2^43
local function divided(a, b, c, d)
  local small = a * b + c
  if small < MOST then
    local rest = math.fmod(small, d)
    return (small - rest) / d, rest
  end
  -- Too wide for a double: long division, nine bits of a at a time, so that no step needs more than 53.
  local digits = {}
  while a > 0 do
    digits[#digits + 1] = math.fmod(a, 512)
    a = math.floor(a / 512)
  end
  local quotient, rest = 0, 0
  for i = #digits, 1, -1 do
    local step = rest * 512 + digits[i] * b
    rest = math.fmod(step, d)
    quotient = quotient * 512 + (step - rest) / d
  end
  local last = rest + c
  rest = math.fmod(last, d)
  return quotient + (last - rest) / d, rest
end

-- Each kind of usage: none, unpacked, packed, told (what clients get), millis (how long it matters), at (false: other windows
-- are needed), denies, plus, mark, settled. A limit is {amount=, burst=, window=, windows=}.
local kinds = {}

-- Rates. What ever flowed out is counted in two parts, because it outgrows a double.
local function flow(usage, amount)
  usage.high = usage.high + math.floor(amount / PART)
  usage.low = usage.low + math.fmod(amount, PART)
  if usage.low >= PART then
    usage.low = usage.low - PART
    usage.high = usage.high + 1
  end
end

local function drained(usage, time)
  flow(usage, usage.level)
  usage.level, usage.carry, usage.at = 0, 0, time
end

kinds.r = {
  none = function()
    return { level = 0, carry = 0, high = 0, low = 0, at = now }
  end,
  unpacked = function(raw)
    local level, carry, high, low, at = cmsgpack.unpack(raw)
    return { level = level, carry = carry, high = high, low = low, at = at }
  end,
  packed = function(usage)
    return cmsgpack.pack(usage.level, usage.carry, usage.high, usage.low, usage.at)
  end,
  told = function(usage)
    return { usage.level, usage.carry, usage.high, usage.low, usage.at }
  end,
  millis = function(usage, limit)
    return (math.floor(usage.level / limit.amount) + 1) * limit.window / 1000
  end,
  at = function(usage, limit)
    local time = math.max(now, usage.at)
    local elapsed = time - usage.at
    if usage.level == 0 then
      usage.at = time
      return true
    end
    if elapsed == 0 then
      return true
    end
    local rest = math.fmod(elapsed, limit.window)
    local windows = (elapsed - rest) / limit.window
    if windows > (usage.level - math.fmod(usage.level, limit.amount)) / limit.amount then
      drained(usage, time)
      return true
    end
    local leaked, carry = divided(limit.amount, rest, usage.carry, limit.window)
    leaked = leaked + windows * limit.amount
    if leaked >= usage.level then
      drained(usage, time)
      return true
    end
    flow(usage, leaked)
    usage.level, usage.carry, usage.at = usage.level - leaked, carry, time
    return true
  end,
  denies = function(usage, limit, amount)
    return amount > 0 and (amount > limit.burst or usage.level > limit.burst - amount)
  end,
  plus = function(usage, amount)
    usage.level = sum(usage.level, amount)
  end,
  mark = function(usage)
    local mark = { high = usage.high, low = usage.low }
    flow(mark, usage.level)
    return mark.high, mark.low
  end,
  settled = function(usage, hold, charged)
    if charged >= hold.amount then
      usage.level = sum(usage.level, charged - hold.amount)
      return
    end
    local surplus = hold.amount - charged
    local behind = (hold.high - usage.high) * PART + (hold.low - usage.low)
    local remains = math.min(math.max(behind, 0), usage.level)
    if remains > surplus or (remains == surplus and usage.carry == 0) then
      usage.level = usage.level - surplus
      flow(usage, surplus)
    elseif remains > 0 then
      usage.level, usage.carry = usage.level - remains, 0
      flow(usage, remains)
    end
  end,
}

-- Money by calendar windows, in milliseconds of the epoch; clients know the calendar.
kinds.w = {
  none = function()
    return { from = -MOST, to = -MOST, spent = 0, reserved = 0, at = -MOST }
  end,
  unpacked = function(raw)
    local from, to, spent, reserved, at = cmsgpack.unpack(raw)
    return { from = from, to = to, spent = spent, reserved = reserved, at = at }
  end,
  packed = function(usage)
    return cmsgpack.pack(usage.from, usage.to, usage.spent, usage.reserved, usage.at)
  end,
  told = function(usage)
    return { usage.from, usage.to, usage.spent, usage.reserved, usage.at }
  end,
  millis = function(usage)
    return usage.to < MOST and math.max(0, usage.to - now / 1000) or nil
  end,
  at = function(usage, limit)
    usage.at = math.max(math.floor(now / 1000), usage.at)
    if usage.at < usage.to then
      return true
    end
    if not limit.windows then
      -- Its window is over: whatever ends now belongs to one that is gone.
      return true
    end
    local starts = limit.windows[1]
    for i = 1, 5, 2 do
      local ends = limit.windows[i + 1]
      if usage.at >= starts and usage.at < ends then
        usage.from, usage.to, usage.spent, usage.reserved = limit.windows[i], ends, 0, 0
        return true
      end
      starts = ends
    end
    return false
  end,
  denies = function(usage, limit, amount)
    return amount > 0 and (amount > limit.amount or usage.spent + usage.reserved > limit.amount - amount)
  end,
  plus = function(usage, amount)
    usage.reserved = sum(usage.reserved, amount)
  end,
  mark = function(usage)
    return usage.from, 0
  end,
  settled = function(usage, hold, charged)
    if hold.high == usage.from and usage.at < usage.to then
      usage.reserved = math.max(0, usage.reserved - hold.amount)
      usage.spent = sum(usage.spent, charged)
    end
  end,
}

-- Calls in flight. 'since' tells holds of a forgotten usage from holds of the one that came after it.
kinds.c = {
  none = function()
    return { held = 0, since = now }
  end,
  unpacked = function(raw)
    local held, since = cmsgpack.unpack(raw)
    return { held = held, since = since }
  end,
  packed = function(usage)
    return cmsgpack.pack(usage.held, usage.since)
  end,
  told = function(usage)
    return { usage.held }
  end,
  millis = function()
    return 0
  end,
  at = function()
    return true
  end,
  denies = function(usage, limit, amount)
    return amount > limit.amount or usage.held > limit.amount - amount
  end,
  plus = function(usage, amount)
    usage.held = usage.held + amount
  end,
  mark = function(usage)
    return usage.since, 0
  end,
  settled = function(usage, hold)
    if hold.high == usage.since then
      usage.held = math.max(0, usage.held - hold.amount)
    end
  end,
}

-- What a vendor told. 'resets' is -MOST while nothing is known.
kinds.l = {
  none = function()
    return { limit = 0, remaining = 0, resets = -MOST, taken = 0, told = 0, at = now }
  end,
  unpacked = function(raw)
    local limit, remaining, resets, taken, told, at = cmsgpack.unpack(raw)
    return { limit = limit, remaining = remaining, resets = resets, taken = taken, told = told, at = at }
  end,
  packed = function(usage)
    return cmsgpack.pack(usage.limit, usage.remaining, usage.resets, usage.taken, usage.told, usage.at)
  end,
  told = function(usage)
    return { usage.limit, usage.remaining, usage.resets, usage.taken, usage.told, usage.at }
  end,
  millis = function(usage)
    return math.max(0, (usage.resets - now) / 1000)
  end,
  at = function(usage)
    usage.at = math.max(now, usage.at)
    if usage.resets > -MOST and usage.at >= usage.resets then
      usage.limit, usage.remaining, usage.resets = 0, 0, -MOST
    end
    return true
  end,
  denies = function(usage, limit, amount)
    return usage.resets > -MOST and amount > 0 and amount > usage.remaining
  end,
  plus = function(usage, amount)
    usage.remaining = math.max(-MOST, usage.remaining - amount)
    usage.taken = sum(usage.taken, amount)
  end,
  mark = function(usage)
    return usage.taken, 0
  end,
  settled = function(usage, hold, charged)
    if usage.resets > -MOST and hold.high > usage.told then
      usage.remaining = math.min(MOST, math.max(-MOST, usage.remaining + (hold.amount - charged)))
    end
  end,
  tell = function(usage, mark, limit, remaining, lasts)
    local resets = usage.at + lasts
    if mark < usage.told or resets <= usage.at then
      return
    end
    usage.remaining = remaining - math.max(0, usage.taken - mark)
    usage.limit, usage.resets, usage.told = limit, resets, mark
  end,
}

local function usage_key(key)
  return tag .. ':u:' .. key
end

local function usage_of(kind, raw)
  return raw and kinds[kind].unpacked(raw) or kinds[kind].none()
end

-- Kept for as long as it matters, and as any hold on it may live.
local function save(key, kind, usage, limit)
  local millis = kinds[kind].millis(usage, limit)
  local packed = kinds[kind].packed(usage)
  if millis then
    local ttl = math.min(AGES_MILLIS, math.ceil(millis) + LIFE_MILLIS + MINUTE_MILLIS)
    redis.call('SET', usage_key(key), packed, 'PX', whole(ttl))
  else
    redis.call('SET', usage_key(key), packed)
  end
end
