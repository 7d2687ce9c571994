-- ARGV[6]: 1 if with this, all that this instance knows has been told; then of each budget its key, the start and end of the
-- window, how much is known to be spent in it. Answers {by how much each was raised}, with ARGV[6] also the step.
sweep(16)
local answer = {}
for i = 7, #ARGV, 4 do
  local key, from, to, spent = ARGV[i], tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2]), tonumber(ARGV[i + 3])
  local usage = usage_of('w', redis.call('GET', usage_key(key)))
  usage.at = math.max(math.floor(now / 1000), usage.at)
  if usage.at >= usage.to and usage.at >= from and usage.at < to then
    usage.from, usage.to, usage.spent, usage.reserved = from, to, 0, 0
  end
  local by = 0
  if usage.from == from and usage.at < usage.to and spent > usage.spent then
    by = spent - usage.spent
    usage.spent = spent
    save(key, 'w', usage)
  end
  answer[#answer + 1] = by
end
if ARGV[6] ~= '1' then
  return answer
end
if forgotten() then
  step = tonumber(ARGV[5])
end
redis.call('SETNX', tag .. ':b', whole(now))
return counted(answer)
