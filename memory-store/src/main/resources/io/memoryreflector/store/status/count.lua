-- Counts for a user at once, for the user's namespace and for all when the script ends.
local totals = {}
local function total(counts, field, by)
  local of = string.match(counts, '^mr:counts:([^/]*)/') .. '/' .. field
  totals[of] = (totals[of] or 0) + by
end
local function finish()
  for of, by in pairs(totals) do
    local namespace, field = string.match(of, '^([^/]*)/(.*)$')
    redis.call('HINCRBY', 'mr:totals:' .. namespace, field, by)
    redis.call('HINCRBY', 'mr:totals:', field, by)
  end
end
local function count(counts, field, by)
  redis.call('HINCRBY', counts, field, by)
  total(counts, field, by)
end
-- One more that was received, and when the last one took place.
local function count_received(counts, occurred)
  local held = redis.call('HMGET', counts, 'received', 'last')
  local received = tonumber(held[1] or '0') + 1
  if tonumber(occurred) > tonumber(held[2] or '0') then
    redis.call('HSET', counts, 'received', received, 'last', occurred)
  else
    redis.call('HSET', counts, 'received', received)
  end
  total(counts, 'received', 1)
end
-- A key lives as long as what was written into it last, whichever came first.
local function lives(key, ttl)
  if redis.call('PTTL', key) < tonumber(ttl) then
    redis.call('PEXPIRE', key, ttl)
  end
end
-- Adds an id to a user's. That they live a thousandth longer than the last of them saves most of them the upkeep.
local function add(ids, id, now, ttl)
  redis.call('ZADD', ids, now, id)
  if redis.call('PTTL', ids) < tonumber(ttl) then
    redis.call('ZREMRANGEBYSCORE', ids, '-inf', '(' .. (tonumber(now) - tonumber(ttl)))
    redis.call('PEXPIRE', ids, math.ceil(tonumber(ttl) * 1.001))
  end
end
