-- ARGV[6]: the call that is over.
sweep(16)
end_call(ARGV[6], 'A')
return { 1 }
