-- KEYS: interaction, pending, applying, counts, retrying, ids, erasures. ARGV: id, user, members of retrying.
-- Answers when an interaction that stays took place; nothing of one that is gone.
local held = redis.call('HMGET', KEYS[1], 'user', 'session', 'source', 'recorded', 'stage', 'counted', 'occurred')
if held[1] == ARGV[2] and not forgotten(KEYS[7], held[2] or '', held[3] or '', ARGV[1], held[4] or '0') then
  return held[7] or "0"
end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('ZREM', KEYS[6], ARGV[1])
if held[1] == ARGV[2] then
  redis.call('DEL', KEYS[1])
  for i = 3, #ARGV do
    redis.call('ZREM', KEYS[5], ARGV[i])
  end
  if held[5] ~= 'accepted' then
    count(KEYS[4], 'received', -1)
  end
  if held[6] then
    count(KEYS[4], held[6], -1)
  end
end
return false
