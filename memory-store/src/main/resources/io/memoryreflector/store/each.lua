local function once(KEYS, ARGV)
%s
end
-- KEYS and ARGV of many runs behind one another. ARGV: how many keys and how many arguments a run has, then those.
local keys, arguments = tonumber(ARGV[1]), tonumber(ARGV[2])
local answers = {}
for run = 1, #KEYS / keys do
  local its_keys, its_arguments = {}, {}
  for i = 1, keys do
    its_keys[i] = KEYS[(run - 1) * keys + i]
  end
  for i = 1, arguments do
    its_arguments[i] = ARGV[2 + (run - 1) * arguments + i]
  end
  -- What one is refused for keeps no other from being done.
  local done, answer = pcall(once, its_keys, its_arguments)
  if done then
    answers[run] = answer or false
  else
    answers[run] = type(answer) == 'table' and answer or { err = tostring(answer) }
  end
end
finish()
return answers
