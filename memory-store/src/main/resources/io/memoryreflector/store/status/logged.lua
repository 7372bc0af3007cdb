-- The log is known to have these interactions.
-- KEYS: owner, interaction, user, pending of each. ARGV: retention in ms; then user, id, received_at, occurred_at
-- and session of each, the last two empty where they are not known.
for i = 0, #KEYS / 4 - 1 do
  local owner, interaction, user, pending = KEYS[4 * i + 1], KEYS[4 * i + 2], KEYS[4 * i + 3], KEYS[4 * i + 4]
  local key, id, received, occurred, session =
    ARGV[5 * i + 2], ARGV[5 * i + 3], ARGV[5 * i + 4], ARGV[5 * i + 5], ARGV[5 * i + 6]
  if redis.call('HSETNX', interaction, 'logged', 1) == 1 then
    redis.call('HINCRBY', user, 'received', 1)
    redis.call('ZADD', pending, '+inf', id)
    redis.call('SET', owner, key, 'PX', ARGV[1], 'NX')
    redis.call('PEXPIRE', owner, ARGV[1])
    redis.call('HSETNX', interaction, 'received_at', received)
    redis.call('PEXPIRE', interaction, ARGV[1])
  end
  if occurred ~= '' then
    redis.call('HSETNX', interaction, 'occurred_at', occurred)
    redis.call('HSETNX', interaction, 'session_id', session)
    if tonumber(occurred) > tonumber(redis.call('HGET', user, 'last_at') or '-inf') then
      redis.call('HSET', user, 'last_at', occurred)
    end
  end
end
