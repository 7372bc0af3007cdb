-- KEYS: order and turns of the user. Answers with all payloads, oldest first.
local payloads = {}
for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  payloads[#payloads + 1] = redis.call('HGET', KEYS[2], id)
end
return payloads
