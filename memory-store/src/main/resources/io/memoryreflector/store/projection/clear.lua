-- Makes a database empty for a rebuild, once; runs in that database. KEYS: the mark of a database beside. ARGV: number.
local held = redis.call('GET', KEYS[1])
if held == ARGV[1] then
  return 'OK'
end
if held and tonumber(held) > tonumber(ARGV[1]) then
  return 'OVERTAKEN'
end
if not held and redis.call('DBSIZE') > 0 then
  return 'FOREIGN'
end
redis.call('FLUSHDB', 'ASYNC')
redis.call('SET', KEYS[1], ARGV[1])
return 'OK'
