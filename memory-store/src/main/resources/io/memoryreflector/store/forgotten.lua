-- Whether an erasure covers what an interaction left: the rule of the events, for those of its scopes that concern it.
local function forgotten(erasures, session, source, id, recorded)
  -- Of nearly all users nothing was ever erased.
  if redis.call('EXISTS', erasures) == 0 then
    return false
  end
  local ends = redis.call('HMGET', erasures,
    'USER/', 'SESSION/' .. session, 'SOURCE/' .. source, 'INTERACTION/' .. id)
  for i = 1, 4 do
    if ends[i] and tonumber(recorded) <= tonumber(ends[i]) and (i ~= 2 or session ~= '') then
      return true
    end
  end
  return false
end
