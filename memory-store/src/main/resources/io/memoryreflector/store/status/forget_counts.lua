-- What is left of a user's counts. KEYS: counts, ids, applying, unconfirmed.
-- ARGV: last as it was, last of those that stay or nothing, user.
if redis.call('EXISTS', KEYS[2]) == 0 then
  redis.call('DEL', KEYS[1])
elseif ARGV[2] ~= '' and redis.call('HGET', KEYS[1], 'last') == ARGV[1] then
  redis.call('HSET', KEYS[1], 'last', ARGV[2])
end
if redis.call('EXISTS', KEYS[3]) == 0 then
  redis.call('SREM', KEYS[4], ARGV[3])
end
