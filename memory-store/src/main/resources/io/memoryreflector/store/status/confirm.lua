-- Memories that the long term was asked about are there. KEYS: applying, counts; then each interaction.
-- ARGV: id and revision of each, as they were when it was asked.
for i = 1, #KEYS - 2 do
  local interaction, id, revision = KEYS[i + 2], ARGV[2 * i - 1], ARGV[2 * i]
  local held = redis.call('HMGET', interaction, 'revision', 'final')
  -- A newer revision may name memories that nobody has asked about.
  if not held[1] or held[1] == revision then
    if redis.call('ZREM', KEYS[1], id) == 1 and held[2] then
      redis.call('HSET', interaction, 'counted', held[2])
      count(KEYS[2], held[2], 1)
    end
  end
end
