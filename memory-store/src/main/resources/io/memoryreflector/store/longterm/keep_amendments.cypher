UNWIND $rows AS row
MERGE (a:Amendment {amendment_key: row.amendment_key})
WITH a, row WHERE a.amended_at IS NULL OR a.amended_at < row.amended_at
SET a = row
