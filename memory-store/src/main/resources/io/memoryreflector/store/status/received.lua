-- KEYS: interaction, pending, counts, ids, erasures.
-- ARGV: id, user, now, retention in ms, occurred at, recorded at, session, source.
if forgotten(KEYS[5], ARGV[7], ARGV[8], ARGV[1], ARGV[6]) then
  return
end
local held = redis.call('HMGET', KEYS[1], 'user', 'stage', 'recorded')
if held[1] and held[1] ~= ARGV[2] then
  return
end
if held[1] and tonumber(ARGV[6]) > tonumber(held[3] or '0') then
  redis.call('HSET', KEYS[1], 'recorded', ARGV[6])
end
if held[1] and held[2] ~= 'accepted' then
  return
end
redis.call('HSET', KEYS[1], 'user', ARGV[2], 'stage', 'received', 'session', ARGV[7], 'source', ARGV[8],
  'occurred', ARGV[5], 'recorded', math.max(tonumber(ARGV[6]), tonumber(held[3] or '0')))
if held[1] then
  lives(KEYS[1], ARGV[4])
else
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
end
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
add(KEYS[4], ARGV[1], ARGV[3], ARGV[4])
count_received(KEYS[3], ARGV[5])
