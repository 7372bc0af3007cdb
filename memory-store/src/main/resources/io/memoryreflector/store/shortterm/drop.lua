-- Drops turns that were recorded before a time. KEYS: order, turns, recorded. ARGV: before.
local recorded = redis.call('HGETALL', KEYS[3])
for i = 1, #recorded, 2 do
  local at = tonumber(recorded[i + 1])
  if at > 0 and at < tonumber(ARGV[1]) then
    redis.call('ZREM', KEYS[1], recorded[i])
    redis.call('HDEL', KEYS[2], recorded[i])
    redis.call('HDEL', KEYS[3], recorded[i])
  end
end
