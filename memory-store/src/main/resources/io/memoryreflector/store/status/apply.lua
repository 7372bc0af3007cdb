-- KEYS: interaction, pending, applying, counts, retrying, ids, erasures, unconfirmed, the namespace's and all ends.
-- ARGV: id, user, revision, state, 1 if final, status, now, retention in ms, occurred at, recorded at, session, source, ms from
-- its receipt to this status; then for each tier its member of retrying and when it is due in ms, or nothing.
if forgotten(KEYS[7], ARGV[11], ARGV[12], ARGV[1], ARGV[10]) then
  return
end
local user = redis.call('HGET', KEYS[1], 'user')
if user and user ~= ARGV[2] then
  return
end
-- Revisions begin anew with an interaction that is sent again after it was forgotten.
local held = redis.call('HMGET', KEYS[1], 'revision', 'since', 'recorded')
local since, recorded = tonumber(held[2] or '0'), tonumber(ARGV[10])
if held[1] and (recorded < since or recorded == since and tonumber(ARGV[3]) <= tonumber(held[1])) then
  return
end
if not user or redis.call('HGET', KEYS[1], 'stage') == 'accepted' then
  count_received(KEYS[4], ARGV[9])
end
local counted = redis.call('HGET', KEYS[1], 'counted')
if counted then
  count(KEYS[4], counted, -1)
  redis.call('HDEL', KEYS[1], 'counted')
end
redis.call('HSET', KEYS[1], 'user', ARGV[2], 'stage', 'received', 'revision', ARGV[3], 'status', ARGV[6],
  'since', ARGV[10], 'recorded', math.max(recorded, tonumber(held[3] or '0')),
  'occurred', ARGV[9], 'session', ARGV[11], 'source', ARGV[12])
lives(KEYS[1], ARGV[8])
add(KEYS[6], ARGV[1], ARGV[7], ARGV[8])
if ARGV[5] == '1' then
  redis.call('HSET', KEYS[1], 'final', ARGV[4])
  redis.call('ZREM', KEYS[2], ARGV[1])
  redis.call('ZADD', KEYS[3], ARGV[7], ARGV[1])
  redis.call('SADD', KEYS[8], ARGV[2])
  for i = 9, 10 do
    redis.call('LPUSH', KEYS[i], ARGV[7] .. ':' .. ARGV[13])
    redis.call('LTRIM', KEYS[i], 0, 999)
  end
else
  redis.call('HDEL', KEYS[1], 'final')
  redis.call('ZREM', KEYS[3], ARGV[1])
  redis.call('ZADD', KEYS[2], ARGV[7], ARGV[1])
end
for i = 14, #ARGV, 2 do
  if ARGV[i + 1] == '' then
    redis.call('ZREM', KEYS[5], ARGV[i])
  else
    redis.call('ZADD', KEYS[5], ARGV[i + 1], ARGV[i])
  end
end
