-- KEYS: interaction, pending, applying, counts, retrying.
-- ARGV: id, user, revision, state, 1 if final, status, now, retention in ms, occurred at;
-- then for each tier its member of retrying and when it is due in ms, or nothing.
local user = redis.call('HGET', KEYS[1], 'user')
if user and user ~= ARGV[2] then
  return
end
local revision = tonumber(redis.call('HGET', KEYS[1], 'revision') or '0')
if tonumber(ARGV[3]) <= revision then
  return
end
if not user or redis.call('HGET', KEYS[1], 'stage') == 'accepted' then
  redis.call('HINCRBY', KEYS[4], 'received', 1)
  local last = tonumber(redis.call('HGET', KEYS[4], 'last') or '0')
  if tonumber(ARGV[9]) > last then
    redis.call('HSET', KEYS[4], 'last', ARGV[9])
  end
end
local counted = redis.call('HGET', KEYS[1], 'counted')
if counted then
  redis.call('HINCRBY', KEYS[4], counted, -1)
  redis.call('HDEL', KEYS[1], 'counted')
end
redis.call('HSET', KEYS[1], 'user', ARGV[2], 'stage', 'received', 'revision', ARGV[3], 'status', ARGV[6])
redis.call('PEXPIRE', KEYS[1], ARGV[8])
if ARGV[5] == '1' then
  redis.call('HSET', KEYS[1], 'final', ARGV[4])
  redis.call('ZREM', KEYS[2], ARGV[1])
  redis.call('ZADD', KEYS[3], ARGV[7], ARGV[1])
else
  redis.call('HDEL', KEYS[1], 'final')
  redis.call('ZREM', KEYS[3], ARGV[1])
  redis.call('ZADD', KEYS[2], ARGV[7], ARGV[1])
end
for i = 10, #ARGV, 2 do
  if ARGV[i + 1] == '' then
    redis.call('ZREM', KEYS[5], ARGV[i])
  else
    redis.call('ZADD', KEYS[5], ARGV[i + 1], ARGV[i])
  end
end
