UNWIND $rows AS row
MATCH (i:Interaction {interaction_key: row.id}) WHERE i.user_key = $user AND coalesce(i.recorded_at, 0) = row.recorded_at
OPTIONAL MATCH (i)-[:HAS]->(m:Message)
DETACH DELETE i, m
