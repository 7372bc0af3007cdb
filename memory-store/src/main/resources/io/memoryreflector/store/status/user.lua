-- KEYS: user, pending, unconfirmed. ARGV: now, most unconfirmed ids to answer with.
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[1])
local counts = redis.call('HMGET', KEYS[1], 'received', 'COMPLETED', 'PARTIAL', 'FAILED', 'last_at')
return {
  tonumber(counts[1] or 0) + redis.call('ZCOUNT', KEYS[2], '-inf', '(+inf'),
  tonumber(counts[2] or 0), tonumber(counts[3] or 0), tonumber(counts[4] or 0),
  redis.call('ZCARD', KEYS[2]) + redis.call('ZCARD', KEYS[3]),
  counts[5] or '',
  redis.call('ZRANGE', KEYS[3], 0, tonumber(ARGV[2]) - 1)
}
