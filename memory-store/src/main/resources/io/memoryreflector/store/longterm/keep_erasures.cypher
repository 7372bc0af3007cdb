UNWIND $rows AS row
MERGE (e:Erasure {erasure_key: row.key})
  ON CREATE SET e += row.properties
  ON MATCH SET e.erased_at = CASE WHEN e.erased_at < row.properties.erased_at
    THEN row.properties.erased_at ELSE e.erased_at END
