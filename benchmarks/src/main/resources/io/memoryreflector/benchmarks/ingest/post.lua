-- Arguments: "one" or the number of interactions of a request, question, answer. Each has a user of a thousand in turns.
local number, many, question, answer = 0, 0, '', ''
local bodies = {}

local function interaction()
  number = number + 1
  return '{"user_id":"user' .. number % 1000 .. '","session_id":"s1","messages":[{"role":"user","content":"' .. question
    .. '"},{"role":"assistant","content":"' .. answer .. '"}]}'
end

function init(args)
  many, question, answer = tonumber(args[1]) or 0, args[2], args[3]
  wrk.method = 'POST'
  wrk.headers['Content-Type'] = many > 0 and 'application/x-ndjson' or 'application/json'
  for i = 1, many > 0 and 16 or 0 do
    local lines = {}
    for line = 1, many do
      lines[line] = interaction()
    end
    bodies[i] = wrk.format(nil, nil, nil, table.concat(lines, '\n'))
  end
end

function request()
  if many > 0 then
    number = number + 1
    return bodies[number % #bodies + 1]
  end
  return wrk.format(nil, nil, nil, interaction())
end
