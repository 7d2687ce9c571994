-- ARGV[5]: how many memos of expired attempts to claim; ARGV[6]: for how long nobody else may.
-- Answers {instances alive, attempt, memo, attempt, memo, ...}.
sweep(256)
if lease > 0 then
  redis.call('ZADD', tag .. ':i', whole(now + lease), instance)
else
  redis.call('ZADD', tag .. ':i', whole(now), instance)
end
local answer = { redis.call('ZCOUNT', tag .. ':i', '(' .. whole(now), '+inf') }
local claimed = redis.call('ZRANGEBYSCORE', tag .. ':q', '-inf', whole(now), 'LIMIT', 0, ARGV[5])
for _, attempt in ipairs(claimed) do
  local memo = redis.call('HGET', tag .. ':d', attempt)
  if memo then
    redis.call('ZADD', tag .. ':q', whole(now + tonumber(ARGV[6])), attempt)
    answer[#answer + 1] = attempt
    answer[#answer + 1] = memo
  else
    redis.call('ZREM', tag .. ':q', attempt)
  end
end
return answer
