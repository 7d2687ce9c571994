-- ARGV[6...]: key and kind of each limit. Answers {time, usage of each as it was last touched}.
sweep(16)
local answer = { now }
for i = 6, #ARGV, 2 do
  local kind = ARGV[i + 1]
  answer[#answer + 1] = kinds[kind].told(usage_of(kind, redis.call('GET', usage_key(ARGV[i]))))
end
return answer
