-- KEYS: interaction, pending. ARGV: id, user, now, ttl in ms of an id that the log may never get.
local user = redis.call('HGET', KEYS[1], 'user')
if user and user ~= ARGV[2] then
  return 'FOREIGN'
end
if user and redis.call('HGET', KEYS[1], 'stage') ~= 'accepted' then
  return 'DUPLICATE'
end
redis.call('HSET', KEYS[1], 'user', ARGV[2], 'stage', 'accepted')
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
return 'NEW'
