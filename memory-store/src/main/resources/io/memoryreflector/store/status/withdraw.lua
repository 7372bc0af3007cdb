-- KEYS: interaction, pending, ids. ARGV: id, user.
if redis.call('HGET', KEYS[1], 'user') == ARGV[2] and redis.call('HGET', KEYS[1], 'stage') == 'accepted' then
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[2], ARGV[1])
  redis.call('ZREM', KEYS[3], ARGV[1])
end
