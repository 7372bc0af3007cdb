-- Keeps an erasure; the later of two with the same target counts. KEYS: erasures. ARGV: target, erased at.
local before = redis.call('HGET', KEYS[1], ARGV[1])
if not before or tonumber(before) < tonumber(ARGV[2]) then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
end
