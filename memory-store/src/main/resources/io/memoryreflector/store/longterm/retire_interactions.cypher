// Ids and times stay, so that the sources of memories are found. One that was written anew meanwhile is left alone.
UNWIND $rows AS row
MATCH (i:Interaction {interaction_key: row.key}) WHERE i.raw_since = row.raw_since
SET i.cleaned_at = $now
REMOVE i.raw_since
WITH i
OPTIONAL MATCH (i)-[:HAS]->(m:Message)
REMOVE m.content, m.author
RETURN count(DISTINCT i) AS cleaned
