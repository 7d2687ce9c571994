-- ARGV[6...]: attempts whose memo somebody has.
for i = 6, #ARGV do
  redis.call('HDEL', tag .. ':d', ARGV[i])
  redis.call('ZREM', tag .. ':q', ARGV[i])
end
return { 1 }
