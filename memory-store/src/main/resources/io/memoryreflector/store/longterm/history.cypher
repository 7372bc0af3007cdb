MATCH (m:Memory {memory_id: $id}) WHERE m.tier IS NOT NULL
OPTIONAL MATCH (a:Amendment {memory_id: $id})
WITH m, a ORDER BY a.amended_at, a.amendment_id
WITH m, [a IN collect(a) WHERE a.user_key = m.user_key | properties(a)] AS changes
RETURN coalesce(m.original_text, m.text) AS text, changes[..$limit] AS changes
