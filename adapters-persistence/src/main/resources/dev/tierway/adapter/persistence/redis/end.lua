-- Answers {1, or 0 if it isn't open, key and usage of each budget it was of, the step}, or {'L', the latest step known}.
-- ARGV[6]: attempt; ARGV[7]: S settled, U unknown, A refunded, B refunded but its request; then what was really used: requests,
-- tokens, input, output, concurrency, money, money expected.
local lost = forgotten()
if lost then
  return lost
end
sweep(16)
local actual = {}
for i = 1, 7 do
  actual[i] = tonumber(ARGV[7 + i])
end
local record = end_attempt(ARGV[6], ARGV[7], actual)
local answer = { record and 1 or 0 }
for _, hold in ipairs(record and record.holds or {}) do
  if hold.kind == 'w' then
    answer[#answer + 1] = hold.key
    answer[#answer + 1] = kinds.w.told(hold.after)
  end
end
return counted(answer)
