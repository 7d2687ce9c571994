-- ARGV[5]: the call that is over.
sweep(16)
end_call(ARGV[5], 'A')
return { 1 }
