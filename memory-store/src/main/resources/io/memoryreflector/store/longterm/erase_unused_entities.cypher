UNWIND $keys AS key
MATCH (e:Entity {entity_key: key}) WHERE NOT EXISTS { (e)<-[:MENTIONS|ABOUT]-(:Memory) }
DELETE e
