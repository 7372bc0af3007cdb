-- Puts a database that was built into the place of the one in use. KEYS: the mark of a database beside, that of one in use.
-- ARGV: number, index of the one in use, index of the one beside.
redis.call('SELECT', ARGV[2])
if redis.call('GET', KEYS[2]) == ARGV[1] then
  return 'OK'
end
redis.call('SELECT', ARGV[3])
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 'LOST'
end
redis.call('DEL', KEYS[1])
redis.call('SET', KEYS[2], ARGV[1])
redis.call('SWAPDB', ARGV[2], ARGV[3])
redis.call('SELECT', ARGV[3])
redis.call('SET', KEYS[1], ARGV[1])
return 'OK'
