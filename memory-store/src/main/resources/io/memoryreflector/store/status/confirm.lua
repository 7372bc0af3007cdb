-- What the long-term store was asked about. KEYS: user, unconfirmed; then each interaction. ARGV: now; then id,
-- revision that was asked about and whether all of it is there (1 or 0) of each.
for i = 1, #KEYS - 2 do
  local interaction = KEYS[i + 2]
  local id, revision, there = ARGV[3 * i - 1], ARGV[3 * i], ARGV[3 * i + 1]
  local held = redis.call('HMGET', interaction, 'revision', 'state')
  if redis.call('ZSCORE', KEYS[2], id) then
    if not held[1] then
      -- The status has outlived its retention without ever being asked about.
      redis.call('ZREM', KEYS[2], id)
      redis.call('HINCRBY', KEYS[1], 'received', -1)
    elseif there == '1' and held[1] == revision then
      redis.call('ZREM', KEYS[2], id)
      redis.call('HSET', interaction, 'counted', held[2])
      redis.call('HINCRBY', KEYS[1], held[2], 1)
    else
      -- To the end of the queue, so that one that never comes does not hide the others.
      redis.call('ZADD', KEYS[2], ARGV[1], id)
    end
  end
end
