-- ARGV[5]: attempt; ARGV[6]: S settled, U unknown, A refunded, B refunded but its request; then what was really used: requests,
-- tokens, input, output, concurrency, money, money expected.
sweep(16)
local actual = {}
for i = 1, 7 do
  actual[i] = tonumber(ARGV[6 + i])
end
return { end_attempt(ARGV[5], ARGV[6], actual) and 1 or 0 }
