-- Empties the database that was in use before. KEYS: the mark of a database beside, that of one in use.
-- ARGV: number, index of the one in use, index of the one beside.
redis.call('SELECT', ARGV[2])
local used = redis.call('GET', KEYS[2])
redis.call('SELECT', ARGV[3])
if used == ARGV[1] and redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('FLUSHDB', 'ASYNC')
end
