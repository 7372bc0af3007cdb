-- A user of whom nothing waits to be confirmed is looked at no more. KEYS: unconfirmed, applying. ARGV: user.
if redis.call('EXISTS', KEYS[2]) == 0 then
  redis.call('SREM', KEYS[1], ARGV[1])
end
