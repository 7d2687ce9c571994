-- ARGV[6]: how many memos of expired attempts to claim; ARGV[7]: for how long nobody else may.
-- ARGV[8]: 1 if this instance was never answered one. Answers {instances alive, 1 if the store is new to that instance and to
-- all others, attempt, memo, attempt, memo, ..., the step}, or {'L', the latest step known}.
local lost = forgotten()
if lost then
  return lost
end
sweep(256)
redis.call('SETNX', tag .. ':b', whole(now))
local begun = tonumber(redis.call('GET', tag .. ':b'))
if lease > 0 then
  redis.call('ZADD', tag .. ':i', whole(now + lease), instance)
else
  redis.call('ZADD', tag .. ':i', whole(now), instance)
end
local answer = {
  redis.call('ZCOUNT', tag .. ':i', '(' .. whole(now), '+inf'),
  (ARGV[8] == '1' and now - begun < NEW_MICROS) and 1 or 0,
}
local claimed = redis.call('ZRANGEBYSCORE', tag .. ':q', '-inf', whole(now), 'LIMIT', 0, ARGV[6])
for _, attempt in ipairs(claimed) do
  local memo = redis.call('HGET', tag .. ':d', attempt)
  if memo then
    redis.call('ZADD', tag .. ':q', whole(now + tonumber(ARGV[7])), attempt)
    answer[#answer + 1] = attempt
    answer[#answer + 1] = memo
  else
    redis.call('ZREM', tag .. ':q', attempt)
  end
end
return counted(answer)
