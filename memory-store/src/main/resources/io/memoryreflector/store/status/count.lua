-- Counts for a user, for the user's namespace and for all.
local function count(counts, field, by)
  redis.call('HINCRBY', counts, field, by)
  redis.call('HINCRBY', 'mr:totals:' .. string.match(counts, '^mr:counts:([^/]*)/'), field, by)
  redis.call('HINCRBY', 'mr:totals:', field, by)
end
