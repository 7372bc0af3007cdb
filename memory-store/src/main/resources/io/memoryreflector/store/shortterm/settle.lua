-- After turns were read anew from the log: leaves those that would still be there. An idle user's are gone after a time, and
-- what was said next began anew. KEYS: order, turns, recorded. ARGV: now, ttl in ms.
local recorded = redis.call('HGETALL', KEYS[3])
local turns = {}
for i = 1, #recorded, 2 do
  table.insert(turns, {recorded[i], tonumber(recorded[i + 1])})
end
table.sort(turns, function(one, other) return one[2] > other[2] end)
local next, ttl = tonumber(ARGV[1]), tonumber(ARGV[2])
local idle = false
for _, turn in ipairs(turns) do
  idle = idle or next - turn[2] >= ttl
  next = turn[2]
  if idle then
    redis.call('ZREM', KEYS[1], turn[1])
    redis.call('HDEL', KEYS[2], turn[1])
    redis.call('HDEL', KEYS[3], turn[1])
  end
end
if turns[1] and not (tonumber(ARGV[1]) - turns[1][2] >= ttl) then
  for i = 1, 3 do
    redis.call('PEXPIRE', KEYS[i], math.min(ttl, ttl - (tonumber(ARGV[1]) - turns[1][2])))
  end
end
