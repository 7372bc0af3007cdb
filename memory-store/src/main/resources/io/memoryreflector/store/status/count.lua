-- Counts for a user, for the user's namespace and for all.
local function count(counts, field, by)
  redis.call('HINCRBY', counts, field, by)
  redis.call('HINCRBY', 'mr:totals:' .. string.match(counts, '^mr:counts:([^/]*)/'), field, by)
  redis.call('HINCRBY', 'mr:totals:', field, by)
end
-- A key lives as long as what was written into it last, whichever came first.
local function lives(key, ttl)
  if redis.call('PTTL', key) < tonumber(ttl) then
    redis.call('PEXPIRE', key, ttl)
  end
end
