-- KEYS: interaction, pending, counts. ARGV: id, user, now, retention in ms, occurred at.
local user = redis.call('HGET', KEYS[1], 'user')
if user and user ~= ARGV[2] then
  return
end
if user and redis.call('HGET', KEYS[1], 'stage') ~= 'accepted' then
  return
end
redis.call('HSET', KEYS[1], 'user', ARGV[2], 'stage', 'received')
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
redis.call('HINCRBY', KEYS[3], 'received', 1)
local last = tonumber(redis.call('HGET', KEYS[3], 'last') or '0')
if tonumber(ARGV[5]) > last then
  redis.call('HSET', KEYS[3], 'last', ARGV[5])
end
