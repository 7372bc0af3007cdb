MATCH (m:Memory) WHERE m.user_key STARTS WITH $prefix AND m.seq > 0
RETURN m.tier AS tier, m.source AS source, toString(date(datetime({epochMillis: m.occurred_at}))) AS day,
  count(*) AS memories, count(m.quarantine) AS quarantined
