-- KEYS: order, turns, recorded, erasures. ARGV: id, time, value, cap, ttl in ms, recorded at, session, source.
if forgotten(KEYS[4], ARGV[7], ARGV[8], ARGV[1], ARGV[6]) then
  return
end
-- Of copies of one interaction the one that was recorded last stays, since an erasure may take the others.
local held = redis.call('HGET', KEYS[3], ARGV[1])
if tonumber(held or '0') >= tonumber(ARGV[6]) and redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 then
  return
end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
redis.call('HSET', KEYS[3], ARGV[1], ARGV[6])
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
local over = redis.call('ZCARD', KEYS[1]) - tonumber(ARGV[4])
if over > 0 then
  local oldest = {}
  for i, part in ipairs(redis.call('ZPOPMIN', KEYS[1], over)) do
    -- Each is followed by its score.
    if i % 2 == 1 then
      table.insert(oldest, part)
    end
  end
  redis.call('HDEL', KEYS[2], unpack(oldest))
  redis.call('HDEL', KEYS[3], unpack(oldest))
end
-- To live a thousandth of the time longer is not worth three commands.
if redis.call('PTTL', KEYS[3]) < tonumber(ARGV[5]) * 0.999 then
  for i = 1, 3 do
    redis.call('PEXPIRE', KEYS[i], ARGV[5])
  end
end
