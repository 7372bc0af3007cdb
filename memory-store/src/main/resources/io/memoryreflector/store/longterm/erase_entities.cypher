// Entities that nobody uses go; the others are named as those name them who are left.
UNWIND $keys AS key
MATCH (e:Entity {entity_key: key})
OPTIONAL MATCH (e)<-[r:MENTIONS|ABOUT]-(:Memory)
WITH e, count(r) AS uses, min(r.name) AS name
FOREACH (unused IN CASE WHEN uses = 0 THEN [e] ELSE [] END | DELETE unused)
FOREACH (used IN CASE WHEN uses > 0 AND name IS NOT NULL THEN [e] ELSE [] END | SET used.name = name)
