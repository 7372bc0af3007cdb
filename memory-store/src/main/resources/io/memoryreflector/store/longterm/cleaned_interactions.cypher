UNWIND $keys AS key
MATCH (i:Interaction {interaction_key: key}) WHERE i.cleaned_at IS NOT NULL
RETURN i.interaction_id AS id, i.cleaned_at AS cleaned_at
