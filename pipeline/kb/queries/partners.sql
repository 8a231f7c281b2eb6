-- titolo: Chi sono i partner più frequenti di un'organizzazione?
-- title: Who are an organisation's most frequent partners?
-- org = Kamaz: any of its names, or its identifier (O1)
SELECT o.name AS partner, e.public_id AS entity, count(DISTINCT d.id) AS deals, max(d.day) AS last, group_concat(DISTINCT d.type) AS types
FROM deal_party m JOIN deal d ON d.id=m.deal_id AND d.live=1 JOIN deal_party o ON o.deal_id=d.id AND o.entity_id<>m.entity_id
JOIN entity e ON e.id=o.entity_id
WHERE m.entity_id IN (SELECT entity_id FROM name WHERE name=:org COLLATE NOCASE
    UNION SELECT coalesce(merged_into, id) FROM entity WHERE id=cast(substr(:org, 2) AS INTEGER) AND public_id=:org)
  AND m.role NOT IN('advisor') AND o.role NOT IN('advisor')
GROUP BY o.entity_id
ORDER BY deals DESC, last DESC
LIMIT 20
