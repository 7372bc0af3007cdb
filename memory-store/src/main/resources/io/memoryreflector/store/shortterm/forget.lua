-- KEYS: order, turns, recorded, erasures. ARGV: id, session, source.
if forgotten(KEYS[4], ARGV[2], ARGV[3], ARGV[1], redis.call('HGET', KEYS[3], ARGV[1]) or '0') then
  redis.call('ZREM', KEYS[1], ARGV[1])
  redis.call('HDEL', KEYS[2], ARGV[1])
  redis.call('HDEL', KEYS[3], ARGV[1])
end
