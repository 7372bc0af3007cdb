-- KEYS: interaction, retrying. ARGV: id.
if redis.call('EXISTS', KEYS[1]) == 0 then
  for _, tier in ipairs({'EPISODIC', 'SEMANTIC', 'PROCEDURAL'}) do
    redis.call('ZREM', KEYS[2], tier .. '/' .. ARGV[1])
  end
end
