-- KEYS: interaction, pending, ids. ARGV: id, user, now, ttl in ms of an id that the log may never get, recorded at, session, source.
local user = redis.call('HGET', KEYS[1], 'user')
if user and user ~= ARGV[2] then
  return 'FOREIGN'
end
if user and redis.call('HGET', KEYS[1], 'stage') ~= 'accepted' then
  return 'DUPLICATE'
end
redis.call('HSET', KEYS[1], 'user', ARGV[2], 'stage', 'accepted', 'recorded', ARGV[5], 'session', ARGV[6], 'source', ARGV[7])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
redis.call('ZADD', KEYS[3], ARGV[3], ARGV[1])
if redis.call('PTTL', KEYS[3]) < tonumber(ARGV[4]) then
  redis.call('PEXPIRE', KEYS[3], ARGV[4])
end
return 'NEW'
